package gpu

import (
	"path/filepath"
	"runtime"
	"slices"
)

// nodes are what Linux has of a GPU's driver: Mesa's and most others', NVIDIA's, and what Windows lets its Linux have.
var nodes = []string{"/dev/dri/renderD*", "/dev/nvidia[0-9]*", "/dev/dxg"}

// Likely reports whether this machine may have a GPU. To look for one by Vulkan takes a second where only a processor computes in its place.
func Likely() bool {
	return runtime.GOOS != "linux" || slices.ContainsFunc(nodes, func(pattern string) bool {
		found, err := filepath.Glob(pattern)
		return err == nil && len(found) > 0
	})
}

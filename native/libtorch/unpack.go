package libtorch

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// unpack puts the members of a zip file that are needed into dir, laid out as wheels are.
func unpack(ctx context.Context, file, dir string, cuda bool) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		os.Remove(file)
		return fmt.Errorf("%s is broken and removed: run setup again (%w)", filepath.Base(file), err)
	}
	defer z.Close()
	for _, m := range z.File {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("setup was stopped: %w", err)
		}
		to := place(m.Name, cuda)
		if to == "" || m.FileInfo().IsDir() {
			continue
		}
		if err := extract(m, filepath.Join(dir, filepath.FromSlash(to))); err != nil {
			if errors.Is(err, zip.ErrChecksum) {
				os.Remove(file)
			}
			return fmt.Errorf("unpacking %s: %w", m.Name, err)
		}
	}
	return nil
}

// place is where a member goes, "" where it is not needed: headers, the version, and shared libraries, on a CPU without
// the large ones that only CUDA needs. An archive's libtorch folder becomes the wheel's torch.
func place(name string, cuda bool) string {
	name = path.Clean(name)
	if rest, ok := strings.CutPrefix(name, "libtorch/"); ok {
		name = "torch/" + rest
	}
	base := path.Base(name)
	switch {
	case strings.HasPrefix(name, "torch/include/"), name == "torch/version.py", name == "torch/build-version":
		return name
	case !strings.Contains(base, ".so") || base == "libtorch_python.so":
		return ""
	case strings.HasPrefix(name, "nvidia/"):
		return name
	case !strings.HasPrefix(name, "torch/lib/"):
		return ""
	case !cuda && (strings.Contains(base, "cuda") || strings.Contains(base, "nvrtc") || strings.Contains(base, "nvfuser") || strings.Contains(base, "cudnn")):
		return ""
	}
	return name
}

func extract(m *zip.File, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	r, err := m.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o777&m.Mode().Perm()|0o644)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil { // reads to the end, where the CRC-32 is compared
		f.Close()
		return err
	}
	return f.Close()
}

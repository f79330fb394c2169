//go:build !libtorch

package cli

import (
	"maps"
	"path/filepath"
	"testing"

	gpuengine "ganvas/core/engine/gpu"
	"ganvas/native/kept"
)

// What is found out about a GPU's tiles is kept for it, and for another begins anew.
func TestTilesAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "tiles.json")
	list := kept.List[tiling]{Path: func() (string, error) { return path, nil }}
	known, found := tilingOf(list, "one")
	if len(known) != 0 {
		t.Errorf("at first there is %v", known)
	}
	found("8×8", 1)
	found("9×9", 3)
	if other, _ := tilingOf(list, "another"); len(other) != 0 {
		t.Errorf("of another GPU there is %v", other)
	}
	known, found = tilingOf(list, "one")
	if want := map[string]int{"8×8": 1, "9×9": 3}; !maps.Equal(known, want) {
		t.Errorf("kept is %v", known)
	}
	found("7×7", 2)
	if known, _ = tilingOf(list, "one"); len(known) != 3 {
		t.Errorf("with another it is %v", known)
	}
}

// On a processor in a GPU's place nothing is timed unless that is asked for.
func TestTilesAreTimedOnGPUs(t *testing.T) {
	t.Setenv(tilesVariable, "")
	if !timesTiles(gpuengine.Adapter{}) || timesTiles(gpuengine.Adapter{Software: true}) {
		t.Error("tiles are timed elsewhere than on GPUs")
	}
	if t.Setenv(tilesVariable, "timed"); !timesTiles(gpuengine.Adapter{Software: true}) {
		t.Errorf("%s does not count", tilesVariable)
	}
}

//go:build !libtorch

package cli

import (
	"maps"
	"os"
	"time"

	gpuengine "ganvas/core/engine/gpu"
	"ganvas/native/kept"
	"ganvas/native/kernels"
)

// tilesVariable has tiles timed also where a processor computes in a GPU's place.
const tilesVariable = "GANVAS_TILES"

// tiling is what has been found out about a GPU: the fastest tile by product.
type tiling struct {
	Key   string         `json:"key"`
	Tiles map[string]int `json:"tiles"`
}

// timesTiles reports whether tiles are timed on an adapter.
func timesTiles(a gpuengine.Adapter) bool { return !a.Software || os.Getenv(tilesVariable) == "timed" }

// tune has the engine's large products made in the tiles that are fastest, which are timed at first use and kept.
func tune(e *gpuengine.Engine) {
	a := e.Adapter()
	if !timesTiles(a) {
		return
	}
	known, found := tilingOf(kept.In[tiling]("tiles.json"), a.API+" "+a.Name+" "+kernels.Key())
	e.Tune(known, time.Now, found)
}

// tilingOf is what is known of a GPU, and what keeps more of it.
func tilingOf(list kept.List[tiling], key string) (known map[string]int, found func(product string, tile int)) {
	all := tiling{key, map[string]int{}}
	same := func(other tiling) bool { return other.Key == key }
	for _, old := range list.All() {
		if same(old) && old.Tiles != nil {
			all = old
		}
	}
	return maps.Clone(all.Tiles), func(product string, tile int) {
		all.Tiles[product] = tile
		_ = list.Put(all, same) // else it is timed at each start
	}
}

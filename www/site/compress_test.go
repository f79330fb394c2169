package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A site that has to be small is compressed further, also where it was built before without that.
func TestSmallSitesAreSmaller(t *testing.T) {
	var text strings.Builder
	for i := 0; text.Len() <= 1<<20; i++ {
		fmt.Fprintf(&text, "%x %d ", i*i*7919, i%1000)
	}
	b := &Builder{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(b.Dir, "large.txt"), []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	size := func(old string) (hash string, bytes int64) {
		hash, err := b.compressFile(t.Context(), "large.txt", old)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(b.Dir, "large.txt.br"))
		if err != nil {
			t.Fatal(err)
		}
		return hash, info.Size()
	}
	hash, before := size("")
	b.Small = true
	if _, after := size(hash); after >= before {
		t.Errorf("%d bytes where size matters, %d elsewhere", after, before)
	}
}

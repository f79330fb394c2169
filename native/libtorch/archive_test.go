package libtorch

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serving is an archive on a server of the test's own.
func serving(t *testing.T, h http.HandlerFunc) archive {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return archive{address: s.URL + "/libtorch.zip", bytes: 1000}
}

func TestArchiveIsFetched(t *testing.T) {
	content := bytes.Repeat([]byte("libtorch "), 1000)
	var ranges []string
	a := serving(t, func(w http.ResponseWriter, r *http.Request) {
		ranges = append(ranges, r.Header.Get("Range"))
		http.ServeContent(w, r, "libtorch.zip", time.Time{}, bytes.NewReader(content))
	})
	for what, before := range map[string]int{"anew": 0, "behind a part": 4000} {
		dir := filepath.Join(t.TempDir(), "downloads")
		ranges = nil
		if before > 0 {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "libtorch.zip"+partial), content[:before], 0o666); err != nil {
				t.Fatal(err)
			}
		}
		last := int64(-1)
		files, err := a.fetch(t.Context(), dir, func(done, total int64) { last = done })
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %v, %v", what, files, err)
		}
		if b, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(b, content) {
			t.Errorf("%s: %d bytes came, %v", what, len(b), err)
		}
		want := ""
		if before > 0 {
			want = fmt.Sprintf("bytes=%d-", before)
		}
		if len(ranges) != 1 || ranges[0] != want || last != a.bytes {
			t.Errorf("%s: it asked for %q, and was last seen at %d bytes", what, ranges, last)
		}
		if again, err := a.fetch(t.Context(), dir, nil); err != nil || again[0] != files[0] || len(ranges) != 1 {
			t.Errorf("%s: what is there was fetched again: %v, %v", what, again, err)
		}
	}
}

// A server that sends the whole again, or refuses what an earlier setup left, leaves no mixture.
func TestArchiveBehindAnotherPart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip"+partial)
	left := func() {
		if err := os.WriteFile(path, []byte("what another archive left"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	left()
	whole := serving(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "new") })
	if err := whole.download(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "new" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	left()
	refused := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
	})
	oneSentence(t, "a part that does not fit", refused.download(t.Context(), path), "again")
	if b, err := os.ReadFile(path); err != nil || len(b) > 0 {
		t.Errorf("it left %q, %v", b, err)
	}
}

func TestArchiveThatDoesNotCome(t *testing.T) {
	dir := t.TempDir()
	for _, code := range []int{403, 404, 500, 503} {
		a := serving(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
		_, err := a.fetch(t.Context(), dir, nil)
		oneSentence(t, fmt.Sprint("status ", code), err, fmt.Sprint(code), "Python")
	}
	cut := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "the first part")
	})
	_, err := cut.fetch(t.Context(), dir, nil)
	oneSentence(t, "a connection that ends", err, "goes on from there")
	if b, err := os.ReadFile(filepath.Join(dir, "libtorch.zip"+partial)); err != nil || string(b) != "the first part" {
		t.Errorf("what came is %q, %v", b, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "libtorch.zip")); err == nil {
		t.Error("a part passes for the whole")
	}
	s := httptest.NewServer(nil)
	s.Close()
	_, err = archive{address: s.URL + "/x.zip"}.fetch(t.Context(), dir, nil)
	oneSentence(t, "no server", err, "network", "--engine go")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := cut.fetch(ctx, dir, nil); err == nil || !strings.Contains(err.Error(), "canceled") {
		t.Errorf("when it was stopped: %v", err)
	}
}

func TestArchivesAreAnnounced(t *testing.T) {
	for _, cuda := range []bool{false, true} {
		a := archiveFor(cuda)
		if said := a.announce("the folder"); !strings.Contains(said, fmt.Sprintf("%d MB", a.bytes/mb)) || !strings.Contains(said, "the folder") {
			t.Errorf("%s", said)
		}
		if strings.Contains(a.address, "cu121") != cuda || !strings.Contains(a.address, Version) || a.space() != a.bytes+a.unpacked {
			t.Errorf("%+v", a)
		}
	}
}

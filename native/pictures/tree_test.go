package pictures

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// some is n pictures that differ, under a folder.
func some(t *testing.T, n int, folder string) map[string][]byte {
	files := map[string][]byte{}
	for i := range n {
		files[filepath.Join(folder, fmt.Sprintf("p%d.png", i))] = file(t, striped(4+i, 4))
	}
	return files
}

func together(all ...map[string][]byte) map[string][]byte {
	files := map[string][]byte{}
	for _, each := range all {
		maps.Copy(files, each)
	}
	return files
}

// Which pictures of a tree of folders are taken, in which classes, and what is said of the others.
func TestFolders(t *testing.T) {
	for what, c := range map[string]struct {
		files   map[string][]byte
		n       int
		classes []string
		says    []string
	}{
		"one folder":          {some(t, 3, ""), 3, nil, nil},
		"a folder in one":     {some(t, 3, "photos"), 3, nil, nil},
		"classes":             {together(some(t, 2, "cats"), some(t, 3, "dogs")), 5, []string{"cats", "dogs"}, nil},
		"as unpacked":         {together(some(t, 2, "photos/cats"), some(t, 3, "photos/dogs")), 5, []string{"cats", "dogs"}, nil},
		"a half to train on":  {together(some(t, 3, "mnist_png/training/0"), some(t, 2, "mnist_png/training/1"), some(t, 4, "mnist_png/testing/0")), 5, []string{"0", "1"}, []string{"4 kept for testing (testing)"}},
		"folders of folders":  {together(some(t, 2, "cats/young/grey"), some(t, 1, "cats/old"), some(t, 3, "dogs")), 6, []string{"cats", "dogs"}, nil},
		"some beside classes": {together(some(t, 1, ""), some(t, 2, "cats"), some(t, 3, "dogs")), 5, []string{"cats", "dogs"}, []string{"1 beside the folders of the classes (p0.png)"}},
		"a folder beside":     {together(some(t, 4, ""), some(t, 2, "rejected")), 4, nil, []string{"2 in folders beside the pictures (rejected)"}},
		"others":              {together(some(t, 2, ""), map[string][]byte{".DS_Store": {1}, "a.pdf": []byte("%PDF-1.7"), "b.svg": []byte("<svg/>"), "c.txt": []byte("words"), "d.dat": {}, "e.heic": []byte("\x00\x00\x00\x18ftypheic"), "really.dat": file(t, striped(9, 9))}), 3, nil, []string{"1 hidden (.DS_Store)", "1 PDF, which is not read (a.pdf)", "1 SVG", "1 HEIC, which is not read: heif-convert, or sips", "1 that are no pictures (c.txt)", "1 empty (d.dat)"}},
	} {
		set, rep := readIn(t, put(t, c.files), Reader{})
		if set.Len() != c.n || set.Classes() != len(c.classes) || !slices.Equal(rep.Classes, c.classes) {
			t.Errorf("%s: %d pictures in the classes %v, want %d in %v", what, set.Len(), rep.Classes, c.n, c.classes)
		}
		for _, want := range c.says {
			if !strings.Contains(rep.Skipped.String(), want) {
				t.Errorf("%s: left out: %s; want %q", what, &rep.Skipped, want)
			}
		}
		if len(c.says) == 0 && rep.Skipped.String() != "" {
			t.Errorf("%s: left out: %s", what, &rep.Skipped)
		}
	}
}

// Links to folders are followed once, however they lead in circles.
func TestLinkedFolders(t *testing.T) {
	cats, dir := put(t, some(t, 2, "")), put(t, some(t, 3, "dogs"))
	for name, to := range map[string]string{"cats": cats, "round": dir, filepath.Join("dogs", "up"): "..", "lost": filepath.Join(dir, "nowhere")} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err) // where links need a right of their own
		}
	}
	set, rep := readIn(t, dir, Reader{})
	if set.Len() != 5 || !slices.Equal(rep.Classes, []string{"cats", "dogs"}) {
		t.Errorf("%d pictures in the classes %v", set.Len(), rep.Classes)
	}
	if says := rep.Skipped.String(); !strings.Contains(says, "2 linking to a folder that is read already") || !strings.Contains(says, "1 that cannot be reached (lost)") {
		t.Errorf("left out: %s", says)
	}
}

// Pictures that cannot be decoded are left out up to a limit, counted by what they are with the first of their names; more of them end it,
// with the way on.
func TestBadPicturesUpToALimit(t *testing.T) {
	whole := file(t, striped(40, 40))
	for what, b := range map[string][]byte{"cut short": whole[:len(whole)/2], "empty": nil, "HEIC inside": []byte("\x00\x00\x00\x18ftypheic----"), "no picture inside": []byte("words")} {
		dir := put(t, together(some(t, 3, ""), map[string][]byte{"bad.png": b}))
		_, _, err := Reader{Form: Form{Channels: Gray, Width: 4, Height: 4, Fit: Crop}}.Folder(t.Context(), dir)
		if err == nil || !strings.Contains(err.Error(), "bad.png") || !strings.Contains(err.Error(), "--skip-bad") || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
		for _, limit := range []string{"10%", "1", "50%"} {
			set, rep := readIn(t, dir, Reader{Bad: limited(t, limit)})
			if want := "1 " + what + " (bad.png)"; set.Len() != 3 || rep.Skipped.String() != want {
				t.Errorf("%s: %d pictures; left out: %s; want %s", limit, set.Len(), &rep.Skipped, want)
			}
		}
	}
	files := some(t, 28, "")
	for i := range 4 {
		files[fmt.Sprintf("bad-%d.png", i)] = []byte("words")
	}
	dir := put(t, files)
	form := Form{Channels: Gray, Width: 4, Height: 4, Fit: Crop}
	for limit, enough := range map[string]bool{"0": false, "0%": false, "3": false, "10%": false, "4": true, "12.5%": true, "100%": true} {
		set, rep, err := Reader{Form: form, Bad: limited(t, limit)}.Folder(t.Context(), dir)
		if enough && (err != nil || set.Len() != 28 || !strings.Contains(rep.Skipped.String(), "4 no picture inside (bad-0.png, bad-1.png, bad-2.png, …)")) {
			t.Errorf("%s: %v", limit, err)
		}
		if !enough && (err == nil || !strings.Contains(err.Error(), "bad-0.png") || !strings.Contains(err.Error(), "of 32 pictures")) {
			t.Errorf("%s: %v", limit, err)
		}
	}
	for _, wrong := range []string{"", "ten", "-1", "101%", "%"} {
		if _, err := ParseLimit(wrong); err == nil || !strings.Contains(err.Error(), "max-bad") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func limited(t *testing.T, s string) Limit {
	t.Helper()
	l, err := ParseLimit(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

package pictures

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// deepest is how many folders may lie inside each other.
const deepest = 16

// node is a folder: its pictures, and the folders in it that lead to any.
type node struct {
	name    string
	files   []string // paths, in the order of their names
	folders []*node
	total   int // pictures in it and below
}

// put adds a file by the folders that lead to it.
func (n *node) put(path string, parts []string) {
	n.total++
	if len(parts) == 1 {
		n.files = append(n.files, path)
		return
	}
	at := slices.IndexFunc(n.folders, func(f *node) bool { return f.name == parts[0] })
	if at < 0 {
		at = len(n.folders)
		n.folders = append(n.folders, &node{name: parts[0]})
	}
	n.folders[at].put(path, parts[1:])
}

// sort brings what is below a folder into the order of names, as a file system lists it.
func (n *node) sort() {
	slices.Sort(n.files)
	slices.SortFunc(n.folders, func(a, b *node) int { return strings.Compare(a.name, b.name) })
	for _, f := range n.folders {
		f.sort()
	}
}

// hidden reports whether one of a path's names is of what no one sees in a folder.
func hidden(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return strings.HasPrefix(name, ".") || slices.Contains([]string{"__MACOSX", "Thumbs.db", "desktop.ini"}, name)
	})
}

// most is how many files and folders are looked at.
const most = 1_000_000

// walker lists the pictures below a folder. Links are followed, each folder once.
type walker struct {
	ctx    context.Context
	rep    *Report
	seen   map[string]bool // folders, by where they really are
	looked int
	tables []string // paths of Parquet tables, which hold pictures themselves
}

// walk is the tree of a folder's pictures, and the tables that lie in it.
func (rep *Report) walk(ctx context.Context, dir string) (top *node, tables []string, err error) {
	w := walker{ctx: ctx, rep: rep, seen: map[string]bool{}}
	top, err = w.folder(dir, filepath.Base(abs(dir)), 0)
	return top, w.tables, err
}

func (w *walker) folder(dir, name string, depth int) (*node, error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("the pictures' folder cannot be read: %w", err)
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		w.seen[real] = true
	}
	n := &node{name: name}
	for _, e := range all {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		if w.looked++; w.looked > most {
			return nil, fmt.Errorf("below the folder there are more than %d files: name one that is nearer to the pictures", most)
		}
		if err := w.entry(n, dir, e.Name(), depth); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// entry looks at what a folder holds under a name.
func (w *walker) entry(n *node, dir, name string, depth int) error {
	if hidden(name) {
		w.rep.Skipped.add("hidden", name)
		return nil
	}
	path := filepath.Join(dir, name)
	about, err := os.Stat(path)
	switch {
	case err != nil:
		w.rep.Skipped.add("that cannot be reached", name)
	case about.IsDir():
		real, err := filepath.EvalSymlinks(path)
		if err != nil || w.seen[real] {
			w.rep.Skipped.add("linking to a folder that is read already", name)
			return nil
		}
		if depth == deepest {
			w.rep.Skipped.add("lying too deep", name)
			return nil
		}
		below, err := w.folder(path, name, depth+1)
		if err != nil {
			return err
		}
		if below.total > 0 {
			n.folders = append(n.folders, below)
			n.total += below.total
		}
	case !about.Mode().IsRegular():
		w.rep.Skipped.add("that are no regular files", name)
	case strings.EqualFold(filepath.Ext(path), ".parquet"):
		w.tables = append(w.tables, path)
	default:
		if what := kindOf(onDisk{}, path); what != "" {
			w.rep.Skipped.add(what, name)
			return nil
		}
		n.files = append(n.files, path)
		n.total++
	}
	return nil
}

// labelled is a picture's file and its class.
type labelled struct {
	path  string
	class uint8
}

type choice struct {
	files   []labelled
	classes []string // none: the pictures have no labels
}

// choose says which pictures below a folder are the data, and what their classes are. Folders that hold nothing but one
// folder are passed through; of a half to train on and one to test on the former is taken. Then each folder is a
// class, with all that is below it. Where pictures lie beside folders of pictures, the greater part is taken. The report
// counts the rest.
func (rep *Report) choose(n *node) choice {
	for len(n.files) == 0 {
		if into := rep.trainingHalf(n); into != nil {
			n = into
		} else if len(n.folders) == 1 {
			n = n.folders[0]
		} else {
			break
		}
	}
	below := n.total - len(n.files)
	var c choice
	if below <= len(n.files) {
		for _, f := range n.files {
			c.files = append(c.files, labelled{path: f})
		}
		for _, f := range n.folders {
			rep.Skipped.addN("in folders beside the pictures", f.total, f.name)
		}
		return c
	}
	for _, f := range n.files {
		rep.Skipped.add("beside the folders of the classes", filepath.Base(f))
	}
	for k, f := range n.folders {
		c.classes = append(c.classes, f.name)
		for _, path := range f.all() {
			c.files = append(c.files, labelled{path, uint8(k)}) // more than 256 are refused
		}
	}
	return c
}

// all is the paths of a folder's pictures and of those below.
func (n *node) all() []string {
	files := slices.Clone(n.files)
	for _, f := range n.folders {
		files = append(files, f.all()...)
	}
	return files
}

var (
	toTrain = []string{"train", "training", "trainset", "train_set"}
	toTest  = []string{"test", "testing", "testset", "test_set", "val", "valid", "validation", "eval", "t10k", "dev"}
)

// trainingHalf is the folder to train on where all folders are halves of a data set; the others' pictures are counted.
func (rep *Report) trainingHalf(n *node) *node {
	var half *node
	for _, f := range n.folders {
		switch name := strings.ToLower(f.name); {
		case slices.Contains(toTrain, name) && half == nil:
			half = f
		case !slices.Contains(toTest, name):
			return nil
		}
	}
	if half == nil {
		return nil
	}
	for _, f := range n.folders {
		if f != half {
			rep.Skipped.addN("kept for testing", f.total, f.name)
		}
	}
	return half
}

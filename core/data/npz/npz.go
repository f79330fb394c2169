// Package npz reads data sets out of NumPy's archives. For programs that have files, not for the page.
package npz

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"

	"ganvas/core/data"
)

// Names that arrays of pictures and of their labels have, for each half; the first that is there counts.
var names = map[data.Split][2][]string{
	data.TrainSplit: {{"x_train", "train_images", "images", "x", "X", "data", "arr_0"}, {"y_train", "train_labels", "labels", "y", "Y", "targets", "arr_1"}},
	data.TestSplit:  {{"x_test", "test_images"}, {"y_test", "test_labels"}},
}

// Is reports whether a ZIP archive is NumPy's: it holds nothing but arrays.
func Is(z *zip.Reader) bool {
	return len(z.File) > 0 && !slices.ContainsFunc(z.File, func(f *zip.File) bool { return !strings.HasSuffix(f.Name, ".npy") })
}

// Read is one half of the pictures in an archive, by the names that Keras, MedMNIST and NumPy itself give their arrays; a lone
// array may have any. others names the arrays that are no part of it. Without a half to test on the set has no samples.
func Read(name string, z *zip.Reader, split data.Split) (set *data.Set, others []string, err error) {
	arrays := map[string]*zip.File{}
	for _, f := range z.File {
		arrays[strings.TrimSuffix(f.Name, ".npy")] = f
	}
	first := func(of []string) string {
		for _, n := range of {
			if arrays[n] != nil {
				return n
			}
		}
		return ""
	}
	images, labels := first(names[split][0]), first(names[split][1])
	if images == "" && split == data.TrainSplit {
		if len(z.File) > 1 {
			return nil, nil, fmt.Errorf("the archive has the arrays %s, and none of them is called as pictures are: %s", strings.Join(keys(arrays), ", "), strings.Join(names[split][0], ", "))
		}
		images = keys(arrays)[0]
	}
	for n := range arrays {
		if n != images && n != labels && !slices.Contains(slices.Concat(names[data.TestSplit][0], names[data.TestSplit][1]), n) {
			others = append(others, n)
		}
	}
	slices.Sort(others)
	if images == "" {
		return nil, others, nil
	}
	r, err := arrays[images].Open()
	if err != nil {
		return nil, nil, fmt.Errorf("%s in the archive: %w", images, err)
	}
	defer r.Close()
	var tags io.Reader
	if labels != "" {
		t, err := arrays[labels].Open()
		if err != nil {
			return nil, nil, fmt.Errorf("%s in the archive: %w", labels, err)
		}
		defer t.Close()
		tags = t
	}
	set, err = data.ReadNPY(name, r, tags, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("%s in the archive: %w", images, err)
	}
	return set, others, nil
}

func keys(arrays map[string]*zip.File) []string {
	var all []string
	for n := range arrays {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

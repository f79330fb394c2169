// Package folder reads data sets out of folders. For programs that have files, not for the page.
package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ganvas/core/data"
	"ganvas/core/disk"
)

// Name is the name of the data set in a folder: the folder's own.
func Name(dir string) string {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	return filepath.Base(dir)
}

// Open reads one half of a set of IDX files from a folder: MNIST's four files by their names, packed or not, or else the one
// file of images there and the one of labels, if any, whatever they are called; such a pair is both halves. An error that
// is fs.ErrNotExist says that the folder holds no IDX files.
func Open(name, dir string, split data.Split) (*data.Set, error) {
	images, labels, err := published(dir, split)
	if errors.Is(err, fs.ErrNotExist) {
		images, labels, err = pairIn(dir)
	}
	if err != nil {
		return nil, err
	}
	return readFiles(name, images, labels)
}

// published finds the files of a half under the names that MNIST's have.
func published(dir string, split data.Split) (images, labels string, err error) {
	for i, to := range []*string{&images, &labels} {
		base := filepath.Join(dir, string(split)+[]string{"-images-idx3-ubyte", "-labels-idx1-ubyte"}[i])
		*to = base + ".gz"
		if _, err := os.Stat(*to); err != nil {
			*to = base
			if _, err := os.Stat(base); err != nil {
				return "", "", fmt.Errorf("the data set's files cannot be read: %w", err)
			}
		}
	}
	return images, labels, nil
}

// pairIn finds the one file of images in a folder, and the one of labels, by how they begin.
func pairIn(dir string) (images, labels string, err error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return "", "", fmt.Errorf("the data set's folder cannot be read: %w", err)
	}
	for _, e := range all {
		path := filepath.Join(dir, e.Name())
		to := &images
		switch dimensions(path) {
		case 1:
			to = &labels
		case 3:
		default:
			continue
		}
		if *to != "" {
			return "", "", fmt.Errorf("%s holds more than one IDX file of a kind, such as %s and %s: leave one file of images in it and one of labels", dir, filepath.Base(*to), e.Name())
		}
		*to = path
	}
	if images == "" {
		return "", "", fmt.Errorf("%s holds no IDX file of images: %w", dir, fs.ErrNotExist)
	}
	return images, labels, nil
}

// Others names what a folder holds beside IDX files.
func Others(dir string) (names []string) {
	all, _ := os.ReadDir(dir) // whoever read IDX files there can read it
	for _, e := range all {
		if dimensions(filepath.Join(dir, e.Name())) == 0 {
			names = append(names, e.Name())
		}
	}
	return names
}

// dimensions of the bytes in an IDX file, 0 for any other file.
func dimensions(path string) int {
	f, _, err := disk.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	return unpack.Dimensions(f)
}

// readFiles reads a pair of files; labels may be "".
func readFiles(name, images, labels string) (*data.Set, error) {
	i, _, err := disk.Open(images)
	if err != nil {
		return nil, fmt.Errorf("the data set's images: %w", err)
	}
	defer i.Close()
	var from io.Reader
	if labels != "" {
		l, _, err := disk.Open(labels)
		if err != nil {
			return nil, fmt.Errorf("the data set's labels: %w", err)
		}
		defer l.Close()
		from = l
	}
	s, err := data.Files{Images: i, Labels: from, Unpack: unpack}.Read(name)
	if err != nil {
		return nil, fmt.Errorf("%s in %s: %w", strings.TrimSuffix(filepath.Base(images), ".gz"), filepath.Dir(images), err)
	}
	return s, nil
}

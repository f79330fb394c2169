package data

import (
	"fmt"
	"os"
	"path/filepath"
)

// Split names one half of a data set's files.
type Split string

const (
	TrainSplit Split = "train"
	TestSplit  Split = "t10k"
)

// Open reads one half of MNIST, or of any set published in the same four files, from a folder.
func Open(name, dir string, split Split) (*Set, error) {
	images, err := os.Open(filepath.Join(dir, string(split)+"-images-idx3-ubyte.gz"))
	if err != nil {
		return nil, fmt.Errorf("the data set's images cannot be read: %w", err)
	}
	defer images.Close()
	labels, err := os.Open(filepath.Join(dir, string(split)+"-labels-idx1-ubyte.gz"))
	if err != nil {
		return nil, fmt.Errorf("the data set's labels cannot be read: %w", err)
	}
	defer labels.Close()
	s, err := Read(name, images, labels)
	if err != nil {
		return nil, fmt.Errorf("%s in %s: %w", split, dir, err)
	}
	return s, nil
}

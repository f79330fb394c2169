package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"ganvas/core/data"
	"ganvas/core/disk"
	"ganvas/native/pictures"
)

// insteadOf is what is wrong with a file that could not be read as weights: what it is, as far as its beginning and its name tell,
// and what to do with it, or else the error that there was.
func insteadOf(path string, err error) error {
	from, size, unopened := disk.Open(path)
	if unopened != nil {
		return err
	}
	defer from.Close()
	head := make([]byte, min(size, 4096))
	n, _ := from.ReadAt(head, 0)
	head = head[:n]
	if n > 8 && head[8] == '{' { // a safetensors file's header
		return err
	}
	what, then := kindOf(filepath.Ext(path), head)
	if what == "" {
		return err
	}
	return fmt.Errorf("this is %s and no file of weights, which are .safetensors files or what PyTorch saves (.pth)%s", what, then)
}

// The ways on from files that are no weights.
const (
	trainOn = ": data are to train on, by train --data"
	anew    = ": get the file itself anew"
)

// kindOf names what a file is that begins so, with its article, and the way on; "" for what it does not know.
func kindOf(ending string, head []byte) (what, then string) {
	switch seen := pictures.Sniff(bytes.NewReader(head)); seen {
	case "", "ZIP": // which is one of PyTorch's, or is said to be none
	case "nothing":
		return "an empty file", anew
	case "PDF":
		return "a PDF", ""
	case "SVG", "HEIC", "AVIF":
		return "a picture (" + seen + ")", ""
	default:
		return "a picture (" + seen + ")", ": pictures are to train on, by train --data and the folder that they lie in"
	}
	switch text := http.DetectContentType(head); {
	case data.IsNPY(head):
		return "a NumPy file", trainOn
	case pictures.IsParquet(head):
		return "a Parquet table", trainOn
	case len(head) > 3 && head[0] == 0 && head[1] == 0 && head[2] == 8 && head[3] < 5:
		return "an IDX file", ": data are to train on, by train --data and the folder that they lie in"
	case text == "application/x-gzip":
		return "a file packed by gzip", ": unpack it, or train on it by train --data and its folder where it holds digits"
	case strings.EqualFold(ending, ".onnx"), len(head) > 2 && head[0] == 8 && head[1] < 32 && head[2] == 0x12: // its version and who made it
		return "an ONNX file", ": export makes such files of weights, so take those that it was made of"
	case bytes.HasPrefix(head, []byte("version https://git-lfs")):
		return "what Git LFS has in place of a large file", ": git lfs pull fetches that"
	case strings.HasPrefix(text, "text/html"):
		return "a web page", anew
	case data.IsCSV(head):
		return "a table of numbers", trainOn
	case strings.HasPrefix(text, "text/"):
		return "a text file", ""
	}
	return "", ""
}

package pictures

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Is reports whether a file's name is that of a picture that can be read.
func Is(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(filepath.Ext(name)))
}

// kindOf is "" for a file that has a picture's name or begins as a picture does that can be read, and otherwise what it is
// instead, in the plural.
func kindOf(path string) string {
	if Is(path) {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return "that cannot be read"
	}
	defer f.Close()
	switch what := sniff(f); what {
	case "PNG", "JPEG":
		return ""
	case "":
		return "that are no pictures"
	case "nothing":
		return "empty"
	default:
		return what + ", which is not read"
	}
}

// begins says how a file begins that should be a picture.
func begins(f io.ReadSeeker) string {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "not readable"
	}
	switch what := sniff(f); what {
	case "":
		return "no picture inside"
	case "PNG", "JPEG":
		return "damaged"
	default:
		return what + " inside"
	}
}

// sniff names what a file is by how it begins: a format of pictures or documents, "nothing" for an empty file, "" for any other.
func sniff(r io.Reader) string {
	head := make([]byte, 512)
	n, _ := io.ReadFull(r, head)
	head = head[:n]
	if n == 0 {
		return "nothing"
	}
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		switch brand := string(head[8:12]); brand {
		case "heic", "heix", "mif1", "msf1", "heim", "heis":
			return "HEIC"
		case "avif", "avis":
			return "AVIF"
		}
	}
	if bytes.Contains(head, []byte("<svg")) {
		return "SVG"
	}
	if bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*")) {
		return "TIFF"
	}
	kind := http.DetectContentType(head)
	if name, ok := map[string]string{"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WebP", "image/bmp": "BMP", "application/pdf": "PDF", "application/zip": "ZIP"}[kind]; ok {
		return name
	}
	return ""
}

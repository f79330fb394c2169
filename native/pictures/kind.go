package pictures

import (
	"bytes"
	_ "image/gif"  // decodes the first frame
	_ "image/jpeg" // decodes
	_ "image/png"  // decodes
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	_ "golang.org/x/image/bmp"  // decodes
	_ "golang.org/x/image/tiff" // decodes
	_ "golang.org/x/image/webp" // decodes
)

// decoded are the formats of pictures that are read, with the endings that their files' names have.
var decoded = []struct {
	name    string
	endings []string
}{
	{"PNG", []string{".png"}}, {"JPEG", []string{".jpg", ".jpeg"}}, {"GIF", []string{".gif"}}, {"WebP", []string{".webp"}},
	{"BMP", []string{".bmp"}}, {"TIFF", []string{".tif", ".tiff"}},
}

// formats lists those that are read, with that word before the last.
func formats(last string) string {
	var names []string
	for _, d := range decoded {
		names = append(names, d.name)
	}
	n := len(names) - 1
	return strings.Join(names[:n], ", ") + " " + last + " " + names[n]
}

// reads reports whether a format is one of those.
func reads(format string) bool {
	for _, d := range decoded {
		if d.name == format {
			return true
		}
	}
	return false
}

// Is reports whether a file's name is that of a picture that can be read.
func Is(name string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	for _, d := range decoded {
		if slices.Contains(d.endings, ending) {
			return true
		}
	}
	return false
}

// kindOf is "" for a file that has a picture's name or begins as a picture does that can be read, and otherwise what it is
// instead, in the plural.
func kindOf(in source, path string) string {
	if Is(path) {
		return ""
	}
	f, _, err := in.open(path)
	if err != nil {
		return "that cannot be read"
	}
	defer f.Close()
	switch what := Sniff(f); {
	case reads(what):
		return ""
	case what == "":
		return "that are no pictures"
	case what == "nothing":
		return "empty"
	case what == "HEIC", what == "AVIF":
		return what + ", which is not read: heif-convert, or sips -s format jpeg on a Mac, makes JPEG of it"
	default:
		return what + ", which is not read"
	}
}

// begins says how a file begins that should be a picture.
func begins(f io.ReadSeeker) string {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "not readable"
	}
	switch what := Sniff(f); {
	case what == "":
		return "no picture inside"
	case what == "nothing":
		return "empty"
	case reads(what):
		return "damaged"
	default:
		return what + " inside"
	}
}

// Sniff names what a file is by how it begins: a format of pictures or documents, "nothing" for an empty file, "" for any other.
func Sniff(r io.Reader) string {
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

package pictures

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"
)

// mostUnpacked is how many bytes one picture of an archive may have.
const mostUnpacked = 128 << 20

// inZip is a ZIP archive. Nothing of it is written anywhere, so no name can lead out of a folder.
type inZip struct{ *zip.Reader }

// open unpacks a file, whatever size its header claims, as far as pictures are read.
func (z inZip) open(name string) (io.ReadSeekCloser, int64, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, 0, fmt.Errorf("%s cannot be unpacked: %w", name, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, mostUnpacked+1))
	switch {
	case err != nil:
		return nil, 0, fmt.Errorf("%s cannot be unpacked: %w", name, err)
	case len(b) > mostUnpacked:
		return nil, 0, fmt.Errorf("%s has more than the %d MiB that are unpacked", name, mostUnpacked>>20)
	}
	return inMemory{bytes.NewReader(b)}, int64(len(b)), nil
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// list is the tree of an archive's folders.
func (rep *Report) list(z inZip, name string) (*node, error) {
	if len(z.File) > most {
		return nil, fmt.Errorf("the archive lists more than %d files", most)
	}
	top := &node{name: name}
	for _, f := range z.File {
		parts := strings.Split(f.Name, "/")
		last := parts[len(parts)-1]
		switch {
		case f.FileInfo().IsDir():
			continue
		case !filepath.IsLocal(filepath.FromSlash(f.Name)) || f.Name != path.Clean(f.Name):
			rep.Skipped.add("whose names lead out of the archive", last)
			continue
		case hidden(parts...):
			rep.Skipped.add("hidden", last)
			continue
		case !f.Mode().IsRegular():
			rep.Skipped.add("that are no regular files", last)
			continue
		case len(parts) > deepest:
			rep.Skipped.add("lying too deep", last)
			continue
		}
		if what := kindOf(z, f.Name); what != "" {
			rep.Skipped.add(what, last)
			continue
		}
		top.put(f.Name, parts)
	}
	top.sort()
	return top, nil
}

package libtorch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// archive is an official libtorch for machines without Python. No checksum is published beside it: the transfer's own
// protection, the announced length and the CRC-32 of every member, which unpacking verifies, must do.
type archive struct {
	address  string
	bytes    int64 // about
	unpacked int64 // about
}

const official = "https://download.pytorch.org/libtorch/"

func archiveFor(cuda bool) archive {
	if cuda {
		return archive{official + "cu121/libtorch-cxx11-abi-shared-with-deps-" + Version + "%2Bcu121.zip", 2200 * mb, 4300 * mb}
	}
	return archive{official + "cpu/libtorch-cxx11-abi-shared-with-deps-" + Version + "%2Bcpu.zip", 200 * mb, 700 * mb}
}

func (a archive) announce(folder string) string {
	return fmt.Sprintf("there is no Python with pip, so the official archive is fetched: about %d MB, which take about %d MB in %s", a.bytes/mb, a.unpacked/mb, folder)
}

func (a archive) space() int64 { return a.bytes + a.unpacked }

func (a archive) fetch(ctx context.Context, dir string, progress func(done, total int64)) ([]string, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("the folder for fetched files cannot be made: %w", err)
	}
	path := filepath.Join(dir, filepath.Base(a.address))
	if _, err := os.Stat(path); err == nil {
		return []string{path}, nil
	}
	stop := watch(dir, a.bytes, progress)
	defer stop()
	if err := a.download(ctx, path+partial); err != nil {
		return nil, noSpace(err)
	}
	return []string{path}, os.Rename(path+partial, path)
}

// download goes on behind what an interrupted one has left in path.
func (a archive) download(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	if err != nil {
		return fmt.Errorf("the archive cannot be written: %w", err)
	}
	defer f.Close()
	has, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("the archive cannot be written: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.address, nil)
	if err != nil {
		panic("libtorch: an archive's address is wrong")
	}
	if has > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", has))
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the archive cannot be reached: check the network and run setup again, or take --engine go, which needs no libtorch (%w)", err)
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK: // from its beginning, whatever was asked for
		if err := f.Truncate(0); err != nil {
			return fmt.Errorf("the archive cannot be written: %w", err)
		}
	case http.StatusPartialContent:
	case http.StatusRequestedRangeNotSatisfiable:
		if err := f.Truncate(0); err != nil {
			return fmt.Errorf("the archive cannot be written: %w", err)
		}
		return errors.New("what an earlier setup left of the archive did not fit it and is removed: run setup again")
	default:
		return fmt.Errorf("the server of the archive answers %s: install Python with pip, and run setup again", resp.Status)
	}
	if _, err := io.Copy(f, resp.Body); err != nil { // an early end is an error where the length was announced
		return fmt.Errorf("the archive came only in part: run setup again, and it goes on from there (%w)", err)
	}
	return f.Close()
}

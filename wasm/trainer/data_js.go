package main

import (
	"errors"
	"fmt"
	"io"

	"ganvas/core/data"
	"ganvas/core/train"
	"ganvas/core/wire"
	"ganvas/wasm/bridge"
)

// loader opens data sets once and keeps them for later runs.
type loader struct {
	sets map[string]*data.Set
}

// open is the named data set; its rows may still be arriving.
func (l *loader) open(_ train.Ending, name string) (*data.Set, error) {
	if s := l.sets[name]; s != nil && s.Err() == nil {
		return s, nil
	}
	if name != "mnist" { // points are made and one's own are handed over: the others of the table
		return nil, data.Unknown(name)
	}
	s, err := mnist()
	if err != nil {
		return nil, err
	}
	if l.sets == nil {
		l.sets = map[string]*data.Set{}
	}
	l.sets[name] = s
	return s, nil
}

// mnist fetches the training digits and reports how many have arrived.
func mnist() (*data.Set, error) {
	labels, _, err := bridge.Fetch("data/train-labels-idx1-ubyte.gz")
	if err != nil {
		return nil, err
	}
	defer labels.Close()
	images, _, err := bridge.Fetch("data/train-images-idx3-ubyte.gz")
	if err != nil {
		return nil, err
	}
	s, err := data.Files{Images: images, Labels: labels, Unpack: bridge.Unpack}.Stream("mnist", func(have, all int, err error) {
		e := wire.Event{Type: wire.Loading, What: "digits", Have: int64(have), Total: int64(all)}
		if err != nil {
			e.Error = fmt.Sprintf("Only %d of %d digits arrived: %v. Reload the page to try again.", have, all, err)
		}
		if have == all || err != nil || have%5000 == 0 {
			bridge.Emit(e)
		}
		if have == all || err != nil {
			images.Close()
		}
	})
	if err != nil {
		return nil, errors.Join(err, images.Close())
	}
	return s, nil
}

// fetchJudge is the judge's file.
func fetchJudge() ([]byte, error) {
	body, _, err := bridge.Fetch("judge.safetensors")
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

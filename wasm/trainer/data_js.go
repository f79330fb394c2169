package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"ganvas/core/data"
	"ganvas/core/run"
	"ganvas/core/wire"
	"ganvas/wasm/bridge"
)

// loader opens data sets once and keeps them for later runs.
type loader struct {
	sets map[string]*data.Set
}

// open is the named data set; its rows may still be arriving.
func (l *loader) open(_ run.Cancel, name string) (*data.Set, error) {
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

// mnist is the training digits: in memory that the page's Workers share, where there is any.
func mnist() (*data.Set, error) {
	if storeExists() == 0 {
		return fetchDigits(nil)
	}
	for storeCount(digitStore) == 0 { // nobody has read yet how many there are
		if storeClaim() == 1 {
			return fetchDigits(storeRelease)
		}
		time.Sleep(time.Millisecond)
	}
	s, err := openShared(digitStore, "mnist", mnistClasses)
	if err == nil && !s.Whole() {
		go complete(s)
	}
	return s, err
}

const mnistClasses = 10

// complete fills the shared memory where whoever did is gone.
func complete(s *data.Set) {
	for !s.Whole() {
		time.Sleep(100 * time.Millisecond)
		if storeClaim() == 0 {
			continue
		}
		filled, err := fetchDigits(storeRelease)
		for err == nil && !filled.Whole() {
			time.Sleep(100 * time.Millisecond)
		}
		if err == nil {
			err = filled.Err()
		}
		if err != nil {
			s.Fail(err)
		}
		return
	}
}

// fetchDigits fetches them and reports how many have arrived; over, if any, is called when no more come.
func fetchDigits(over func()) (*data.Set, error) {
	if over == nil {
		over = func() {}
	}
	s, err := streamDigits(over)
	if err != nil {
		over()
	}
	return s, err
}

func streamDigits(over func()) (*data.Set, error) {
	labels, _, err := bridge.Fetch("data/train-labels-idx1-ubyte.gz")
	if err != nil {
		return nil, err
	}
	defer labels.Close()
	images, _, err := bridge.Fetch("data/train-images-idx3-ubyte.gz")
	if err != nil {
		return nil, err
	}
	s, err := data.Files{Images: images, Labels: labels, Unpack: bridge.Unpack, Room: makeShared}.Stream("mnist", func(have, all int, err error) {
		e := wire.Event{Type: wire.Loading, What: "digits", Have: int64(have), Total: int64(all)}
		if err != nil {
			e.Error = fmt.Sprintf("Only %d of %d digits arrived: %v. Reload the page to try again.", have, all, err)
		}
		if have == all || err != nil || have%5000 == 0 {
			bridge.Emit(e)
		}
		if have == all || err != nil {
			images.Close()
			over()
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

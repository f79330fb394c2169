package session_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"ganvas/core/data"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// given is a command with n gray pictures of 4×4, labelled in turn.
func given(n, classes int) *session.Data {
	c := &session.Data{Format: "pixels", Name: "squares", Count: n, Sample: sample.Gray(4, 4), Classes: classes}
	for i := range n * 16 {
		c.Files = append(c.Files, byte(i*31))
	}
	for i := range n * min(1, classes) {
		c.Files = append(c.Files, byte(i%classes))
	}
	return c
}

// kinds are names of three classes, one of them in no English letters.
var kinds = []string{"plain", "猫", "striped \"wide\""}

func ownRecipe() map[string]any { return with(map[string]any{"dataset": "own"}) }

// A run on a data set that was handed over goes the same way in one program and in three, and goes on from its checkpoint
// where the data are given again.
func TestRunsOnOwnData(t *testing.T) {
	var saved [][]byte
	for _, members := range []int{1, 3} {
		p := newPage(t, members, runtest.Digits(t, 100))
		named := given(60, 3)
		named.Names = kinds
		if e := p.must(named); e.Data.(session.Taken).Count != 60 || e.Data.(session.Taken).Classes != 3 || e.Data.(session.Taken).Name != "squares" {
			t.Errorf("the answer to a data set is %v", e.Data)
		}
		r := ownRecipe()
		r["conditional"] = true
		p.must(&session.Start{Choice: session.Choice{Recipe: r}, Paused: true})
		p.must(&session.Step{N: 8})
		p.paused(8)
		if e := p.began; !slices.Equal(e.Names, kinds) {
			t.Errorf("classes are called %q", e.Names)
		}
		saved = append(saved, p.must(&session.Save{}).Bytes)
	}
	if d := apart(t, saved[0], saved[1]); d > 1e-5 {
		t.Errorf("three programs end %v apart from one", d)
	}
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Load{File: saved[1], Paused: true})
	if e := p.began; !slices.Equal(e.Names, kinds) {
		t.Errorf("without their data classes are called %q", e.Names)
	}
	p.began = wire.Event{}
	p.must(given(60, 3))
	if e := p.must(&session.Load{File: saved[0], Paused: true}); e.Data.(session.Loaded).Missing != "" {
		t.Errorf("with its data the run lacks %v", e.Data.(session.Loaded).Missing)
	}
	p.must(&session.Step{N: 2})
	p.paused(10)
	if e := p.began; !slices.Equal(e.Names, kinds) {
		t.Errorf("with data that do not name them classes are called %q", e.Names)
	}
}

// Without its data a run can generate, and says what it lacks before it trains.
func TestRunWithoutItsData(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	if _, err := p.ask(&session.Start{Choice: session.Choice{Recipe: ownRecipe()}}); err == nil || !strings.Contains(err.Error(), "give them first") {
		t.Errorf("a run on data that are not here: %v", err)
	}
	p.must(given(60, 0))
	p.must(&session.Start{Choice: session.Choice{Recipe: ownRecipe()}, Paused: true})
	p.must(&session.Step{N: 3})
	p.paused(3)
	file := p.must(&session.Save{}).Bytes
	made := p.must(&session.Generate{Count: 2, Seed: 3, Digit: -1}).Bytes

	for what, other := range map[string]*page{"no data": newPage(t, 1, runtest.Digits(t, 100)), "other data": newPage(t, 1, runtest.Digits(t, 100))} {
		if what == "other data" {
			other.must(given(59, 0))
		}
		e := other.must(&session.Load{File: file, Paused: true})
		if says := e.Data.(session.Loaded).Missing; !strings.Contains(says, "squares") || !strings.Contains(says, "60") {
			t.Errorf("%s: the answer is %v", what, e.Data)
		}
		if again := other.must(&session.Generate{Count: 2, Seed: 3, Digit: -1}).Bytes; string(again) != string(made) {
			t.Errorf("%s: other pictures are generated", what)
		}
		for _, c := range []session.Command{&session.Resume{}, &session.Step{N: 1}} {
			if _, err := other.ask(c); err == nil || !strings.Contains(err.Error(), "60 pictures") {
				t.Errorf("%s: %s: %v", what, session.Name(c), err)
			}
		}
	}
}

// A run on pictures in colour learns, looks at them and makes some; a table of pixels and files with labels are data, too.
func TestOwnDataOfEveryFormat(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	c := &session.Data{Format: "pixels", Name: "colours", Count: 40, Sample: sample.Shape{Channels: 3, Height: 4, Width: 8}}
	for i := range 40 * 96 {
		c.Files = append(c.Files, byte(i*31))
	}
	if e := p.must(c).Data.(session.Taken); e.Sample != c.Sample || e.Count != 40 {
		t.Errorf("the answer to pictures in colour is %+v", e)
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: ownRecipe()}, Paused: true})
	p.must(&session.Step{N: 3})
	p.paused(3)
	if made := p.must(&session.Generate{Count: 5, Seed: 3, Digit: -1}).Bytes; len(made) != 5*96 {
		t.Errorf("5 pictures have %d bytes", len(made))
	}
	table := "label,a,b,c,d\n" + strings.Repeat("1,2,3,4,5\n0,9,8,7,6\n", 20)
	if e := p.must(&session.Data{Format: "csv", Name: "table", Files: []byte(table)}).Data.(session.Taken); e.Count != 40 || e.Classes != 2 {
		t.Errorf("the answer to a table is %+v", e)
	}
	array := func(shape string, values ...byte) []byte {
		head := "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n"
		return append(append(append([]byte("\x93NUMPY\x01\x00"), byte(len(head)), 0), head...), values...)
	}
	images, labels := array("2, 2, 2", 1, 2, 3, 4, 5, 6, 7, 8), array("2,", 1, 0)
	for classes, b := range map[int][]byte{0: images, 2: append(images[:len(images):len(images)], labels...)} {
		if e := p.must(&session.Data{Format: "npy", Split: len(images), Files: b}).Data.(session.Taken); e.Classes != classes || e.Count != 2 {
			t.Errorf("the answer to NumPy files is %+v", e)
		}
	}
}

// What cannot be a data set is refused in a sentence, and the run stays as it is, with the data that it has.
func TestRefusedDataDisturbNothing(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(given(60, 0))
	p.must(&session.Start{Choice: session.Choice{Recipe: ownRecipe()}, Paused: true})
	short, none, mixed := given(60, 0), given(60, 0), given(60, 0)
	short.Files = short.Files[1:]
	none.Format, mixed.Format = "poem", "idx"
	mixed.Split = 100
	for says, c := range map[string]session.Command{"take 960 bytes": short, "poem": none, "IDX": mixed} {
		if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
	few := ownRecipe()
	few["batch"] = 61
	if _, err := p.ask(&session.Start{Choice: session.Choice{Recipe: few}}); err == nil || !strings.Contains(err.Error(), "60 samples") {
		t.Errorf("a batch of more than there are: %v", err)
	}
	p.must(&session.Step{N: 2})
	p.paused(2)
}

// Points of somebody's own are learned from like those that are made here; they are known by a digest of their places, and what
// cannot be points is refused.
func TestOwnPoints(t *testing.T) {
	own := func(x float32) *session.Data {
		c := &session.Data{Format: "points", Name: "dots", Count: 300}
		for i := range 300 {
			for _, v := range [2]float32{x, float32(i)/150 - 1} {
				c.Files = binary.LittleEndian.AppendUint32(c.Files, math.Float32bits(v))
			}
		}
		return c
	}
	p := newPage(t, 1, runtest.Digits(t, 100))
	other := p.must(own(-0.5)).Data.(session.Taken)
	taken := p.must(own(0.5)).Data.(session.Taken)
	if taken.Sample != sample.Plane || taken.Count != 300 || taken.Digest == other.Digest {
		t.Errorf("the answers to points are %+v and %+v", other, taken)
	}
	p.must(&session.Start{Choice: session.Choice{Preset: "ring-2d", Recipe: map[string]any{"dataset": "own", "batch": 64, "epochs": 400, "lr_g": 0.005}}, Paused: true})
	p.must(&session.Step{N: 150})
	p.paused(150)
	w := p.must(&session.Plane{})
	fake, real := float32(0), math.Float32frombits(binary.LittleEndian.Uint32(w.Bytes[16*w.Data.(*wire.Plane).Fakes:]))
	for i := range w.Data.(*wire.Plane).Fakes {
		fake += math.Float32frombits(binary.LittleEndian.Uint32(w.Bytes[8*i:])) / float32(w.Data.(*wire.Plane).Fakes)
	}
	if real != 0.5 || fake < 0.2 || fake > 0.8 {
		t.Errorf("the first real point lies at %v, the fakes at %v on average", real, fake)
	}
	file := p.must(&session.Save{}).Bytes
	p.must(own(-0.5))
	if e := p.must(&session.Load{File: file, Paused: true}); e.Data.(session.Loaded).Missing == "" {
		t.Error("a run goes on with other points than its own")
	}
	for says, c := range map[string]*session.Data{"8 bytes each": {Format: "points", Count: 2, Files: make([]byte, 15)}, "from -1 to 1": own(1.5), "lies at NaN": own(float32(math.NaN()))} {
		if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}

// held is memory that programs share, in one: the samples that were put there last.
type held struct {
	shape  sample.Shape
	labels []uint8
	bytes  []byte
	have   int
	opened atomic.Int32
}

func (h *held) Arrived() int { return h.have }
func (h *held) Put(at int, pixels []byte) {
	copy(h.bytes[at*h.shape.Size():], pixels)
	h.have = at + len(pixels)/h.shape.Size()
}
func (h *held) Gather(dst []byte, rows []int32) {
	for i, row := range rows {
		copy(dst[i*h.shape.Size():][:h.shape.Size()], h.bytes[int(row)*h.shape.Size():])
	}
}

func (h *held) memory(files ...[]byte) session.Memory {
	return session.Memory{
		File: func(number int) (*io.SectionReader, error) {
			return io.NewSectionReader(bytes.NewReader(files[number-1]), 0, int64(len(files[number-1]))), nil
		},
		Room: func(n int, shape sample.Shape, labels []uint8) data.Store {
			h.shape, h.labels, h.bytes = shape, labels, make([]byte, n*shape.Size())
			return h
		},
		Held: func(name string, classes int) (*data.Set, error) {
			h.opened.Add(1)
			return data.NewStored(name, h.have, h.shape, classes, h.labels, h)
		},
	}
}

// Data that lie in a file beside the command go once into memory that all programs share: the others are told to look there, and the run
// is the one on data that were handed over as bytes. Points, which have no place there, reach the others too.
func TestOwnDataInSharedMemory(t *testing.T) {
	var saved [][]byte
	for _, beside := range []bool{false, true} {
		h, c := new(held), given(60, 3)
		var more []func(*session.Session)
		if beside {
			more = append(more, func(s *session.Session) { s.Memory = h.memory(c.Files) })
		}
		p := newPageBeside(t, 3, runtest.Digits(t, 100), h.memory(), more...)
		asked := *c
		if beside {
			asked.File, asked.Files = 1, nil
		}
		p.must(&asked)
		r := ownRecipe()
		r["conditional"] = true
		p.must(&session.Start{Choice: session.Choice{Recipe: r}, Paused: true})
		p.must(&session.Step{N: 4})
		p.paused(4)
		saved = append(saved, p.must(&session.Save{}).Bytes)
		if got := h.opened.Load(); beside != (got == 2) {
			t.Errorf("with a file beside the command %v, %d programs have looked into shared memory", beside, got)
		}
	}
	if !bytes.Equal(saved[0], saved[1]) {
		t.Error("the run on shared data is another one")
	}
	points := make([]byte, 8*64)
	for i := range 128 {
		binary.LittleEndian.PutUint32(points[4*i:], math.Float32bits(float32(i%16)/16-0.5))
	}
	h := new(held)
	p := newPageBeside(t, 2, runtest.Digits(t, 100), h.memory(), func(s *session.Session) { s.Memory = h.memory(points) })
	p.must(&session.Data{Format: "points", Count: 64, File: 1})
	p.must(&session.Start{Choice: session.Choice{Recipe: ownRecipe()}, Paused: true})
	p.must(&session.Step{N: 2})
	p.paused(2)
}

package weigh

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/run/runtest"
	"ganvas/native/kept"
)

// machine is a processor and a GPU that it plays, by a clock that goes on by what a step takes there whenever it is looked at.
type machine struct {
	Chooser
	opened, closed, timed int
	gpu, cpu              time.Duration // of a look at the clock, while networks are there
	tick                  time.Duration
	fails, breaks         error // when networks are built on the GPU, or afterwards
}

// part is an engine of the machine.
type part struct {
	engine.Engine
	name  string
	m     *machine
	tick  *time.Duration
	fails error
	err   *error
}

func (p *part) Name() string { return p.name }

func (p *part) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	p.m.tick = *p.tick
	p.m.timed++
	if p.fails != nil {
		return nil, p.fails
	}
	return p.Engine.Build(s, r)
}

func (p *part) Err() error { return *p.err }

func (p *part) Close() error {
	p.m.closed++
	return p.Engine.Close()
}

var sound error

func newMachine(t *testing.T) *machine {
	m := &machine{gpu: time.Millisecond, cpu: 20 * time.Millisecond}
	path, now := filepath.Join(t.TempDir(), "deep", "weighed.json"), time.Unix(1e9, 0)
	m.Chooser = Chooser{Key: "here", Patience: time.Second, List: kept.List[Record]{Path: func() (string, error) { return path, nil }},
		Now: func() time.Time { now = now.Add(m.tick); return now }, Busy: func(string) func() { return func() {} },
		Open: func() (engine.Engine, error) {
			m.opened++
			return &part{cpu.New(nil), "gpu · a test's", m, &m.gpu, m.fails, &m.breaks}, nil
		}}
	return m
}

func classic(t *testing.T) config.Recipe {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (m *machine) choose(t *testing.T, change ...func(*config.Recipe)) Choice {
	t.Helper()
	r := classic(t)
	r.Generator, r.Discriminator, r.Batch, r.Noise = []int{8}, []int{8}, 8, 4
	for _, c := range change {
		c(&r)
	}
	choice, err := m.Choose(t.Context(), &part{cpu.New(nil), "cpu · a test's", m, &m.cpu, nil, &sound}, r, runtest.Digits(t, 40))
	if err != nil {
		t.Fatal(err)
	}
	return choice
}

// The GPU computes where a step takes less time there. That is timed once for a recipe's shape, and said in one sentence with the ratio.
func TestFasterIsTakenAndKept(t *testing.T) {
	for _, c := range []struct {
		name     string
		gpu, cpu time.Duration
		taken    bool
		says     string
	}{
		{"a fast GPU", time.Millisecond, 10 * time.Millisecond, true, "Computing on gpu · a test's, 10 times as fast as this processor"},
		{"a slow GPU", 30 * time.Millisecond, 10 * time.Millisecond, false, "Computing on the processor: gpu · a test's takes 3 times as long"},
		{"hardly faster", 19 * time.Millisecond, 20 * time.Millisecond, false, "Computing on the processor"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMachine(t)
			m.gpu, m.cpu = c.gpu, c.cpu
			first := m.choose(t)
			if (first.GPU != nil) != c.taken || !strings.Contains(first.Says, c.says) || !strings.Contains(first.Says, "just now and kept") || strings.Count(first.Says, "\n") > 0 {
				t.Errorf("a GPU is taken: %v; it says %q", first.GPU != nil, first.Says)
			}
			if (m.closed == 0) != c.taken {
				t.Errorf("the GPU was closed %d times", m.closed)
			}
			timed := m.timed
			again := m.choose(t, func(r *config.Recipe) { r.Seed, r.Epochs, r.LRD = 9, 77, 1e-5 })
			if (again.GPU != nil) != c.taken || !strings.Contains(again.Says, "as timed on 2001-09-09") || m.timed != timed {
				t.Errorf("later it says %q, and %d networks were built for it", again.Says, m.timed-timed)
			}
			if m.choose(t, func(r *config.Recipe) { r.Batch = 4 }); m.timed == timed {
				t.Error("another batch was not timed")
			}
			timed = m.timed
			if m.Key = "another build"; !strings.Contains(m.choose(t).Says, "just now") || m.timed == timed {
				t.Error("another build's times count")
			}
		})
	}
}

// A GPU that fails when it is tried is left out with a word, and tried again at the next start.
func TestFailure(t *testing.T) {
	for name, fail := range map[string]func(m *machine, err error){
		"networks":   func(m *machine, err error) { m.fails = err },
		"afterwards": func(m *machine, err error) { m.breaks = err },
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t)
			fail(m, errors.New("the shader does not compile"))
			for range 2 {
				if c := m.choose(t); c.GPU != nil || !strings.Contains(c.Says, "gpu · a test's failed") || !strings.Contains(c.Says, "does not compile") {
					t.Errorf("it says %q", c.Says)
				}
			}
			fail(m, nil)
			if c := m.choose(t); c.GPU == nil || m.closed != 2 {
				t.Errorf("a sound GPU: %q; closed %d times", c.Says, m.closed)
			}
		})
	}
}

// A machine without a GPU has nothing to say, and a folder that cannot be written costs a timing at each start.
func TestNothingToChooseFromAndNowhereToKeepIt(t *testing.T) {
	m := newMachine(t)
	m.Open = func() (engine.Engine, error) { return nil, errors.New("none") }
	if c := m.choose(t); c.GPU != nil || c.Says != "" || m.timed > 0 {
		t.Errorf("without a GPU it says %q", c.Says)
	}
	m = newMachine(t)
	m.List.Path = func() (string, error) { return "", errors.New("no home") }
	for range 2 {
		if c := m.choose(t); c.GPU == nil || !strings.Contains(c.Says, "at each start") || !strings.Contains(c.Says, "no home") {
			t.Errorf("it says %q", c.Says)
		}
	}
}

// A driver that ends the program is not tried again the same day.
func TestDriverThatEndsTheProgram(t *testing.T) {
	m := newMachine(t)
	m.cpu, m.gpu = 0, 0
	open := m.Open
	m.Open = func() (engine.Engine, error) { panic("as a driver's crash ends it") }
	func() {
		defer func() { recover() }()
		m.choose(t)
	}()
	m.Open = open
	if c := m.choose(t); c.GPU != nil || m.opened > 0 || !strings.Contains(c.Says, "--engine gpu") {
		t.Errorf("opened %d times, and it says %q", m.opened, c.Says)
	}
	later := m.Now
	m.Now = func() time.Time { return later().Add(24 * time.Hour) }
	m.gpu, m.cpu = time.Millisecond, 20*time.Millisecond
	if c := m.choose(t); c.GPU == nil {
		t.Errorf("the next day it says %q", c.Says)
	}
	if c := m.choose(t); c.GPU == nil {
		t.Errorf("and then %q", c.Says)
	}
}

// What is interrupted while it times is no choice, and nothing keeps the GPU from being tried again.
func TestInterrupted(t *testing.T) {
	m := newMachine(t)
	ctx, end := context.WithCancel(t.Context())
	end()
	r := classic(t)
	if _, err := m.Choose(ctx, cpu.New(nil), r, runtest.Digits(t, 200)); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if c := m.choose(t); c.GPU == nil || m.closed != 1 {
		t.Errorf("afterwards it says %q; closed %d times", c.Says, m.closed)
	}
}

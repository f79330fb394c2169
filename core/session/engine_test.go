package session_test

import (
	"bytes"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// card is a GPU that the CPU's engine plays: it can be lost, and refuse networks.
type card struct {
	engine.Engine
	refuses error
	lost    atomic.Bool
	built   func()
}

func (*card) Name() string { return "gpu · a test's" }

func (c *card) Err() error {
	if c.lost.Load() {
		return errors.New("the GPU was lost")
	}
	return nil
}

func (c *card) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	if c.refuses != nil {
		return nil, c.refuses
	}
	if c.built != nil {
		c.built()
	}
	return c.Engine.Build(s, r)
}

func (c *card) Optimize(n engine.Net, s optim.Spec) (engine.Optimizer, error) {
	return c.Engine.Optimize(n, s)
}

// cards gives a session GPUs, one for each time that it opens one, and then none.
func cards(wanted string, all ...*card) func(*session.Session) {
	return func(s *session.Session) {
		s.Wanted = wanted
		s.OpenGPU = func() (session.GPU, error) {
			if len(all) == 0 {
				return session.GPU{}, errors.New("this browser finds no GPU")
			}
			c := all[0]
			all = all[1:]
			c.Engine = cpu.New(nil)
			return session.GPU{Engine: c, Name: "Test"}, nil
		}
	}
}

var tiny = session.Choice{Recipe: tinyRecipe}

// A run goes to the GPU and back as it is, alone or from a group and into it again, and is then the run that it would have been.
func TestRunMovesBetweenEngines(t *testing.T) {
	for _, members := range []int{1, 2} {
		set := runtest.Digits(t, 100)
		stayed, moved := newPage(t, members, set), newPage(t, members, set, cards("", new(card)))
		var saved [2][]byte
		for i, p := range []*page{stayed, moved} {
			p.must(&session.Start{Choice: tiny, Paused: true})
			p.must(&session.Step{N: 3})
			p.paused(3)
			if p == moved { // in the middle of a step
				p.must(&session.Step{N: 1, Depth: "update"})
				p.must(&session.Engine{Engine: session.OnGPU})
				p.must(&session.Step{N: 1})
			} else {
				p.must(&session.Step{N: 2})
			}
			p.paused(5)
			if p == moved {
				before := p.must(&session.Save{}).Bytes
				p.must(&session.Engine{Engine: session.OnCPU})
				if off := apart(t, before, p.must(&session.Save{}).Bytes); off != 0 {
					t.Errorf("after a move the state is %.2g off", off)
				}
			}
			p.must(&session.Step{N: 3})
			p.paused(8)
			saved[i] = p.must(&session.Save{}).Bytes
		}
		if members == 1 && !bytes.Equal(saved[0], saved[1]) {
			t.Error("a run that moved has become another")
		}
		if off := apart(t, saved[0], saved[1]); off > 2e-5 {
			t.Errorf("the weights end %.2g apart", off)
		}
	}
}

func changed(e wire.Event) bool { return e.Type == wire.Changed && e.Error != "" }

// A GPU that is lost while the run trains: it goes on from the last state that the host has, on the next GPU or on the CPU, and says so.
func TestLostGPU(t *testing.T) {
	for name, others := range map[string][]*card{"none is left": nil, "another comes": {new(card)}} {
		t.Run(name, func(t *testing.T) {
			first := new(card)
			p := newPage(t, 1, runtest.Digits(t, 100), cards(session.OnGPU, append([]*card{first}, others...)...))
			p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 100000})}})
			p.wait(func(e wire.Event) bool { return e.Type == wire.Stepped && e.Step > 2 })
			first.lost.Store(true)
			e := p.wait(changed)
			if onGPU := strings.HasPrefix(e.Engine, "gpu"); onGPU != (others != nil) || !strings.Contains(e.Error, "lost") || e.Note != e.Error {
				t.Errorf("it goes on on %q and says %q, %q", e.Engine, e.Error, e.Note)
			}
			p.wait(func(now wire.Event) bool { return now.Type == wire.Stepped && now.Step > e.Step })
		})
	}
}

// A GPU that fails again where it failed is given up.
func TestGPUThatFailsAgain(t *testing.T) {
	first, second := new(card), new(card)
	p := newPage(t, 1, runtest.Digits(t, 100), cards(session.OnGPU, first, second, new(card)))
	p.must(&session.Start{Choice: tiny, Paused: true})
	for _, c := range []*card{first, second} {
		c.lost.Store(true)
		p.must(&session.Noise{})
	}
	p.must(&session.Step{N: 2})
	p.paused(2)
	if e := p.must(&session.Bench{Choice: tiny, Steps: 1, Engine: session.OnGPU}).Data.(session.Benched); !strings.HasPrefix(e.Engine, "gpu") {
		t.Errorf("a bench on the GPU ran on %q", e.Engine)
	}
	p.must(&session.Engine{Engine: session.OnGPU}) // by hand it can still be tried
}

// What the GPU cannot train begins on the CPU, with the reason; a recipe that nothing can train is refused as ever.
func TestRefusedByTheGPU(t *testing.T) {
	for name, open := range map[string]func(*session.Session){
		"no GPU": cards(session.OnGPU), "a layer": cards(session.OnGPU, &card{refuses: errors.New("the GPU has no such layer")}), "no such program": func(s *session.Session) { s.Wanted = session.OnGPU },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, 1, runtest.Digits(t, 100), open)
			p.commands <- session.Message{Command: &session.Start{Choice: tiny, Paused: true}}
			if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Started }); !strings.HasPrefix(e.Engine, "cpu") || !strings.Contains(e.Note, "GPU") || !strings.HasSuffix(e.Note, "so the CPU trains this run.") {
				t.Errorf("it runs on %q and says %q", e.Engine, e.Note)
			}
			if _, err := p.ask(&session.Engine{Engine: session.OnGPU}); err == nil || !strings.Contains(err.Error(), "GPU") {
				t.Errorf("to move there is answered with %v", err)
			}
			if _, err := p.ask(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"batch": 1000})}}); err == nil || strings.Contains(err.Error(), "GPU") {
				t.Errorf("more than there are samples: %v", err)
			}
			p.must(&session.Step{N: 2})
			p.paused(2)
		})
	}
	p := newPage(t, 1, runtest.Digits(t, 100))
	if _, err := p.ask(&session.Engine{Engine: "abacus"}); err == nil || !strings.Contains(err.Error(), "must be cpu, webgpu, webgpu-f16 or auto") {
		t.Errorf("an engine that nobody has: %v", err)
	}
}

// Auto takes the GPU where a step takes less time there, once in a run, and never a processor in a GPU's place.
func TestAuto(t *testing.T) {
	for _, c := range []struct {
		name     string
		tick     time.Duration // of the clock, once networks are on the GPU; before it is 10 ms
		software bool
		engine   string
		says     string
	}{
		{"faster", time.Millisecond, false, "gpu", "so the GPU trains."},
		{"slower", time.Second, false, "cpu", "so the CPU trains."},
		{"software", time.Millisecond, true, "cpu", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var now, tick atomic.Int64
			tick.Store(int64(10 * time.Millisecond))
			opened := 0
			p := newPage(t, 1, runtest.Digits(t, 100), func(s *session.Session) {
				s.Now = func() time.Time { return time.Unix(0, now.Add(tick.Load())) }
				s.Wanted = session.Auto
				s.OpenGPU = func() (session.GPU, error) {
					opened++
					return session.GPU{Engine: &card{Engine: cpu.New(nil), built: func() { tick.Store(int64(c.tick)) }}, Name: "Test", Software: c.software}, nil
				}
			})
			p.must(&session.Start{Choice: tiny, Paused: true})
			p.must(&session.Step{N: 20})
			engine, note := "cpu", ""
			p.wait(func(e wire.Event) bool {
				if e.Type == wire.Changed {
					engine, note = e.Engine[:3], e.Note
				}
				return e.Type == wire.Paused && e.Step == 20
			})
			if engine != c.engine || !strings.Contains(note, c.says) || c.says == "" && note != "" {
				t.Errorf("it runs on %q and says %q", engine, note)
			}
			if opened != 1 {
				t.Errorf("the GPU was opened %d times", opened)
			}
		})
	}
}

// halfCard is a GPU that can take the factors of products as float16; built is how each network was built on it.
type halfCard struct {
	*card
	half  bool
	built []bool
}

func (c *halfCard) Half(on bool) { c.half = on }

func (c *halfCard) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	c.built = append(c.built, c.half)
	return c.card.Build(s, r)
}

// On the GPU a run goes over to factors of float16 and back as it is, and what is timed meanwhile changes nothing of how it is computed.
func TestPrecisionOnTheGPU(t *testing.T) {
	gpu := &halfCard{card: &card{Engine: cpu.New(nil)}}
	p := newPage(t, 1, runtest.Digits(t, 100), func(s *session.Session) {
		s.OpenGPU = func() (session.GPU, error) { return session.GPU{Engine: gpu, Name: "Test"}, nil }
	})
	p.must(&session.Start{Choice: tiny, Paused: true})
	p.must(&session.Step{N: 2})
	p.paused(2)
	before := p.must(&session.Save{}).Bytes
	for _, to := range []string{session.OnHalf, session.OnGPU, session.OnHalf, session.OnHalf} {
		p.must(&session.Engine{Engine: to})
		if gpu.half != (to == session.OnHalf) || gpu.built[len(gpu.built)-1] != gpu.half {
			t.Errorf("on %s networks are built with halves: %v", to, gpu.built)
		}
		if off := apart(t, before, p.must(&session.Save{}).Bytes); off != 0 {
			t.Errorf("on %s the state is %.2g off", to, off)
		}
	}
	n := len(gpu.built)
	p.must(&session.Bench{Choice: tiny, Steps: 1, Engine: session.OnGPU})
	if len(gpu.built) == n || gpu.built[n] || !gpu.half {
		t.Errorf("a bench in float32 built with halves: %v; the run goes on with halves: %v", gpu.built[n:], gpu.half)
	}
	p.must(&session.Step{N: 2})
	p.paused(4)
	p.must(&session.Engine{Engine: session.OnCPU})
	p.must(&session.Step{N: 2})
	p.paused(6)
	other := newPage(t, 1, runtest.Digits(t, 100), cards("", new(card)))
	other.must(&session.Start{Choice: tiny, Paused: true})
	if _, err := other.ask(&session.Engine{Engine: session.OnHalf}); err == nil || !strings.Contains(err.Error(), "float16") {
		t.Errorf("a GPU that has none: %v", err)
	}
}

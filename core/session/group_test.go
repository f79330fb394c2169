package session_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// ring is a group of goroutines. Once broken, every sum fails for all.
type ring struct {
	lock   sync.Mutex
	turn   *sync.Cond
	size   int
	came   int
	round  int
	parts  [][]float32
	sum    []float32
	broken bool
}

func newRing(size int) *ring {
	r := &ring{size: size, parts: make([][]float32, size)}
	r.turn = sync.NewCond(&r.lock)
	return r
}

func (r *ring) breakUp() {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.broken = true
	r.turn.Broadcast()
}

// member is one goroutine's place in a ring.
type member struct {
	*ring
	rank int
}

func (m member) Rank() int { return m.rank }
func (m member) Size() int { return m.size }
func (m member) Err() error {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.broken {
		return errors.New("a member was lost")
	}
	return nil
}

func (m member) Sum(x []float32) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.broken {
		return
	}
	round := m.round
	m.parts[m.rank] = append(m.parts[m.rank][:0], x...)
	if m.came++; m.came == m.size {
		m.sum = make([]float32, len(x))
		for _, p := range m.parts {
			f32.Add(m.sum, p)
		}
		m.came, m.round = 0, round+1
		m.turn.Broadcast()
	}
	for m.round == round && !m.broken {
		m.turn.Wait()
	}
	if m.broken {
		return
	}
	copy(x, m.sum)
}

// page is a session and its followers, and the events that they send.
type page struct {
	t        *testing.T
	commands chan session.Message
	events   chan wire.Event
	ring     *ring
	next     int
	began    wire.Event // of the run that began last, as far as events were waited for
}

func newPage(t *testing.T, members int, set *data.Set, more ...func(*session.Session)) *page {
	return newPageBeside(t, members, set, session.Memory{}, more...)
}

// newPageBeside is newPage with what the followers have of data beside their own memory.
func newPageBeside(t *testing.T, members int, set *data.Set, m session.Memory, more ...func(*session.Session)) *page {
	p := &page{t: t, commands: make(chan session.Message, 64), events: make(chan wire.Event, 4096)}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	open := func(run.Cancel, string) (*data.Set, error) { return set, nil }
	peak := func(time.Duration) float64 { return 10 }
	s := &session.Session{Engine: cpu.New(nil), Data: open, Emit: func(e wire.Event) { p.events <- e }, Commands: p.commands, Peak: peak, Yield: runtime.Gosched}
	if members > 1 {
		p.ring = newRing(members)
		var others []chan session.Message
		for rank := 1; rank < members; rank++ {
			in := make(chan session.Message, 64)
			others = append(others, in)
			f := &session.Follower{Engine: cpu.New(member{p.ring, rank}), Data: open, Memory: m, Commands: in, Peak: peak, Yield: runtime.Gosched}
			go func() {
				if err := f.Run(ctx); err != nil && ctx.Err() == nil {
					p.ring.breakUp()
				}
			}()
		}
		s.Shared = cpu.New(member{p.ring, 0})
		s.Tell = func(c session.Command) {
			for _, in := range others {
				in <- session.Message{Command: c}
			}
		}
		t.Cleanup(p.ring.breakUp)
	}
	for _, f := range more {
		f(s)
	}
	go s.Run(ctx)
	return p
}

// ask sends a command and waits for its answer; other events go by.
func (p *page) ask(c session.Command) (wire.Event, error) {
	p.t.Helper()
	p.next++
	id := p.next
	p.commands <- session.Message{ID: id, Command: c}
	e := p.wait(func(e wire.Event) bool { return e.Type == wire.Answered && e.ID == id })
	if e.Error != "" {
		return e, errors.New(e.Error)
	}
	return e, nil
}

func (p *page) must(c session.Command) wire.Event {
	p.t.Helper()
	e, err := p.ask(c)
	if err != nil {
		p.t.Fatalf("%s: %v", session.Name(c), err)
	}
	return e
}

func (p *page) wait(is func(wire.Event) bool) wire.Event {
	p.t.Helper()
	for late := time.After(3 * time.Minute); ; {
		select {
		case e := <-p.events:
			if e.Type == wire.Started {
				p.began = e
			}
			if is(e) {
				return e
			}
		case <-late:
			p.t.Fatal("the event never came")
		}
	}
}

func (p *page) paused(step int) {
	p.t.Helper()
	p.wait(func(e wire.Event) bool { return e.Type == wire.Paused && e.Step == step })
}

var tinyRecipe = map[string]any{"noise": 8, "generator": "16-24", "discriminator": "24-16", "batch": 10, "epochs": 5}

func with(more map[string]any) map[string]any {
	m := map[string]any{}
	for k, v := range tinyRecipe {
		m[k] = v
	}
	for k, v := range more {
		m[k] = v
	}
	return m
}

// Several programs that share a batch train as one does, within float error, through pauses, changes, saves and loads.
func TestSharedRunEqualsSoloRun(t *testing.T) {
	for name, fields := range map[string]map[string]any{
		"plain": nil, "conditional hinge": {"conditional": true, "loss": "hinge"},
		"wgan-gp": {"loss": "wgan-gp", "dropout": 0, "d_steps": 2}, // A common shift of all scores changes nothing here, so D's last bias has no gradient but rounding, which Adam would
		// blow up to whole steps: eps keeps it small.
		"relativistic, averaged": {"loss": "relativistic", "ema": 0.9, "clip": 1, "eps": 1e-4},
		"packing":                {"packing": 5, "loss": "wgan-gp", "dropout": 0, "instance_noise": 0.1, "eps": 1e-4, "batch": 15},
		"instance noise":         {"instance_noise": 0.3},
		"auxiliary":              {"conditional": true, "label_mode": "auxiliary"},
		"layer norm, projection": {"conditional": true, "label_mode": "projection", "norm": "layer", "loss": "r1", "dropout": 0, "gp_weight": 1, "optimizer": "sgd", "beta1": 0.5, "lr_d": 1e-2, "lr_g": 1e-2},
		"sngan": {"arch": "sngan", "generator": []int{4, 3, 2}, "discriminator": []int{2, 3, 4}, "conditional": true, "label_mode": "projection",
			"loss": "hinge", "eps": 1e-4},
		// 12 steps of 8 images grow twice and fade in both times
		"progressive": {"arch": "progressive", "generator": []int{8, 6, 5}, "discriminator": []int{5, 6, 8}, "loss": "wgan-gp", "stage_images": 20, "ema": 0.9,
			"eps": 1e-3, "leak": 0.5},
	} {
		t.Run(name, func(t *testing.T) {
			set := runtest.Digits(t, 100)
			if fields["arch"] != nil {
				set = runtest.Patterns(t, 100, 12)
			}
			var saved [][]byte
			for _, members := range []int{1, 2, 3} {
				p := newPage(t, members, set)
				p.must(&session.Start{Choice: session.Choice{Recipe: with(fields)}, Paused: true})
				p.must(&session.Step{N: 5})
				p.paused(5)
				p.must(&session.Set{Field: "lr_g", Value: "0.001"})
				p.must(&session.Step{N: 4})
				p.paused(9)
				file := p.must(&session.Save{}).Bytes
				p.must(&session.Load{File: file, Paused: true})
				p.must(&session.Step{N: 3})
				p.paused(12)
				saved = append(saved, p.must(&session.Save{}).Bytes)
			}
			for _, other := range saved[1:] {
				if off := apart(t, saved[0], other); off > 2e-5 {
					t.Errorf("the weights end %.2g apart", off)
				}
			}
		})
	}
}

// apart is the largest difference between two checkpoints' weights.
func apart(t *testing.T, a, b []byte) float64 {
	t.Helper()
	x, y := runtest.Decoded(t, a), runtest.Decoded(t, b)
	worst := 0.0
	for _, tx := range x.Tensors {
		ty, ok := y.Lookup(tx.Name)
		if !ok {
			t.Fatalf("%s is missing", tx.Name)
		}
		d := difference(t, tx, ty)
		if d > 2e-5 {
			t.Logf("%s is %.2g apart", tx.Name, d)
		}
		worst = max(worst, d)
	}
	return worst
}

func difference(t *testing.T, a, b weights.Tensor) (worst float64) {
	t.Helper()
	x, errX := a.F64()
	y, errY := b.F64()
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	for i := range x {
		worst = max(worst, math.Abs(x[i]-y[i]))
	}
	return worst
}

// However long a run is, it holds no more memory, once its log is as long as it gets: here 10,000 steps shared by two programs.
func TestMemoryStaysFlat(t *testing.T) {
	p := newPage(t, 2, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"noise": 4, "generator": "8", "discriminator": "8", "batch": 4, "epochs": 100_000})}, Paused: true})
	held := func(steps, more int) float64 {
		p.must(&session.Step{N: more})
		p.paused(steps)
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	before := held(70_000, 70_000)
	after := held(80_000, 10_000)
	if grown := after - before; grown > 256<<10 {
		t.Errorf("10,000 steps hold %.0f bytes more, %.0f a step", grown, grown/10_000)
	}
}

func TestRunGoesOnWithoutALostMember(t *testing.T) {
	p := newPage(t, 2, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 100000})}})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Stepped })
	p.ring.breakUp()
	e := p.wait(func(e wire.Event) bool { return e.Type == wire.Changed })
	if e.Threads != 1 || e.Note == "" {
		t.Fatalf("%d threads, note %q", e.Threads, e.Note)
	}
	p.wait(func(later wire.Event) bool { return later.Type == wire.Stepped && later.Step > e.Step })
	if name := runtest.Decoded(t, p.must(&session.Save{}).Bytes).FirstNonFinite(); name != "" {
		t.Fatalf("%s is broken", name)
	}
}

func TestBatchTooSmallToShareTrainsAlone(t *testing.T) {
	for _, fields := range []map[string]any{{"batch": 2}, {"batch": 10, "packing": 5}} {
		p := newPage(t, 3, runtest.Digits(t, 100))
		p.must(&session.Start{Choice: session.Choice{Recipe: with(fields)}, Paused: true})
		p.must(&session.Step{N: 2})
		p.paused(2)
	}
}

// The programs that share a batch are timed together, and what each of them could do and holds is added up.
func TestSharedBench(t *testing.T) {
	p := newPage(t, 2, runtest.Digits(t, 100))
	for range 2 { // the follower must be free again after the first
		b := p.must(&session.Bench{Choice: session.Choice{Recipe: with(nil)}, Steps: 4}).Data.(session.Benched)
		if ms := b.MsPerStep; len(ms) != 4 || b.Threads != 2 {
			t.Errorf("%d steps on %v threads, want 4 on 2", len(ms), b.Threads)
		}
		if b.PeakGFlops != 20.0 || !(b.MemoryBytes > 1<<20) {
			t.Errorf("the peak is %v GFLOP/s, want 20; memory %v bytes", b.PeakGFlops, b.MemoryBytes)
		}
	}
	if b := p.must(&session.Bench{Choice: session.Choice{Recipe: with(nil)}, Steps: 1, Threads: 1}).Data.(session.Benched); b.PeakGFlops != 10.0 {
		t.Errorf("alone the peak is %v GFLOP/s, want 10", b.PeakGFlops)
	}
}

// Weights of a finished run can be trained on: by one program and by several, for as many epochs again.
func TestFinishedWeightsTrainOn(t *testing.T) {
	for _, members := range []int{1, 2} {
		p := newPage(t, members, runtest.Digits(t, 100))
		p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 1})}})
		p.wait(func(e wire.Event) bool { return e.Type == wire.Stopped && e.Reason == "finished" })
		file := p.must(&session.Save{WeightsOnly: true}).Bytes
		p.must(&session.Load{File: file, Paused: true})
		p.must(&session.Step{N: 2})
		p.paused(12)
	}
}

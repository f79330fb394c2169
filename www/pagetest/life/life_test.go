package life

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
	"ganvas/www/serve"
)

// Steps far under a millisecond leave the page its timers and frames, which see the run on its way, and pressing pause ends them.
func TestLongFastStepsLeaveThePageAlive(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, "preset=ring-2d&epochs=1000", pagetest.Trouble{Script: `window.seen = {turns: 0, frames: 0}; { let last = {turns: 0, frames: 0};
		const look = (kind) => {
			const step = window.ganvas?.status().step ?? 0;
			if (step > last[kind]) seen[kind]++;
			last[kind] = step;
		};
		setInterval(() => look("turns"), 20);
		const next = () => (look("frames"), requestAnimationFrame(next));
		next();
	}`})
	p.Until("window.ganvas && ganvas.status().step > 1800 && seen.turns > 10 && seen.frames > 10")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at := p.Step()
	p.Rest()
	if now := p.Step(); now != at {
		t.Errorf("a paused run went from step %d to %d", at, now)
	}
	p.NoErrors()
}

// The button answers at once where the run first finishes a step that takes long, and so do the rooms.
func TestControlsAnswerWhileSlowStepsRun(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, "preset=sngan&batch=48")
	p.Until("window.ganvas && ganvas.status().step > 0")
	if does := pagetest.Eval[string](p, `(document.getElementById("play").click(), document.getElementById("play").dataset.does)`); does != "play" {
		t.Errorf("after pause was pressed the button offers %s", does)
	}
	p.Until("ganvas.status().state === 'paused'")
	at := p.Step()
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at))
	p.NoErrors()
}

// counting serves the site and counts how often a file is asked for.
func counting(name string, n *atomic.Int64) pagetest.Trouble {
	return pagetest.Trouble{Host: func(dir string) http.Handler {
		site := serve.Handler(dir)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, name) {
				n.Add(1)
			}
			site.ServeHTTP(w, r)
		})
	}}
}

// A run that takes other memory begins in fresh Workers, which get programs and digits from those before; a restart, or the
// same networks with another seed, stays where it is. What is refused leaves the run alone.
func TestRunsOfAnotherShapeBeginInFreshWorkers(t *testing.T) {
	var images, programs, served atomic.Int64
	digits := counting("train-images-idx3-ubyte.gz", &images)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&threads=2", pagetest.Trouble{Host: func(dir string) http.Handler {
		inner := digits.Host(dir)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "trainer.wasm") {
				programs.Add(1)
			}
			inner.ServeHTTP(w, r)
			if strings.HasSuffix(r.URL.Path, "train-images-idx3-ubyte.gz") {
				served.Add(1)
			}
		})
	}})
	p.Until("window.ganvas && ganvas.status().step > 3")
	if !pagetest.Soon(func() bool { return served.Load() > 0 }) {
		t.Fatal("nobody has asked for the digits")
	}
	if !pagetest.Stands[bool](p, "document.getElementById('arriving').hidden") { // else they are fetched once more for the next crew
		p.Until("document.getElementById('arriving').hidden")
	}
	loaded := programs.Load()
	crews := func() int { t.Helper(); return pagetest.Eval[int](p, "ganvasPage.crews()") }
	wide := `{arch: "mlp", generator: "48", discriminator: "48", batch: 32}`
	for _, c := range []struct {
		start string
		crews int
	}{
		{`ganvas.start({...ganvas.status().recipe, seed: 5})`, 1},
		{`ganvas.start(` + wide + `)`, 2},
		{`ganvas.start(` + wide + `)`, 2},
		{`ganvas.save().then((b) => ganvas.load(b))`, 2},
		{`ganvas.start("ring-2d")`, 3},
		{`ganvas.start({generator: "0"}).catch(() => {})`, 3},
		{`ganvas.start(` + wide + `)`, 4},
	} {
		pagetest.Eval[bool](p, c.start+".then(() => true)")
		if n := crews(); n != c.crews {
			t.Errorf("after %s there have been %d crews, want %d", c.start, n, c.crews)
		}
	}
	p.Until("ganvas.status().threads === 2 && ganvas.status().step > 3")
	if images.Load() != 1 || programs.Load() != loaded {
		t.Errorf("the digits were fetched %d times, the program %d times and then %d more", images.Load(), loaded, programs.Load()-loaded)
	}
	// What the checks that come before a run cannot know is refused by the fresh Workers: the run that was there goes on.
	at := p.Step()
	if why := pagetest.Eval[string](p, `ganvas.start({dataset: "ring", arch: "mlp", batch: 4096, generator: "8", discriminator: "8"}).then(() => "", (e) => e.message)`); why != "" {
		p.Until("ganvas.status().step > " + strconv.Itoa(at) + " && ganvas.status().recipe.batch === 32")
	}
	p.NoErrors()
}

// A Worker that hangs, the leader or a follower, is noticed, and the run goes on in fresh ones from its last good state.
func TestLongHungWorkersAreReplaced(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&threads=2&lang=en")
	for rank := range 2 {
		p.Until("window.ganvas && ganvas.status().state === 'running' && ganvas.status().step > 20")
		p.Click("play")
		p.Until("ganvas.status().state === 'paused'")
		kept := p.Step()
		pagetest.Eval[bool](p, "ganvas.save().then(() => true)") // after the page's own, which keeps the state
		p.Click("play")
		p.Until("ganvas.status().step > " + strconv.Itoa(kept+5))
		pagetest.Eval[bool](p, "ganvasPage.harm("+strconv.Itoa(rank)+`, "hang") === undefined`)
		var found []map[string]any
		if !pagetest.Soon(func() bool {
			found = pagetest.Eval[[]map[string]any](p, "ganvas.diagnose()")
			return found[rank]["answers"] == false && found[rank]["moves"] == false
		}) {
			t.Errorf("Worker %d hangs and is said to be %v", rank, found[rank])
		}
		pagetest.Eval[bool](p, "(async () => { for (let i = 0; i < 6; i++) await ganvasPage.watch(2000); return true; })()")
		p.Until("ganvasPage.crews() === " + strconv.Itoa(rank+2) + " && ganvas.status().state === 'running' && ganvas.status().step > " + strconv.Itoa(kept+10))
		if n := pagetest.Eval[int](p, "ganvas.status().threads"); n != 2 {
			t.Errorf("it goes on in %d threads", n)
		}
		if !strings.Contains(p.Notice(), "fresh Workers") || !strings.Contains(p.Notice(), "from step "+strconv.Itoa(kept)) && kept < 1000 {
			t.Errorf("after step %d was kept the page says %q", kept, p.Notice())
		}
	}
	p.NoErrors()
}

// A leader that crashes takes the run no further back than a hanging one.
func TestLongCrashedLeaderIsReplaced(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&threads=2&lang=en")
	p.Until("window.ganvas && ganvas.status().step > 20")
	pagetest.Eval[bool](p, `ganvasPage.harm(0, "memory ran out") === undefined`)
	p.Until("ganvasPage.crews() === 2 && ganvas.status().state === 'running' && ganvas.status().step > 5")
	if !strings.Contains(p.Notice(), "memory ran out") {
		t.Errorf("the page says %q", p.Notice())
	}
	for crew := 3; crew <= 4; crew++ {
		pagetest.Eval[bool](p, `ganvasPage.harm(0, "memory ran out") === undefined`)
		p.Until("ganvasPage.crews() === " + strconv.Itoa(crew) + " && ganvas.status().state === 'running' && ganvas.status().step > 1")
	}
	pagetest.Eval[bool](p, `ganvasPage.harm(0, "memory ran out") === undefined`) // what crashes again and again is given up
	again := `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Start the trainer again")`
	p.Until("ganvas.status().state === 'failed' && " + again)
	pagetest.Eval[bool](p, again+".click() === undefined")
	p.Until("ganvas.status().state === 'running' && ganvas.status().step > 3")
	p.NoErrors()
}

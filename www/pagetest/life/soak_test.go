package life

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"ganvas/www/pagetest"
)

// warnings keeps what the watchdog says, over reloads of the page.
const warnings = `if (self === top) { const warn = console.warn; console.warn = (...words) => (warn(...words), sessionStorage.setItem("warned", (sessionStorage.getItem("warned") ?? "") + words.join(" ") + "\n")); }`

// TestSoak uses a page roughly for as long as GANVAS_SOAK says (30m): it restarts, reloads, hides, resizes, pauses, saves,
// changes presets and rooms, and competes for the cores. Steps must come after all of it, the watchdog must have nothing to
// do, and the console nothing to complain of. GANVAS_SOAK_SEED repeats a sequence.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("GANVAS_SOAK"))
	if err != nil {
		t.Skip("GANVAS_SOAK names no time to go on for")
	}
	seed, err := strconv.ParseUint(os.Getenv("GANVAS_SOAK_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("GANVAS_SOAK_SEED=%d", seed)
	s := &soak{T: t, random: rand.New(rand.NewPCG(seed, 0))}
	s.Visit = pagetest.Open(t, pagetest.View{Width: 1000, Height: 700, Scale: 1}, "preset=quick&threads=2", pagetest.Trouble{Script: warnings})
	s.goesOn("the start")
	did := map[string]int{}
	for end := time.Now().Add(long); time.Now().Before(end) && !t.Failed(); {
		a := rough[s.random.IntN(len(rough))]
		a.do(s)
		did[a.name]++
		s.goesOn(a.name)
	}
	t.Logf("done: %v", did)
}

type soak struct {
	*testing.T
	*pagetest.Visit
	random *rand.Rand
}

// goesOn waits for ten more steps.
func (s *soak) goesOn(after string) {
	s.T.Helper()
	if pagetest.Eval[string](s.Visit, "window.ganvas?.status().state ?? ''") == "paused" {
		pagetest.Eval[bool](s.Visit, "ganvas.resume().then(() => true)")
	}
	s.Until("window.ganvas && ganvas.status().state === 'running'")
	at := s.Step()
	s.Until(fmt.Sprintf("ganvas.status().step > %d || ganvas.status().step < %d", at+3, at))
	if warned := pagetest.Eval[string](s.Visit, `(() => { const w = sessionStorage.getItem("warned") ?? ""; sessionStorage.removeItem("warned"); return w; })()`); warned != "" {
		s.Errorf("after %s: %s", after, warned)
	}
	s.NoErrors()
}

var presets = []string{"quick", "classic", "dcgan", "conditional", "ring-2d", "lsgan", "wgan-gp", "quick"}

// rough is what a careless visitor does.
var rough = []struct {
	name string
	do   func(*soak)
}{
	{"a rest", func(s *soak) { time.Sleep(time.Duration(s.random.IntN(8)) * time.Second) }},
	{"a restart", func(s *soak) { s.start("ganvas.status().preset || 'quick'") }},
	{"another preset", func(s *soak) { s.start(strconv.Quote(presets[s.random.IntN(len(presets))])) }},
	{"two starts at once", func(s *soak) {
		pagetest.Eval[bool](s.Visit, `Promise.all([ganvas.start("quick"), ganvas.start("ring-2d"), ganvas.start("quick")]).then(() => true)`)
	}},
	{"a reload", func(s *soak) {
		s.Goto("preset=" + presets[s.random.IntN(len(presets))] + "&threads=" + strconv.Itoa(1+s.random.IntN(2)))
	}},
	{"a reload on the way", func(s *soak) {
		s.Goto("preset=quick&threads=2&lang=en")
		s.Goto("preset=quick&threads=2&lang=zh")
	}},
	{"pauses", func(s *soak) {
		for range 5 {
			pagetest.Eval[bool](s.Visit, "ganvas.pause().then(() => ganvas.resume()).then(() => true)")
		}
	}},
	{"saves", func(s *soak) {
		for range 4 {
			pagetest.Eval[bool](s.Visit, "ganvas.save().then((b) => b.length > 0)")
		}
	}},
	{"a load of its own", func(s *soak) {
		pagetest.Eval[bool](s.Visit, "ganvas.save().then((b) => ganvas.load(b)).then(() => true)")
	}},
	{"rooms", func(s *soak) {
		for _, room := range []string{"inside", "latent", "play", "watch"} {
			pagetest.Eval[bool](s.Visit, `(document.getElementById("tab-`+room+`").click(), new Promise((done) => setTimeout(done, 300, true)))`)
		}
	}},
	{"sizes", func(s *soak) {
		for range 3 {
			size := emulation.SetDeviceMetricsOverrideParams{Width: int64(360 + s.random.IntN(1200)), Height: int64(500 + s.random.IntN(500)), DeviceScaleFactor: 1}
			if _, err := chromedp.Call(s.Ctx, emulation.SetDeviceMetricsOverride, size); err != nil {
				s.Fatal(err)
			}
			time.Sleep(200 * time.Millisecond)
		}
	}},
	{"a tab in front", func(s *soak) {
		other := s.Another("preset=ring-2d&threads=1")
		if _, err := chromedp.Call(other.Ctx, page.BringToFront, cdp.Empty{}); err != nil {
			s.Fatal(err)
		}
		other.Until("window.ganvas && ganvas.status().step > 3")
		time.Sleep(time.Duration(s.random.IntN(10)) * time.Second)
		if err := chromedp.Cancel(other.Ctx); err != nil {
			s.Fatal(err)
		}
	}},
	{"other programs", func(s *soak) {
		stop := time.Now().Add(time.Duration(1+s.random.IntN(6)) * time.Second)
		for range 4 {
			go func() {
				for time.Now().Before(stop) {
				}
			}()
		}
		time.Sleep(time.Until(stop))
	}},
}

// start begins a run of a preset, given as a JavaScript expression.
func (s *soak) start(preset string) {
	pagetest.Eval[bool](s.Visit, "ganvas.start("+preset+").then(() => true)")
}

package life

import (
	"archive/zip"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

const (
	manyPictures = 20_000
	manySide     = 64
	mostTab      = 1000 // MB that the tab may take with them, of what processes share its part
)

// colourOf is a pixel of the i-th of many pictures: each is a tilted edge between two colours.
func colourOf(i, x, y int) color.NRGBA {
	one := func(c int) uint8 { return uint8(i * (7 + 4*c) >> (c + i%3)) }
	if x*(i%11)+y*(i%7) > 200+i%200 {
		return color.NRGBA{one(0), one(1), one(2), 255}
	}
	return color.NRGBA{255 - one(1), one(2), one(0), 255}
}

// writeMany writes 20,000 pictures of 3×64×64 as one NumPy array.
func writeMany(f *os.File) error {
	head := fmt.Sprintf("%-117s\n", fmt.Sprintf("{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d, 3), }", manyPictures, manySide, manySide))
	if _, err := f.WriteString("\x93NUMPY\x01\x00\x76\x00" + head); err != nil {
		return err
	}
	b := make([]byte, 0, 3*manySide*manySide)
	for i := range manyPictures {
		b = b[:0]
		for at := range manySide * manySide {
			c := colourOf(i, at%manySide, at/manySide)
			b = append(b, c.R, c.G, c.B)
		}
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// 20,000 pictures of 3×64×64 load with a bar and train in two Workers, the tab takes less than 1 GB all the while, and where the visitor
// says so they are there after a reload, when it soon takes less than that again: at first the page before is not yet cleared away.
func TestLongTwentyThousand(t *testing.T) {
	longtest.Test(t)
	path := filepath.Join(t.TempDir(), "many.npy")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeMany(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	p := pagetest.Open(t, pagetest.Desktop, "preset=colour-64&autostart=0&threads=2&lang=en")
	p.Started()
	_, before := renderers(t)
	peak := watchTab(t)
	tell := func(what string) {
		_, now := renderers(t)
		t.Logf("%-17s %4.0f MB, WebAssembly %.0f", what, now.pss, pagetest.Eval[float64](p, "ganvas.diagnose().then((all) => all.reduce((sum, w) => sum + (w.wasmBytes ?? 0), 0))")/1e6)
	}
	watchBar(p)
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#own-files-input"), []string{path}))
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 3")
	tell("training on them")
	if sample := pagetest.Eval[string](p, "ganvas.sample.join()"); sample != "3,64,64" {
		t.Errorf("the samples are %s", sample)
	}
	if bars := pagetest.Eval[[]string](p, "[...bar]"); len(bars) < 5 {
		t.Errorf("the bar was seen at %q", bars)
	}
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at := p.Kept()
	const keep = `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Keep them in this browser")`
	p.Until(keep)
	pagetest.Eval[bool](p, keep+".click() === undefined")
	const kept = `new Promise((done) => { const a = indexedDB.open("ganvas-data", 1); a.onsuccess = () => { const all = a.result.transaction("sets").objectStore("sets").getAllKeys(); all.onsuccess = () => (a.result.close(), done(all.result.length === 1)); }; })`
	p.UntilTold(kept)
	tell("kept")
	if most := peak(); most.pss > mostTab {
		t.Errorf("the tab took %.0f MB, more than %d", most.pss, mostTab)
	} else {
		t.Logf("the tab took %.0f MB (%.0f proportional) before, and at most %.0f (%.0f) with the pictures", before.rss, before.pss, most.rss, most.pss)
	}
	p.Goto("preset=colour-64&autostart=0&threads=2&lang=en")
	p.Until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.ClickOn("#notices .notice button:nth-of-type(1)")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at+2))
	for end := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		_, now := renderers(t)
		if now.pss < mostTab {
			break
		}
		if time.Now().After(end) {
			t.Errorf("a minute after a reload the tab takes %.0f MB, more than %d", now.pss, mostTab)
			break
		}
	}
	tell("after a reload")
	p.NoErrors()
}

// archiveMany writes so many pictures of 3×64×64 into an archive, as PNG files.
func archiveMany(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "many.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z, m := zip.NewWriter(f), image.NewNRGBA(image.Rect(0, 0, manySide, manySide))
	for i := range n {
		for at := range manySide * manySide {
			m.SetNRGBA(at%manySide, at/manySide, colourOf(i, at%manySide, at/manySide))
		}
		w, err := z.Create(fmt.Sprintf("many/%05d.png", i))
		if err == nil {
			err = png.Encode(w, m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// askedOf chooses an archive of pictures, and waits until the page asks how they are to be shaped.
func askedOf(p *pagetest.Visit, path string) {
	p.T.Helper()
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#own-files-input"), []string{path}))
	p.Until(`document.getElementById("own-says")?.innerText && !document.getElementById("own-go").disabled`)
}

// 20,000 pictures of 3×64×64 as PNG files in an archive are unpacked and decoded with a bar, the visitor can still think better of it,
// and the tab takes less than 1 GB all the while.
func TestLongTwentyThousandFiles(t *testing.T) {
	longtest.Test(t)
	few, path := archiveMany(t, manyPictures/2), archiveMany(t, manyPictures)
	p := pagetest.Open(t, pagetest.Desktop, "preset=colour-64&autostart=0&threads=2&lang=en")
	p.Started()
	askedOf(p, few)
	p.Click("own-no")
	p.Until("!document.getElementById('own-dialog')")
	p.Rest()
	if pagetest.Eval[string](p, "ganvas.status().recipe.dataset") == "own" {
		t.Error("pictures were taken though the visitor thought better of it")
	}
	peak := watchTab(t)
	watchBar(p)
	askedOf(p, path)
	if says := p.Text("own-says"); !strings.Contains(says, "20,000 pictures") || !strings.Contains(says, "Trained in colour at 64×64") {
		t.Errorf("the dialog says %q", says)
	}
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 3")
	if says := p.Notice(); !strings.Contains(says, "20,000 pictures of 64×64") {
		t.Errorf("the notice says %q", says)
	}
	for _, what := range []string{"Files unpacked", "Pictures decoded"} {
		if n := pagetest.Eval[int](p, fmt.Sprintf("[...bar].filter((at) => at.startsWith(%q)).length", what)); n < 5 {
			t.Errorf("the bar %q was seen at %d places", what, n)
		}
	}
	if most := peak(); most.pss > mostTab {
		t.Errorf("the tab took %.0f MB, more than %d", most.pss, mostTab)
	} else {
		t.Logf("the tab took at most %.0f MB (%.0f proportional)", most.rss, most.pss)
	}
	p.NoErrors()
}

// TestManyPictures prints how long an archive of pictures takes, so many as GANVAS_MANY says: until the page asks how they are to be
// shaped, and from there until they are trained on, whether the visitor answers at once or after half a minute, in which the page goes on.
// GANVAS_MANY=2000 go test ./www/pagetest/life -run ManyPictures -v. It fails by no time.
func TestManyPictures(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("GANVAS_MANY"))
	if err != nil {
		t.Skip("GANVAS_MANY names no number of pictures: nobody asked for timings")
	}
	path := archiveMany(t, n)
	for _, thinks := range []time.Duration{0, 30 * time.Second} {
		p := pagetest.Open(t, pagetest.Desktop, "preset=colour-64&autostart=0&threads=2&lang=en")
		p.Started()
		peak, began := watchTab(t), time.Now()
		askedOf(p, path)
		asked := time.Since(began)
		time.Sleep(thinks)
		began = time.Now()
		p.Click("own-go")
		p.Until("ganvas.status().recipe.dataset === 'own'")
		most := peak()
		t.Logf("%d pictures: asked after %.1f s, answered after %.0f s, trained on %.1f s later; the tab took at most %.0f MB (%.0f proportional)",
			n, asked.Seconds(), thinks.Seconds(), time.Since(began).Seconds(), most.rss, most.pss)
		p.NoErrors()
	}
}

// watchBar keeps at which tenths each bar was seen, in the page's window.bar.
func watchBar(p *pagetest.Visit) {
	p.T.Helper()
	pagetest.Eval[bool](p, `(window.bar = new Set(), new MutationObserver(() => {
		const arriving = document.getElementById("arriving"), progress = document.getElementById("progress");
		if (!arriving.hidden) bar.add(progress.labels[0].textContent + " " + Math.floor(10 * progress.position));
	}).observe(document.getElementById("progress"), {attributes: true}), true)`)
}

// watchTab looks at what the tab takes from now on, until the function that it returns is called, which tells the most.
func watchTab(t *testing.T) func() mb {
	var most mb
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Millisecond):
				if _, tab := renderers(t); tab.pss > most.pss {
					most = tab
				}
			}
		}
	}()
	end := sync.OnceFunc(func() { close(stop); <-stopped })
	t.Cleanup(end)
	return func() mb { end(); return most }
}

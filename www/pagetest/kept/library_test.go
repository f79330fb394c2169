package kept

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// Runs are kept under a name, deleted and brought back, and opened; another tab offers and overwrites only what is free.
func TestLibrary(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Trained(20)
	at := p.Kept()
	p.Click("keep-run")
	p.Until("document.querySelectorAll('#runs li').length === 2")
	pagetest.Eval[bool](p, `((i) => { i.value = "first try"; return i.dispatchEvent(new Event("change")); })(document.querySelector("#runs input"))`)
	p.Until("[...document.querySelectorAll('#runs input')].some((i) => i.defaultValue === 'first try')")
	p.OnRun("first try", "Delete")
	p.Until("/Deleted: first try/.test(document.getElementById('runs').innerText)")
	p.OnRun("first try", "Undo")
	p.Until("document.querySelector('#runs input[value], #runs input') && [...document.querySelectorAll('#runs input')].some((i) => i.value === 'first try')")

	// Dragged onto the tab by its picture it is compared with, and so is a file.
	drag := func(what string) {
		t.Helper()
		pagetest.Eval[bool](p, `(async () => {
			const carried = new DataTransfer(), tab = document.getElementById("tab-compare");
			const event = (type, on) => on.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
			`+what+`
			event("dragover", tab);
			event("drop", tab);
			return true;
		})()`)
	}
	drag(`event("dragstart", [...document.querySelectorAll("#runs li")].find((li) => li.querySelector("input").value === "first try").querySelector("canvas"));`)
	p.Until("!document.getElementById('compare-pair').hidden && /first try/.test(document.getElementById('compare-b').textContent) && " + pagetest.StepB + " === " + strconv.Itoa(at))
	drag(`carried.items.add(new File([await ganvas.save()], "another.safetensors"));`)
	p.Until("/another.safetensors/.test(document.getElementById('compare-b').textContent) && " + pagetest.StepB + " === " + strconv.Itoa(at))
	if p.Step() != at {
		t.Error("what is dropped onto the tab takes the place of the page's run")
	}
	p.Click("compare-end")
	p.Click("tab-watch")

	p.Look("library")
	// A second tab does not offer the run of this one, which lives, and keeps its own beside it.
	q := p.Another(pagetest.Small + "&seed=4&autostart=0")
	q.Started()
	q.Until("document.querySelectorAll('#runs li').length === 2")
	if said := q.Notice(); said != "" {
		t.Errorf("a second tab says %q", said)
	}
	if list := q.Text("runs"); !strings.Contains(list, "goes on in another tab") {
		t.Errorf("the second tab does not say that a run goes on elsewhere: %q", list)
	}
	q.Trained(10)
	q.Until("document.querySelectorAll('#runs li').length === 3")
	other := q.Step()

	// After a reload, the first tab offers its own run, not that of the second.
	p.Goto(pagetest.Small + "&autostart=0")
	p.Until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.ClickOn("#notices .notice button:nth-of-type(1)")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at+5))
	p.OnRun("first try", "Open")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	if q.Step() != other {
		t.Error("the second tab's run is another one now")
	}
	p.NoErrors()
	q.NoErrors()
}

// A run that was kept before samples had colours, when a picture was a height and a width alone, is listed and opened like
// any other.
func TestRunsOfBeforeAreListed(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Trained(5)
	at := p.Kept()
	pagetest.Eval[bool](p, `new Promise((done) => {
		const opened = indexedDB.open("ganvas", 1);
		opened.onsuccess = () => {
			const runs = opened.result.transaction("runs", "readwrite").objectStore("runs"), all = runs.getAll();
			all.onsuccess = () => {
				const { thumb: { bytes, sample: [channels, height, width] }, ...run } = all.result[0];
				runs.clear();
				runs.put({ ...run, id: "before", name: "of before", auto: false, thumb: { bytes, height, width } }).onsuccess = () => (opened.result.close(), done(channels === 1));
			};
		};
	})`)
	p.Goto(pagetest.Small + "&autostart=0")
	p.Until("document.querySelector('#runs li canvas')?.width === 8 * 29 + 1")
	if shades := pagetest.Eval[int](p, `(() => {
		const c = document.querySelector("#runs li canvas");
		return new Set(c.getContext("2d").getImageData(0, 0, c.width, c.height).data).size;
	})()`); shades < 20 {
		t.Errorf("the run's pictures have %d shades", shades)
	}
	p.OnRun("of before", "Open")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	p.NoErrors()
}

// What the list gains while one works beside it takes neither the focus nor the button below from under the pointer.
func TestAGrowingListStaysInPlace(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small)
	p.Until("window.ganvas && ganvas.status().step > 3")
	p.Click("keep-run")
	p.Until("document.querySelectorAll('#runs li').length === 1")
	pagetest.Eval[bool](p, "document.querySelector('#runs button').focus() === undefined && (window.focused = document.activeElement).matches('#runs button')")
	p.Do(chromedp.ScrollIntoView(chromedp.CSS("#csv")))
	place := func() float64 {
		return pagetest.Eval[float64](p, "document.getElementById('csv').getBoundingClientRect().top")
	}
	before := place()
	pagetest.Eval[bool](p, "document.getElementById('play').click() === undefined")
	p.Until("ganvas.status().state === 'paused' && document.querySelectorAll('#runs li').length === 2")
	if after := place(); math.Abs(after-before) > 2 {
		t.Errorf("with one more run in the list the button below stands at %.0f, before at %.0f", after, before)
	}
	if !pagetest.Eval[bool](p, "document.activeElement === focused && focused.isConnected") {
		t.Error("with one more run in the list the focus is gone")
	}
	p.NoErrors()
}

// Whoever opens a run loses nothing of the one that was going on.
func TestLongOpeningARunKeepsTheOther(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Trained(20)
	p.Click("keep-run")
	p.Until("document.querySelectorAll('#runs li').length === 2") // and the one that was kept by itself as it paused
	opened := p.Runs()[0]
	p.Trained(30)
	p.Until("[...document.querySelectorAll('#runs input')].filter((i) => i.value === " + strconv.Quote(opened) + ").length === 1")
	reached := p.Step()
	p.OnRun(opened, "Open")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step < " + strconv.Itoa(reached))
	if !pagetest.Soon(func() bool {
		return pagetest.Eval[bool](p, pagetest.KeptSteps+".then((steps) => steps.some((s) => s >= "+strconv.Itoa(reached)+"))")
	}) {
		t.Errorf("of the run that had reached step %d nothing is kept", reached)
	}
	p.NoErrors()
}

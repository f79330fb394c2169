package owndata

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/image/tiff"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// drawn is an expression for a picture of that size as a PNG file: paint(pen) draws it on nothing.
const drawn = `(async (name, w, h, paint) => {
	const canvas = new OffscreenCanvas(w, h), pen = canvas.getContext("2d");
	paint(pen);
	return new File([await canvas.convertToBlob()], name);
})`

// Every file that is of no use is named with its reason, whatever it is, and the rest go on.
func everyUselessFileIsNamed(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.DropFiles(pictures + `(12, []).then(async (all) => [...all,
		new File(["%PDF-1.7 and so on"], "paper.pdf"), new File(["<svg xmlns=''/>"], "drawing.svg"), new File(["\0\0\0\x18ftypheic----"], "phone.heic"),
		new File([], "nothing.png"), new File(["%PDF-1.7"], "renamed.png"), new File(["words"], "words.jpg"), new File(["words"], "notes.txt"), new File(["x"], ".DS_Store"),
		new File([(await all[0].arrayBuffer()).slice(0, 60)], "half.png"), new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 255, 255, 0, 0, 255, 255, 8, 0, 0, 0, 0])], "bomb.png")])`)
	p.Until(`document.getElementById("own-says")?.innerText.includes("12 pictures")`)
	p.Until(`document.getElementById("own-skipped").innerText.includes("half.png")`)
	list := pagetest.Eval[string](p, `document.getElementById("own-skipped").innerText`)
	for _, want := range []string{"1 PDF, which is not read here (paper.pdf)", "SVG", "drawing.svg", "HEIC", "phone.heic", "1 empty (nothing.png)", "1 with PDF inside, whatever the name (renamed.png)", "no picture inside (words.jpg)", "notes.txt", "1 hidden (.DS_Store)", "1 that cannot be decoded (half.png)", "1 of more than 50 million pixels (bomb.png)"} {
		if !strings.Contains(list, want) {
			t.Errorf("%q is not in\n%s", want, list)
		}
	}
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own'")
	p.Until(`/Left out: .*paper.pdf/.test(document.getElementById("notices").innerText)`)
	p.DropFiles(`[new File(["%PDF-1.7"], "paper.pdf"), new File([], "nothing.png")]`)
	p.Until(`/neither weights nor data.*PDF.*paper.pdf.*empty/s.test(document.getElementById("notices").innerText)`)
}

// inTIFF is a picture of one colour as a TIFF file.
func inTIFF(t *testing.T, c color.NRGBA) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 12, 12))
	draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := tiff.Encode(&b, m, &tiff.Options{Compression: tiff.Deflate}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// film is an animated GIF of three frames.
func film(t *testing.T) []byte {
	t.Helper()
	palette := color.Palette{color.Transparent, color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}}
	g := &gif.GIF{Config: image.Config{Width: 12, Height: 12, ColorModel: palette}}
	for k := range 3 {
		m := image.NewPaletted(image.Rect(0, 4*k, 12, 4*k+4), palette)
		for i := range m.Pix {
			m.Pix[i] = uint8(1 + k%2)
		}
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TIFF files are pictures, and so is each frame of an animated GIF if asked. Of pictures that cannot be decoded one in ten is left out,
// and more where the visitor says so.
func TestLongPicturesThatBrowsersDoNotTakeApart(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0&lang=en")
	p.Started()
	made := func(name string, b []byte) string {
		return fmt.Sprintf("new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q)", base64.StdEncoding.EncodeToString(b), name)
	}
	files := []string{made("a.tif", inTIFF(t, color.NRGBA{250, 20, 60, 255})), made("b.tiff", inTIFF(t, color.NRGBA{20, 250, 60, 128})), made("c.gif", film(t))}
	all := "[" + strings.Join(files, ", ") + "]"
	p.DropFiles(all)
	const says = `document.getElementById("own-says")?.innerText`
	p.Until(says + `?.includes("3 pictures")`)
	pixel := func(x, y int) string {
		return fmt.Sprintf(`[...document.getElementById("own-preview").getContext("2d").getImageData(%d, %d, 1, 1).data].join()`, x, y)
	}
	p.Until(pixel(6, 6) + ` === "250,20,60,255"`)
	p.Click("ownFrames")
	p.Until(says + `.includes("5 pictures")`)
	if left := p.Text("own-skipped"); left != "" {
		t.Errorf("left out: %s", left)
	}
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2 && ganvas.sample[0] === 3")
	p.Until(`document.getElementById("notices").innerText.includes("5 pictures")`)
	p.DropFiles(pictures + `(12, []).then((good) => [...good, ...["x.png", "y.png", "z.png"].map((name) => new File([good[0].slice(0, 60)], name))])`)
	p.Until(says + `?.includes("3 of 15 pictures cannot be decoded, more than the 1") && document.getElementById("own-go").disabled`)
	p.Click("ownBroken")
	p.Until(says + `.includes("12 pictures") && !document.getElementById("own-go").disabled`)
	p.Click("own-go")
	p.Until(`/12 pictures/.test(document.getElementById("notices").innerText) && /Left out: 3 that cannot be decoded/.test(document.getElementById("notices").innerText)`)
	p.NoErrors()
}

// Black ink on nothing is seen, by itself or on the ground that is chosen; a photo lies upright as its EXIF says.
func transparentAndTurned(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.DropFiles(`Promise.all(["a.png", "b.png"].map((name, i) => (` + drawn + `)(name, 40, 40, (pen) => pen.fillRect(12 + i, 12, 16, 16))))`)
	corner := `(() => { const c = document.getElementById("own-preview"); return c && [...c.getContext("2d").getImageData(2, 2, 1, 1).data].join() + " " + c.getContext("2d").getImageData(14, 14, 1, 1).data[0]; })()`
	p.Until(corner + ` === "255,255,255,255 0"`)
	p.Until(`document.getElementById("own-says").innerText.includes("lie on white")`)
	pagetest.Eval[bool](p, `(() => { const s = document.getElementById("ownGround"); s.value = "black"; return s.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	p.Until(corner + ` === "0,0,0,255 0"`)
	p.Click("own-no")
	p.Until("!document.getElementById('own-no')")
	// A JPEG of 48 × 24 that is bright on its left and says that it lies on its side (orientation 6): upright its top is bright
	p.DropFiles(`(async () => {
		const canvas = new OffscreenCanvas(48, 24), pen = canvas.getContext("2d");
		pen.fillRect(0, 0, 48, 24);
		pen.fillStyle = "white";
		pen.fillRect(0, 0, 24, 24);
		const jpeg = new Uint8Array(await (await canvas.convertToBlob({type: "image/jpeg"})).arrayBuffer());
		const exif = [255, 0xe1, 0, 34, 69, 120, 105, 102, 0, 0, 77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
		return ["a.jpg", "b.jpg"].map((name) => new File([jpeg.slice(0, 2), new Uint8Array(exif), jpeg.slice(2)], name));
	})()`)
	p.Until(`(() => { const c = document.getElementById("own-preview"); if (!c) return false; const at = (x, y) => c.getContext("2d").getImageData(x, y, 1, 1).data[0]; return at(4, 4) > 200 && at(20, 4) > 200 && at(4, 40) < 60 && at(20, 40) < 60; })()`) // at its own size, which is now 24 × 48
	p.Click("own-no")
	p.Until("!document.getElementById('own-no')")
}

// numpy is an expression for a NumPy file of 64 pictures of 28 × 28, others for another factor.
const numpy = `((factor) => {
	const head = "{'descr': '|u1', 'fortran_order': False, 'shape': (64, 28, 28), }".padEnd(117) + "\n";
	const bytes = Uint8Array.from({length: 64 * 784}, (_, i) => (i * factor) % 251);
	return [new File([new Uint8Array([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]), head, bytes], "made.npy")];
})`

// A run that learned from other data than are here draws, and goes on with those that are here where the visitor says so.
func TestLongGoOnWithOtherData(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0&lang=en")
	p.Started()
	p.DropFiles(numpy + "(37)")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at, file := p.Step(), p.Saved("save")
	p.Goto(pagetest.Small + "&autostart=0&lang=en")
	p.Started()
	p.DropFiles(numpy + "(41)")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 0")
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	const others = `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Go on with the data here")`
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === " + strconv.Itoa(at) + " && " + others)
	if why := pagetest.Eval[string](p, "ganvas.resume().then(() => '', (e) => e.message)"); !strings.Contains(why, "not those that the run learned from") {
		t.Errorf("asked to train on other data the run says %q", why)
	}
	pagetest.Eval[bool](p, others+".click() === undefined")
	p.UntilTold("ganvas.resume().then(() => true, () => false)")
	p.Until("ganvas.status().step > " + strconv.Itoa(at+2))
	p.NoErrors()
}

// A NumPy file is trained on, and the page speaks of pictures then and not of digits, in both languages; of points with points.
func TestThePageSpeaksOfItsData(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&autostart=0&hide=lesson")
	p.Started()
	p.DropFiles(numpy + "(37)")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	spoken := `document.body.innerText + [...document.querySelectorAll("[aria-label], [title]")].filter((e) => e.checkVisibility()).map((e) => e.ariaLabel + e.title).join(" ")`
	for code, word := range map[string][2]string{"en": {"igit", "pictures"}, "zh": {"数字", "图片"}} {
		p.Click("lang-" + code)
		for _, room := range []string{"inside", "play", "watch"} {
			p.Click("tab-" + room)
			var says string
			if !pagetest.Soon(func() bool {
				says = strings.ReplaceAll(pagetest.Eval[string](p, spoken), "MNIST’s digits", "")
				says = strings.ReplaceAll(says, "MNIST 数字", "")
				return !strings.Contains(says, word[0]) && strings.Contains(says, word[1])
			}) {
				t.Errorf("in the room %s the page says of pictures of one's own in %s:\n%s", room, code, says)
			}
		}
	}
	p.Click("lang-en")
	pagetest.Eval[bool](p, `ganvas.start({}, {preset: "ring-2d", paused: true}).then(() => true)`)
	p.Until(`document.querySelector("[data-t=reals]").textContent === "Real points"`)
	pagetest.Eval[bool](p, `ganvas.start({generator: "16", discriminator: "16"}, {preset: "classic", paused: true}).then(() => true)`)
	p.Until(`document.querySelector("[data-t=reals]").textContent === "Real digits"`)
	p.NoErrors()
}

// A run on points can be chosen in the drawer.
func pointsCanBeChosen(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	pagetest.Eval[bool](p, `document.querySelector("#preset-list input[value='ring-2d']").click() === undefined`)
	p.Until(`document.querySelectorAll("#shapes .net li").length > 2 && document.getElementById("refused").hidden`)
	p.Click("apply")
	p.Until("ganvas.status().recipe.dataset === 'ring' && ganvas.status().step > 2")
}

// One's own data survive a reload with their run, and go when the run is forgotten.
func TestOwnDataSurviveAReload(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0", pagetest.Trouble{Script: `if (navigator.storage) navigator.storage.persist = async () => (window.persists = true);`})
	p.Started()
	p.DropFiles(pictures + "(60, ['cats', 'dogs'])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("2 classes")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 5")
	const named = `[...document.getElementById("g-digit").options].map((o) => o.textContent).slice(1).join() === "cats,dogs"`
	p.Until(named)
	p.Until("window.persists") // the browser is asked not to throw them away
	at := p.Kept()
	sets := `new Promise((done) => { const a = indexedDB.open("ganvas-data", 1); a.onupgradeneeded = () => a.result.createObjectStore("sets", {keyPath: "digest"}); a.onsuccess = () => { const all = a.result.transaction("sets").objectStore("sets").getAllKeys(); all.onsuccess = () => (a.result.close(), done(all.result.length)); }; })`
	p.UntilTold(sets + ".then((n) => n === 1)")
	p.Goto(pagetest.Small + "&autostart=0")
	p.Until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.ClickOn("#notices .notice button:nth-of-type(1)")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	p.Until(named)
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at+3))
	p.Kept()
	file := pagetest.Eval[string](p, "ganvas.save().then((b) => btoa(b.reduce((text, byte) => text + String.fromCharCode(byte), '')))")
	p.Goto(pagetest.Small + "&autostart=0")
	p.Until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.ClickOn("#notices .notice button:nth-of-type(2)")
	p.UntilTold(sets + ".then((n) => n === 0)")
	p.Part("without room", withoutRoom)
	pagetest.Eval[bool](p, "ganvas.load(Uint8Array.from(atob('"+file+"'), (c) => c.charCodeAt(0)), {paused: true}).then(() => true)")
	p.Until(named) // by the checkpoint alone: the data are gone
	p.NoErrors()
}

// Where the browser has no room for the data, that is said once, and the run is kept all the same.
func withoutRoom(t *testing.T, p *pagetest.Visit) {
	p.Started()
	pagetest.Eval[bool](p, `(() => {
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (value) { if (value.blob) throw new DOMException("full", "QuotaExceededError"); return put.call(this, value); };
		return true;
	})()`)
	p.DropFiles(pictures + "(60, [])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("60 pictures")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2")
	p.Kept()
	p.Until(`document.getElementById("notices").innerText.match(/no room to keep these data/g)?.length === 1`)
}

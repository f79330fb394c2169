package owndata

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// balls is an expression for n PNG files in colour, with nothing behind their balls where they are clear.
const balls = `(async (n, clear = false, w = 24, h = 24) => Promise.all(Array.from({length: n}, async (_, i) => {
	const canvas = new OffscreenCanvas(w, h), pen = canvas.getContext("2d");
	if (!clear) {
		pen.fillStyle = "rgb(0, 160, 0)";
		pen.fillRect(0, 0, w, h);
	}
	pen.fillStyle = "rgb(220, 0, 60)";
	pen.arc(w / 2, h / 2, 5 + i % 5, 0, 7);
	pen.fill();
	return new File([await canvas.convertToBlob()], "p" + i + ".png");
})))`

// What becomes of one's own data, in one page.
func TestOwnData(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0&lang=en")
	p.Started()
	p.Part("IDX files", dropIDX)
	p.Part("every format", everyFormat)
	p.Part("too many and too few", tooManyAndTooFew)
	p.Part("pictures in colour", picturesInColour)
	p.Part("every useless file is named", everyUselessFileIsNamed)
	p.Part("transparent and turned", transparentAndTurned)
	p.Part("camera", camera)
	p.Part("points can be chosen", pointsCanBeChosen)
	p.Part("classes by name", classesByName)
	p.Part("flowers", flowers)
	p.NoErrors()
}

// Every format of picture that is read natively is read here, as the same picture to some shades.
func everyFormat(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	files, err := filepath.Glob(filepath.Join(pagetest.Root, "native", "pictures", "testdata", "halves*"))
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	slices.Sort(files)
	for i, path := range files {
		if files[i], err = filepath.Abs(path); err != nil {
			t.Fatal(err)
		}
	}
	pagetest.Eval[bool](p, `(() => { const give = ganvas.giveData; ganvas.giveData = function (set, blob) { window.given = {set, blob}; delete ganvas.giveData; return give.call(this, set, blob); }; return true; })()`)
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#own-files-input"), files))
	p.Until(fmt.Sprintf(`document.getElementById("own-says")?.innerText.includes("%d pictures") && document.getElementById("own-says").innerText.includes("Trained in colour at 8×8")`, len(files)))
	if left := p.Text("own-skipped"); left != "" {
		t.Errorf("left out: %s", left)
	}
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.size.height === 8")
	all := pagetest.Eval[[]int](p, "given.blob.arrayBuffer().then((b) => [...new Uint8Array(b)])")
	if len(all) != len(files)*192 {
		t.Fatalf("%d bytes of %d pictures", len(all), len(files))
	}
	for i, path := range files {
		for at, want := range map[int]int{0: 200, 63: 40, 64: 40, 127: 80, 128: 40, 191: 200} { // corners of red, green, blue
			if d := all[192*i+at] - want; d < -16 || d > 16 { // JPEG's and CMYK's
				t.Errorf("%s: value %d is %d, want %d", filepath.Base(path), at, all[192*i+at], want)
			}
		}
	}
}

// Very few pictures are trained on with a word, and too many, such that are all equal and such that show nothing are refused in a sentence;
// the run goes on.
func tooManyAndTooFew(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	same := `(async (w, h, paint, n) => { const one = await (` + drawn + `)("a.png", w, h, paint); return Array.from({length: n}, (_, i) => new File([one], "p" + i + ".png")); })`
	for _, refused := range []struct{ files, says string }{
		{same + "(12, 12, (pen) => pen.fillRect(3, 3, 4, 4), 6)", "All 6 pictures"},
		{same + "(12, 12, () => {}, 6)", "All 6 pictures"},
	} {
		p.Begins("classic", pagetest.PlainFields) // which closes what was said before
		p.DropFiles(refused.files)
		p.Until(`document.getElementById("own-go") && !document.getElementById("own-go").disabled`)
		p.Click("own-go")
		p.Until(`document.getElementById("notices").innerText.includes("` + refused.says + `")`)
		if set := pagetest.Eval[string](p, "ganvas.status().recipe.dataset"); set != "mnist" {
			t.Errorf("%s: the run is on %s now", refused.says, set)
		}
	}
	p.DropFiles(`(async () => { const one = await (` + drawn + `)("a.png", 2, 2, (pen) => pen.fillRect(0, 0, 1, 1)); return Array.from({length: 20_001}, () => one); })()`)
	p.Until(`/20,001 pictures are more than the 20,000/.test(document.getElementById("notices").innerText)`)
	p.DropFiles(pictures + "(3, [])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("3 pictures") && !document.getElementById("own-go").disabled`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().recipe.batch === 3 && ganvas.status().step > 1")
	p.Until(`/[Oo]nly 3|3 pictures/.test(document.getElementById("notices").innerText)`)
}

// Pictures in colour are trained on in colour at the size that they have, and may be made gray, or keep what is clear.
func picturesInColour(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	corner := `(() => { const c = document.getElementById("own-preview"); return c && [...c.getContext("2d").getImageData(2, 2, 1, 1).data.slice(0, 3)].join(); })()`
	choose := func(field, value string) {
		pagetest.Eval[bool](p, `(() => { const e = document.getElementById("`+field+`"); e.value = "`+value+`"; return e.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	}
	for files, says := range map[string]string{
		balls + "(18).then(async (all) => [...all, ...await " + pictures + "(6, [])])": "24 pictures, without labels. 18 of 24 looked at are in colour, their sides 24 to 40. Trained in colour at 24×24.",
		balls + "(1).then(async (all) => [...all, ...await " + pictures + "(20, [])])": "21 pictures, without labels. 1 of 21 looked at are in colour, their sides 24 to 40. Trained in gray at 28×28.",
	} {
		p.DropFiles(files)
		p.Until(`document.getElementById("own-says")?.innerText.includes("` + says + `")`)
		p.Click("own-no")
		p.Until("!document.getElementById('own-dialog')")
	}
	p.DropFiles(balls + "(24)")
	p.Until(`document.getElementById("own-says")?.innerText.includes("Trained in colour at 24×24")`)
	p.Until(corner + ` === "0,160,0"`)
	choose("ownChannels", "gray")
	p.Until(`document.getElementById("own-says").innerText.includes("Trained in gray at 24×24") && ` + corner + ` === "94,94,94"`)
	choose("ownChannels", "auto")
	choose("ownSide", "other")
	choose("ownWidth", "16")
	choose("ownHeight", "12")
	p.Until(`document.getElementById("own-says").innerText.includes("Trained in colour at 16×12")`)
	choose("ownWidth", "7")
	p.Until(`document.getElementById("own-says").innerText.includes("from 8 to 128") && document.getElementById("own-go").disabled`)
	choose("ownWidth", "16")
	p.Until(`!document.getElementById("own-go").disabled`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 1")
	if says := p.Notice(); !strings.Contains(says, "24 pictures of 16×12") {
		t.Errorf("the notice says %q", says)
	}
	if n := pagetest.Eval[int](p, "ganvas.generate({count: 2}).then((b) => b.length)"); n != 2*3*16*12 {
		t.Errorf("two pictures have %d bytes", n)
	}
	if got := pagetest.Eval[string](p, "[ganvas.status().recipe.loss, ...ganvas.status().recipe.generator].join()"); got != "r3gan,24" {
		t.Errorf("digits give way to %s", got)
	}
	pagetest.Eval[bool](p, "ganvas.pause().then(() => true)")
	p.Until(`[...document.querySelectorAll("#words .judged")].every((e) => /\d/.test(e.innerText) && e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= e.parentElement.getBoundingClientRect().right + 1)`)
	p.DropFiles(balls + "(24, true)")
	p.Until(`document.getElementById("own-says")?.innerText.includes("lie on ")`)
	choose("ownChannels", "alpha")
	p.Until(`document.getElementById("own-says").innerText.includes("with transparency at 24×24") && document.getElementById("ownGround").closest("label").hidden`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 1 && ganvas.size.height === 24")
	if got := pagetest.Eval[string](p, "ganvas.status().recipe.generator.join()"); got != "48,24" {
		t.Errorf("networks for 24×24 have the widths %s", got)
	}
	if n := pagetest.Eval[int](p, "ganvas.generate({count: 2}).then((b) => b.length)"); n != 2*4*24*24 {
		t.Errorf("two pictures with transparency have %d bytes", n)
	}
}

// The flowers that come with the page are one choice away, in colour, and are asked for by their names.
func flowers(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields+", dataset: 'flowers', conditional: true")
	p.Trained(2)
	if n := pagetest.Eval[int](p, "ganvas.generate({count: 1}).then((b) => b.length)"); n != 3*32*32 {
		t.Errorf("a flower has %d bytes", n)
	}
	if names := pagetest.Eval[string](p, `[...document.getElementById("g-digit").options].map((o) => o.text).join()`); names != "any,daisy,tulip,poppy,sunflower,bluebell" {
		t.Errorf("one can ask for %s", names)
	}
	m := pagetest.Eval[map[string]float64](p, "ganvas.measure()")
	if m["realCoverage"] < 0.7 || m["coverage"] > 0.5 {
		t.Errorf("it measures %v", m)
	}
	p.Until(`document.getElementById("doctor").innerText.includes("have one like them") && document.getElementById("q-covered").innerText.includes("%")`)
}

// Archives are opened up, tables are read, and what is no archive is refused in a sentence while the run goes on.
func TestLongArchivesAndTables(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Started()
	zipped := `(async () => {
		const files = await ` + balls + `(12), parts = [], list = [];
		let at = 0;
		for (const file of files) {
			const name = new TextEncoder().encode("balls/" + file.name), bytes = new Uint8Array(await file.arrayBuffer());
			const local = new DataView(new ArrayBuffer(30)), entry = new DataView(new ArrayBuffer(46));
			local.setUint32(0, 0x04034b50, true), local.setUint16(26, name.length, true);
			entry.setUint32(0, 0x02014b50, true), entry.setUint32(20, bytes.length, true), entry.setUint16(28, name.length, true), entry.setUint32(42, at, true);
			parts.push(local, name, bytes), list.push(entry, name);
			at += 30 + name.length + bytes.length;
		}
		const end = new DataView(new ArrayBuffer(22));
		end.setUint32(0, 0x06054b50, true), end.setUint16(10, files.length, true), end.setUint32(12, (await new Blob(list).arrayBuffer()).byteLength, true), end.setUint32(16, at, true);
		return [new File([...parts, ...list, end], "balls.zip")];
	})()`
	p.DropFiles(zipped)
	p.Until(`document.getElementById("own-says")?.innerText.includes("12 pictures")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 1")
	p.DropFiles(`[new File(["label,a,b,c,d\n" + "1,2,3,4,5\n0,250,251,252,253\n".repeat(10)], "train.csv")]`)
	p.Until("ganvas.size.width === 2 && ganvas.status().step > 1")
	if says := p.Notice(); !strings.Contains(says, "20 pictures of 2×2 in 2 classes") {
		t.Errorf("the notice says %q", says)
	}
	var shards []string
	for _, name := range []string{"train-00000-of-00001.parquet", "test-00000-of-00001.parquet"} {
		path, err := filepath.Abs(filepath.Join(pagetest.Root, "native", "pictures", "testdata", "hub", name))
		if err != nil {
			t.Fatal(err)
		}
		shards = append(shards, path)
	}
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#own-files-input"), shards))
	p.Until(`document.getElementById("own-says")?.innerText.includes("7 pictures in 3 classes") && document.getElementById("own-skipped").innerText.includes("4 kept for testing (test)")`)
	p.Click("own-go")
	p.Until("ganvas.size.width === 12 && ganvas.sample[0] === 3 && ganvas.status().step > 1")
	if says := p.Notice(); !strings.Contains(says, "train-00000-of-00001: 7 pictures of 12×12 in 3 classes") {
		t.Errorf("the notice says %q", says)
	}
	p.DropFiles(`[new File(["PAR1 and nothing more"], "half.parquet")]`)
	p.Until(`document.getElementById("notices").innerText.includes("half.parquet is damaged")`)
	p.DropFiles(`[new File(["PK\x03\x04 and nothing more"], "half.zip")]`)
	p.Until(`document.getElementById("notices").innerText.includes("half.zip is damaged")`)
	if pagetest.Eval[string](p, "ganvas.status().recipe.dataset") != "own" {
		t.Error("the run was touched")
	}
	p.NoErrors()
}

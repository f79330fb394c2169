package owndata

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// idxPair is an expression for a pair of IDX files of n images of 12×12, the images packed.
const idxPair = `(async (n, labels) => {
	const head = (...sizes) => new Uint8Array([0, 0, 8, sizes.length, ...sizes.flatMap((s) => [0, 0, s >> 8, s & 255])]);
	const images = new Blob([head(n, 12, 12), Uint8Array.from({length: n * 144}, (_, i) => (i * 37) % 251)]);
	const packed = await new Response(images.stream().pipeThrough(new CompressionStream("gzip"))).blob();
	return [new File([packed], "things.gz"), new File([head(labels), Uint8Array.from({length: labels}, (_, i) => i % 10)], "names")];
})`

// An IDX pair that is dropped is trained on; one that does not fit together is refused in a sentence, and the run goes on.
func dropIDX(t *testing.T, p *pagetest.Visit) {
	p.Click("play")
	p.Until("ganvas.status().step > 3")
	for says, files := range map[string]string{
		"200 images and 199 labels":   idxPair + "(200, 199)",
		"2 of images and 0 of labels": idxPair + "(20, 20).then(async ([a]) => [a, new File([a], 'more.gz')])",
		"neither weights nor data":    "[new File(['a poem'], 'poem.txt')]",
		"IDX file’s name":             "[new File([new Uint8Array([7, 7, 7, 7, 7])], 'train-images-idx3-ubyte')]",
		"cut short":                   idxPair + "(20, 20).then(([a]) => [new File([a.slice(0, a.size - 9)], 'half.gz')])",
	} {
		p.DropFiles(files)
		p.Until(`document.getElementById("notices").innerText.includes("` + says + `")`)
		at := p.Step()
		p.Until("ganvas.status().state === 'running' && ganvas.status().recipe.dataset === 'mnist' && ganvas.status().step > " + strconv.Itoa(at+2))
	}
	// One that is too large is not even read.
	pagetest.Eval[bool](p, idxPair+`(20, 20).then(async ([images]) => {
		Object.defineProperties(images, {size: {value: 300e6}, arrayBuffer: {value: () => (window.read = true, Promise.reject(new Error("it was read")))}});
		const { takeData } = await import("./js/data/data.js");
		await takeData(ganvas, [images]);
		return true;
	})`)
	if says := p.Notice(); !strings.Contains(says, "would take 300 MB") || pagetest.Eval[bool](p, "window.read === true") {
		t.Errorf("of 300 MB of images the page says %q", says)
	}
	p.DropFiles(idxPair + "(200, 200)")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 5")
	if pagetest.Eval[int](p, "ganvas.size.width") != 12 {
		t.Error("the run does not draw pictures of 12×12")
	}
}

// pictures is an expression for n PNG files, bright circles on black, in folders of those names in turn.
const pictures = `(async (n, folders, w = 40, h = 30) => Promise.all(Array.from({length: n}, async (_, i) => {
	const canvas = new OffscreenCanvas(w, h), pen = canvas.getContext("2d");
	pen.fillRect(0, 0, w, h);
	pen.fillStyle = "white";
	pen.arc(w / 2, h / 2, 3 + i % 9, 0, 7);
	pen.fill();
	const file = new File([await canvas.convertToBlob()], "p" + i + ".png");
	if (folders.length) Object.defineProperty(file, "path", {value: "all/" + folders[i % folders.length] + "/p" + i + ".png"});
	return file;
})))`

// Pictures that are chosen as files come with a dialog, which shows what will become of them; then they are trained on.
func TestPicturesAsData(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small)
	p.Until("window.ganvas && ganvas.status().step > 3")
	p.DropFiles(pictures + "(30, [])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("30 pictures")`)
	pagetest.Eval[bool](p, `(window.preview = () => { const c = document.getElementById("own-preview"); return c.getContext("2d").getImageData(0, 0, c.width, c.height).data.join(); }, window.before = preview(), true)`)
	p.Click("ownInvert")
	p.Until("preview() !== before") // inverting shows
	p.Click("own-no")
	p.Rest()
	if pagetest.Eval[string](p, "ganvas.status().recipe.dataset") != "mnist" {
		t.Error("a dialog that was cancelled began a run")
	}
	p.DropFiles(pictures + "(30, [])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("30 pictures")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 5")
	// classic's 50 epochs of 60,000 digits are as many images as 100,000 epochs of 30
	if r := pagetest.Eval[string](p, "[ganvas.status().recipe.augment, ganvas.status().recipe.batch, ganvas.size.width, ganvas.status().recipe.epochs].join()"); r != "all,30,28,100000" {
		t.Errorf("the run has augmentation, batch, size and epochs %s", r)
	}
	file := p.Saved("save")
	p.Goto(pagetest.Small + "&autostart=0")
	p.Started()
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.Until("document.getElementById('notices').innerText.includes('30 pictures')")
	p.Click("play")
	p.Until("/which are not here/.test(document.getElementById('notices').innerText.slice(40))")
	p.NoErrors()
}

// Folders are classes, a lone picture is a sheet, and a broken picture is named.
func TestLongFoldersAndSheets(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small)
	p.Until("window.ganvas && ganvas.status().step > 3")
	take := `import("./js/data/data.js").then(async ({takeData}) => { takeData(ganvas, await (FILES)); return true; })`
	with := func(files string) { pagetest.Eval[bool](p, strings.Replace(take, "FILES", files, 1)) }
	with(pictures + "(40, ['cats', 'dogs'])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("2 classes")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2")
	with(pictures + "(1, [], 120, 90)")
	// one picture is too few, and is no sheet until somebody says so
	p.Until(`document.getElementById("own-says")?.innerText.includes("one is too few") && document.getElementById("own-go").disabled`)
	pagetest.Eval[bool](p, `(() => { const w = document.getElementById("ownTileWidth"); w.value = 28; return w.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	// the circle is on the seventh tile, and the five behind it are black
	p.Until(`document.getElementById("own-says")?.innerText.includes("7 pictures") && !document.getElementById("own-go").disabled`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.batch === 7 && ganvas.status().step > 2")
	p.NoErrors()
}

// Classes are called by their folders' names, and a second run learns from the memory in which the page's own run has the data.
func classesByName(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.DropFiles(pictures + "(24, ['cats', '小狗'])")
	p.Until(`document.getElementById("own-says")?.innerText.includes("2 classes")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own'")
	pagetest.Eval[bool](p, `ganvas.start({dataset: "own", conditional: "true", generator: "16", discriminator: "16", batch: "8", epochs: "100000"}, {preset: "classic"}).then(() => true)`)
	p.Until(`/^Noise \+ (cats|小狗)$/.test(document.querySelector("[data-at=noise]").textContent)`)
	p.Click("tab-play")
	p.Until(`[...document.getElementById("pad-digit").options].map((o) => o.text).slice(1).join() === "cats,小狗"`)
	p.Click("tab-latent")
	p.Until(`document.getElementById("latent-write").value !== ""`)
	pagetest.Eval[bool](p, `((e) => { e.value = "110"; return e.dispatchEvent(new Event("input")); })(document.getElementById("latent-write"))`)
	p.Until(`document.getElementById("latent-classes").textContent === "1: 小狗, 0: cats"`)
	p.Click("tab-compare")
	pagetest.Eval[bool](p, `(() => {
		const post = Worker.prototype.postMessage;
		window.posted = [];
		Worker.prototype.postMessage = function (message, ...more) {
			posted.push({opens: message.type === "open", shares: message.own === ganvas.shared?.memory && message.own instanceof SharedArrayBuffer, blob: Boolean(message.blob)});
			return post.call(this, message, ...more);
		};
		return true;
	})()`)
	p.Click("compare-go")
	p.Until(pagetest.StepB + " > 0")
	if opened := pagetest.Eval[string](p, `(({length}, alike, blobs) => [length > 0, alike, blobs].join())(posted.filter((m) => m.opens), posted.filter((m) => m.opens).every((m) => m.shares), posted.some((m) => m.blob))`); opened != "true,true,false" {
		t.Errorf("Workers were opened, all on the memory of the page's own run, and data were sent again: %s", opened)
	}
	p.Click("compare-end")
	p.Click("tab-watch")
}

// Frames of the camera become a data set like any pictures, and the camera is let go afterwards.
func camera(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	pagetest.Eval[bool](p, `(() => {
		const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
		navigator.mediaDevices.getUserMedia = async (what) => (window.given = await get(what));
		return true;
	})()`)
	p.Click("own-camera")
	p.Until(`document.getElementById("camera-sees")?.videoWidth > 0 && document.getElementById("camera-use").disabled`)
	p.Click("camera-take")
	p.Until(`parseInt(document.getElementById("camera-says").innerText) >= 3`)
	p.Click("camera-use")
	p.Until(`/pictures, without labels.*Trained in colour at/.test(document.getElementById("own-says")?.innerText)`)
	if on := pagetest.Eval[bool](p, `document.getElementById("camera-dialog") !== null || given.getTracks().some((track) => track.readyState !== "ended")`); on {
		t.Error("the camera goes on")
	}
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.sample[0] === 3")
	p.Until(`document.getElementById("notices").innerText.includes("Training on camera")`)
	pagetest.Eval[bool](p, `Boolean(navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); })`)
	p.Click("own-camera")
	p.Until(`document.getElementById("notices").innerText.includes("allow it for this page")`)
}

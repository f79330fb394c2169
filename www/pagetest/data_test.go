package pagetest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// dropFiles drops what the expression gives, an array of File, onto the page.
func (p *visit) dropFiles(expression string) {
	p.t.Helper()
	eval[bool](p, `(async () => {
		const carried = new DataTransfer();
		for (const file of await (`+expression+`)) carried.items.add(file);
		return document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true})) || true;
	})()`)
}

// idxPair is an expression for a pair of IDX files of n images of 12×12, the images packed.
const idxPair = `(async (n, labels) => {
	const head = (...sizes) => new Uint8Array([0, 0, 8, sizes.length, ...sizes.flatMap((s) => [0, 0, s >> 8, s & 255])]);
	const images = new Blob([head(n, 12, 12), Uint8Array.from({length: n * 144}, (_, i) => (i * 37) % 251)]);
	const packed = await new Response(images.stream().pipeThrough(new CompressionStream("gzip"))).blob();
	return [new File([packed], "things.gz"), new File([head(labels), Uint8Array.from({length: labels}, (_, i) => i % 10)], "names")];
})`

// An IDX pair that is dropped is trained on; one that does not fit together is refused in a sentence, and the run goes on.
func TestDropIDX(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	for says, files := range map[string]string{
		"200 images and 199 labels":   idxPair + "(200, 199)",
		"2 of images and 0 of labels": idxPair + "(20, 20).then(async ([a]) => [a, new File([a], 'more.gz')])",
		"neither weights nor data":    "[new File(['a poem'], 'poem.txt')]",
		"no IDX file":                 "[new File([new Uint8Array([7, 7, 7, 7, 7])], 'train-images-idx3-ubyte')]",
		"cut short":                   idxPair + "(20, 20).then(([a]) => [new File([a.slice(0, a.size - 9)], 'half.gz')])",
	} {
		p.dropFiles(files)
		p.until(`document.getElementById("notices").innerText.includes("` + says + `")`)
		at := p.step()
		p.until("ganvas.status().state === 'running' && ganvas.status().recipe.dataset === 'mnist' && ganvas.status().step > " + itoa(at+2))
	}
	p.dropFiles(idxPair + "(200, 200)")
	p.until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 5")
	if eval[int](p, "ganvas.size.width") != 12 {
		t.Error("the run does not draw pictures of 12×12")
	}
	p.noErrors()
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
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	p.dropFiles(pictures + "(30, [])")
	p.until(`document.getElementById("own-says")?.innerText.includes("30 pictures")`)
	plain := p.sum(`createImageBitmap(document.getElementById("own-preview")).then(() => { const c = document.getElementById("own-preview"); return c.getContext("2d").getImageData(0, 0, c.width, c.height).data; })`)
	p.click("ownInvert")
	p.until(`document.getElementById("own-preview").width > 28`)
	p.rest()
	if p.sum(`(() => { const c = document.getElementById("own-preview"); return c.getContext("2d").getImageData(0, 0, c.width, c.height).data; })()`) == plain {
		t.Error("inverting changes nothing in the preview")
	}
	p.click("own-no")
	p.rest()
	if eval[string](p, "ganvas.status().recipe.dataset") != "mnist" {
		t.Error("a dialog that was cancelled began a run")
	}
	p.dropFiles(pictures + "(30, [])")
	p.until(`document.getElementById("own-says")?.innerText.includes("30 pictures")`)
	p.click("own-go")
	p.until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 5")
	// classic's 50 epochs of 60,000 digits are as many images as 100,000 epochs of 30
	if r := eval[string](p, "[ganvas.status().recipe.augment, ganvas.status().recipe.batch, ganvas.size.width, ganvas.status().recipe.epochs].join()"); r != "all,30,28,100000" {
		t.Errorf("the run has augmentation, batch, size and epochs %s", r)
	}
	file := p.saved("save")
	p.visit(small + "&autostart=0")
	p.started()
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.until("document.getElementById('notices').innerText.includes('30 pictures')")
	p.click("play")
	p.until("/which are not here/.test(document.getElementById('notices').innerText.slice(40))")
	p.noErrors()
}

// Folders are classes, a lone picture is a sheet, and a broken picture is named.
func TestFoldersAndSheets(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	take := `import("./js/data/data.js").then(async ({takeData}) => { takeData(ganvas, await (FILES)); return true; })`
	with := func(files string) { eval[bool](p, strings.Replace(take, "FILES", files, 1)) }
	with(pictures + "(40, ['cats', 'dogs'])")
	p.until(`document.getElementById("own-says")?.innerText.includes("2 classes")`)
	p.click("own-go")
	p.until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2")
	with(pictures + "(1, [], 120, 90)")
	// 28 × 28 pixels are proposed; the circle is on the seventh tile, and the five behind it are black
	p.until(`document.getElementById("own-says")?.innerText.includes("7 pictures")`)
	p.click("own-go")
	p.until("ganvas.status().recipe.batch === 7 && ganvas.status().step > 2")
	with(pictures + "(3, []).then((all) => [...all, new File(['no picture'], 'p9.png')])")
	p.until(`document.getElementById("own-says")?.innerText.includes("4 pictures") || document.getElementById("own-says")?.innerText.includes("p9.png")`)
	p.until(`document.getElementById("own-says")?.innerText.includes("p9.png cannot be decoded")`)
	p.noErrors()
}

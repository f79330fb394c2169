package files

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"ganvas/www/pagetest"
)

// onPaper is what would be printed of the page: its words, what of it is a control or a bar, each picture's size and how many of its pixels are of the
// colours of fakes and of real ones, and the ground.
const onPaper = `(() => {
	const seen = (e) => e.checkVisibility({ visibilityProperty: true });
	const colours = (canvas) => {
		const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height), near = (i, r, g, b) => Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 30;
		let [fake, real, light] = [0, 0, 0];
		for (let i = 0; i < data.length; i += 4) [fake, real, light] = [fake + near(i, 0xc2, 0x41, 0x0c), real + near(i, 0x0b, 0x72, 0x85), light + (data[i] > 100)];
		return [canvas.width, canvas.height, fake, real, light];
	};
	return {
		words: document.getElementById("paper").innerText,
		controls: [...document.querySelectorAll("button, select, input, iframe, [role=tablist], progress")].filter(seen).map((e) => e.id || e.tagName),
		pictures: Object.fromEntries([...document.querySelectorAll("#paper figure")].map((f) => [f.className, colours(f.querySelector("canvas"))])),
		ground: getComputedStyle(document.documentElement).backgroundColor,
		wide: document.documentElement.scrollWidth <= innerWidth,
	};
})()`

// paper is what onPaper tells.
type paper struct {
	Words    string
	Controls []string
	Pictures map[string][5]float64
	Ground   string
	Wide     bool
}

// On paper, of a dark page too, stand the run's numbers, its pictures, its curves, its recipe and the address, on white, and no control; afterwards the
// page is as before.
func TestPaper(t *testing.T) {
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 900, Dark: true}, pagetest.Plain+"&lr_d=0.0007&lang=en&autostart=0&room=play")
	p.Trained(30)
	pagetest.Eval[bool](p, "ganvas.measure().then(() => true)")
	print := func() paper {
		t.Helper()
		if _, err := chromedp.Call(p.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		pagetest.Eval[bool](p, `dispatchEvent(new Event("beforeprint"))`)
		sheet := pagetest.Eval[paper](p, onPaper)
		pagetest.Eval[bool](p, `dispatchEvent(new Event("afterprint"))`)
		return sheet
	}
	sheet := print()
	for _, want := range []string{"classic · the textbook GAN (own settings)", "Step 30", "960 images", "D is right", "/ 10", "Quality", "The generator’s digits", "Real digits", "Recipe", "Discriminator’s learning rate\n0.0007", "lr_d=0.0007"} {
		if !strings.Contains(sheet.Words, want) {
			t.Errorf("it does not say %q: %s", want, sheet.Words)
		}
	}
	if len(sheet.Controls) > 0 || sheet.Ground != "rgb(255, 255, 255)" || !sheet.Wide {
		t.Errorf("controls %q, ground %s, fits the sheet: %v", sheet.Controls, sheet.Ground, sheet.Wide)
	}
	if at := sheet.Pictures; at["fakes"][4] < 500 || at["reals"][4] < 500 || at["curves"][2] < 500 || at["curves"][3] < 500 || at["curves"][0]*at["curves"][1] > 2*at["curves"][4] {
		t.Errorf("pictures: %v", at)
	}
	p.Begins("ring-2d", "")
	p.Trained(20)
	if at := print().Pictures; at["points"][2] < 500 || at["points"][3] < 500 || at["curves"][2] < 300 {
		t.Errorf("pictures of a run on points: %v", at)
	}
	made, err := chromedp.Call(p.Ctx, page.PrintToPDF, page.PrintToPDFParams{})
	if err != nil || !bytes.HasPrefix(made.Data, []byte("%PDF")) {
		t.Fatalf("the browser prints nothing: %v", err)
	}
	if n := bytes.Count(made.Data, []byte("/Type /Page\n")); n < 2 || n > 12 { // the run's sheet, then the lesson
		t.Errorf("it takes %d sheets", n)
	}
	if _, err := chromedp.Call(p.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
		t.Fatal(err)
	}
	p.Until("document.getElementById('paper').children.length === 0 && document.getElementById('play').checkVisibility()")
	p.NoErrors()
}

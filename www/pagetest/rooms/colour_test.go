package rooms

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/gif"
	_ "image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/longtest"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
	"ganvas/www/pagetest"
)

// Colours that are nowhere else on the page.
var (
	lime    = [3]byte{0, 255, 0}
	magenta = [3]byte{255, 0, 255}
)

// clearRight is halves with nothing to be seen in its right half, which shows what lies behind.
func clearRight(s sample.Shape) []byte {
	one := halves(s)
	for i := range s.Area() {
		if 2*(i%s.Width) >= s.Width {
			one[3*s.Area()+i] = 0
		}
	}
	return one
}

// halves is a picture whose left half is lime and whose right half is magenta, one channel after the other.
func halves(s sample.Shape) (one []byte) {
	for c := range s.Channels {
		for i := range s.Area() {
			v := byte(255) // a fourth channel is opaque
			if c < 3 {
				v = lime[c]
				if 2*(i%s.Width) >= s.Width {
					v = magenta[c]
				}
			}
			one = append(one, v)
		}
	}
	return one
}

// coloured is a run on pictures in colour, as a file; its generator makes the halves of any noise.
func coloured(t *testing.T, s sample.Shape) []byte { return always(t, s, halves(s)) }

// always is a run whose generator makes one picture of any noise, as a file.
func always(t *testing.T, s sample.Shape, picture []byte) []byte {
	t.Helper()
	var all []byte
	for i := range 20 {
		one := slices.Clone(picture)
		one[0] = byte(10 * i)
		all = append(all, one...)
	}
	set, err := data.FromBytes("halves", 20, s, 0, all)
	if err != nil {
		t.Fatal(err)
	}
	tr := runtest.Trainer(t, runtest.Small(t, "dataset=own"), set)
	tensors, err := tr.GAN.G.State()
	if err != nil {
		t.Fatal(err)
	}
	last := strings.TrimSuffix(tensors[len(tensors)-1].Name, "bias")
	for k, x := range tensors {
		values := make([]float32, len(x.Data)/4)
		switch x.Name {
		case last + "weight":
		case last + "bias":
			for i, v := range picture {
				values[i] = 20 * (float32(v)/127.5 - 1) // whose tanh is −1 or 1
			}
		default:
			continue
		}
		tensors[k].Data = nil
		for _, v := range values {
			tensors[k].Data = binary.LittleEndian.AppendUint32(tensors[k].Data, math.Float32bits(v))
		}
	}
	if err := tr.GAN.G.Load(tensors); err != nil {
		t.Fatal(err)
	}
	return runtest.Encoded(t, tr)
}

// seen counts the pixels of both colours.
func seen(m image.Image) (limes, magentas int) {
	return pagetest.Near(m, lime, 9), pagetest.Near(m, magenta, 9)
}

// inColour waits until a picture shows both colours in that many pixels each.
func inColour(p *pagetest.Visit, what string, least int, picture func() image.Image) {
	p.T.Helper()
	limes, magentas := 0, 0
	for range 30 {
		if limes, magentas = seen(picture()); limes >= least && magentas >= least {
			return
		}
		p.Rest()
	}
	p.T.Errorf("%s: %d pixels are lime and %d magenta, want %d", what, limes, magentas, least)
}

// canvasOf is what a canvas of the page holds.
func canvasOf(p *pagetest.Visit, selector string) image.Image {
	p.T.Helper()
	url := pagetest.Eval[string](p, `document.querySelector("`+selector+`").toDataURL()`)
	return decoded(p, strings.TrimPrefix(url, "data:image/png;base64,"))
}

func decoded(p *pagetest.Visit, text string) image.Image {
	p.T.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		p.T.Fatal(err)
	}
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		p.T.Fatal(err)
	}
	return m
}

// text is JavaScript that turns a promise of bytes into base64.
func text(promise string) string {
	return "(" + promise + ").then((b) => btoa(Array.from(b, (c) => String.fromCharCode(c)).join('')))"
}

// A run on pictures in colour is seen in colour everywhere that samples are: in each room, in the time line, in the list of
// kept runs, and in files.
func TestColourIsSeen(t *testing.T) {
	shape := sample.Shape{Channels: 3, Height: 12, Width: 16}
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 1700, Scale: 1}, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	p.Still()
	file := base64.StdEncoding.EncodeToString(coloured(t, shape))
	pagetest.Eval[bool](p, `ganvas.load(Uint8Array.from(atob("`+file+`"), (c) => c.charCodeAt(0)), {paused: true}).then(() => true)`)
	view := func() image.Image { return p.Drawing("view") }
	if s := pagetest.Eval[[]int](p, "ganvas.sample"); len(s) != 3 || s[0] != 3 || s[1] != shape.Height || s[2] != shape.Width {
		t.Errorf("the page takes a sample for %v", s)
	}
	inColour(p, "watching", 64*500, view)
	p.Look("colour-watch")
	inColour(p, "the time line", 200, func() image.Image { return canvasOf(p, "#time-strip") })

	press := func(id string) { pagetest.Eval[bool](p, `document.getElementById("`+id+`").click() === undefined`) }
	press("keep-run")
	p.Until(`document.querySelector("#runs li canvas")?.width > 8`)
	inColour(p, "a kept run", 8*90, func() image.Image { return canvasOf(p, "#runs li canvas") })
	press("g-go")
	p.Until("!document.getElementById('generated').hidden")
	inColour(p, "generated", 40*90, func() image.Image { return canvasOf(p, "#generated") })

	still := decoded(p, pagetest.Eval[string](p, text(`ganvas.export("png")`)))
	if limes, magentas := seen(still); limes != 64*9*96 || magentas != limes {
		t.Errorf("the PNG of 64 samples has %d lime pixels and %d magenta ones", limes, magentas)
	}
	b, err := base64.StdEncoding.DecodeString(pagetest.Eval[string](p, text(`ganvas.export("gif")`)))
	if err != nil {
		t.Fatal(err)
	}
	film, err := gif.DecodeAll(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if limes, magentas := seen(film.Image[len(film.Image)-1]); limes != 64*9*96 || magentas != limes {
		t.Errorf("the GIF of 64 samples has %d lime pixels and %d magenta ones", limes, magentas)
	}

	p.Click("tab-latent")
	inColour(p, "the plane of noise", 20_000, view)
	p.Look("colour-latent")
	p.Click("tab-inside")
	p.Until("document.querySelectorAll('#inside-layers [role=radio]').length > 4")
	inColour(p, "inside", 5_000, view)
	inColour(p, "the samples to choose", 90, func() image.Image { return canvasOf(p, "#samples .fake canvas") })
	p.ClickOn("#inside-layers [data-network=discriminator][data-layer=input]")
	inColour(p, "an image inside", 12_000, view)
	p.Look("colour-inside")
	p.Until("document.querySelectorAll('#wish-channels button').length === 4")
	all := view()
	p.ClickOn("#wish-channels button:nth-of-type(2)")
	p.Changes(all, 0.002, "the wish for red alone")
	p.Look("colour-inside-red")
	p.NoErrors()
}

// What is clear is seen as a checkerboard everywhere that samples are, keeps its transparency in a picture's file and has the board in a film.
func TestClearIsSeen(t *testing.T) {
	shape := sample.Shape{Channels: 4, Height: 16, Width: 16}
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 1700, Scale: 1}, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	p.Still()
	file := base64.StdEncoding.EncodeToString(always(t, shape, clearRight(shape)))
	pagetest.Eval[bool](p, `ganvas.load(Uint8Array.from(atob("`+file+`"), (c) => c.charCodeAt(0)), {paused: true}).then(() => true)`)
	light, dark := [3]byte{166, 166, 166}, [3]byte{102, 102, 102}
	onBoard := func(what string, least int, picture func() image.Image) {
		t.Helper()
		var found [4]int
		for range 30 {
			m := picture()
			found = [4]int{pagetest.Near(m, light, 3), pagetest.Near(m, dark, 3), pagetest.Near(m, lime, 9), pagetest.Near(m, magenta, 9)}
			if found[0] >= least && found[1] >= least && found[2] >= 2*least && found[3] == 0 {
				return
			}
			p.Rest()
		}
		t.Errorf("%s: %d and %d pixels of the board, %d lime and %d magenta, want %d, %d and none", what, found[0], found[1], found[2], found[3], least, 2*least)
	}
	view := func() image.Image { return p.Drawing("view") }
	press := func(id string) { pagetest.Eval[bool](p, `document.getElementById("`+id+`").click() === undefined`) }
	onBoard("watching", 64*200, view)
	onBoard("the time line", 60, func() image.Image { return canvasOf(p, "#time-strip") })
	press("keep-run")
	p.Until(`document.querySelector("#runs li canvas")?.width > 8`)
	onBoard("a kept run", 8*60, func() image.Image { return canvasOf(p, "#runs li canvas") })
	press("g-go")
	p.Until("!document.getElementById('generated').hidden")
	onBoard("generated", 40*60, func() image.Image { return canvasOf(p, "#generated") })
	still := decoded(p, pagetest.Eval[string](p, text(`ganvas.export("png")`)))
	clear := 0
	for i := range still.Bounds().Dx() * still.Bounds().Dy() {
		if _, _, _, a := still.At(i%still.Bounds().Dx(), i/still.Bounds().Dx()).RGBA(); a == 0 {
			clear++
		}
	}
	if limes, magentas := seen(still); clear != limes || limes < 64*128 || magentas != 0 {
		t.Errorf("the PNG of 64 samples has %d lime pixels, %d magenta ones and %d clear ones", limes, magentas, clear)
	}
	b, err := base64.StdEncoding.DecodeString(pagetest.Eval[string](p, text(`ganvas.export("gif")`)))
	if err != nil {
		t.Fatal(err)
	}
	film, err := gif.DecodeAll(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	onBoard("the GIF", 64*60, func() image.Image { return film.Image[len(film.Image)-1] })
	p.Click("tab-latent")
	onBoard("the plane of noise", 5_000, view)
	p.Click("tab-inside")
	p.Until("document.querySelectorAll('#inside-layers [role=radio]').length > 4")
	p.ClickOn("#inside-layers [data-network=discriminator][data-layer=input]")
	onBoard("an image inside", 3_000, view)
	p.NoErrors()
}

// Data in colour are seen as they are: real samples beside the fakes, inside the networks, and in the game.
func TestLongColourDataAreSeen(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 1700, Scale: 1}, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	p.Still()
	shape := sample.Shape{Channels: 4, Height: 10, Width: 10}
	var all []byte
	for i := range 60 {
		one := halves(shape)
		one[0] = byte(i)
		all = append(all, one...)
	}
	pagetest.Eval[bool](p, `ganvas.giveData({n: 60, sample: [4, 10, 10]}, Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(all)+`"), (c) => c.charCodeAt(0)))
		.then(() => ganvas.start({dataset: "own", batch: 20, generator: [32], discriminator: [32]}, {preset: "classic", paused: true})).then(() => true)`)
	view := func() image.Image { return p.Drawing("view") }
	inColour(p, "real samples", 16*500, view)
	p.Look("colour-data")
	p.Click("tab-inside")
	p.Until("document.querySelectorAll('#samples .real canvas').length === 8")
	p.ClickOn("#samples [data-of=real][data-index='2']")
	inColour(p, "a real sample inside", 5_000, view)
	pagetest.Eval[bool](p, "ganvas.step(3).then(() => true)")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === 3")
	p.Click("tab-play")
	p.Rest()
	p.Drag(95, 105, 285, 95)
	p.Until("/^D takes it for/.test(document.getElementById('pad-says').innerText)")
	drawn := func() int { limes, _ := seen(p.Drawing("view")); return limes }
	before := drawn()
	pagetest.Eval[bool](p, `((e) => { e.value = "#00ff00"; return e.dispatchEvent(new Event("input")); })(document.getElementById("pad-colour"))`)
	p.Drag(95, 205, 285, 195)
	if !pagetest.Soon(func() bool { return drawn() > before+1000 }) {
		t.Errorf("a stroke in lime leaves %d lime pixels, before there were %d", drawn(), before)
	}
	p.Look("colour-play")
	p.NoErrors()
}

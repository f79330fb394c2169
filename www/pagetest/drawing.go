package pagetest

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Placed waits until the drawing has said where the page's words go.
func (p *Visit) Placed() {
	p.T.Helper()
	p.Until("document.querySelector('#words.placed') && !document.querySelector('#studio.waiting') && document.getElementById('arriving').hidden")
}

// Shows waits until what the window shows of the element with that id is as it should be, and returns it.
func (p *Visit) Shows(id, what string, is func(image.Image) bool) image.Image {
	p.T.Helper()
	var m image.Image
	if !Soon(func() bool { m = p.Drawing(id); return is(m) }) {
		p.T.Fatalf("#%s never shows %s", id, what)
	}
	return m
}

// Drawn waits until the drawing shows pictures of many shades.
func (p *Visit) Drawn() image.Image {
	p.T.Helper()
	p.Until("!document.querySelector('#studio.waiting')")
	return p.Shows("view", "pictures", func(m image.Image) bool { return Shades(m) > 60 })
}

// Changes waits until more than this share of the drawing's pixels differs from what it was.
func (p *Visit) Changes(from image.Image, share float64, why string) image.Image {
	p.T.Helper()
	return p.Shows("view", "what comes of "+why, func(m image.Image) bool { return Differs(from, m) > share })
}

// Returns waits until no more than this share of the drawing's pixels differs from what it was.
func (p *Visit) Returns(to image.Image, share float64, why string) image.Image {
	p.T.Helper()
	return p.Shows("view", "again what it showed before "+why, func(m image.Image) bool { return Differs(to, m) <= share })
}

// Settled waits until the drawing of a run that rests stands still.
func (p *Visit) Settled() image.Image {
	p.T.Helper()
	last := p.Drawing("view")
	p.Rest()
	return p.Shows("view", "a drawing that stands still", func(m image.Image) bool {
		before := last
		last = m
		if Differs(before, m) == 0 {
			return true
		}
		p.Rest()
		return false
	})
}

// Painted waits until the drawing shows many colours; a diagram's are no greys.
func (p *Visit) Painted() {
	p.T.Helper()
	p.Shows("view", "many colours", func(m image.Image) bool {
		seen := map[[3]byte]bool{}
		for row := range rows(m) {
			for ; len(row) > 0 && len(seen) <= 100; row = row[4:] {
				seen[[3]byte(row)] = true
			}
		}
		return len(seen) > 100
	})
}

// Drawing is what the window shows of the element with that id.
func (p *Visit) Drawing(id string) image.Image {
	p.T.Helper()
	fast := true // most of a screenshot's time goes into making its file small
	taken, err := chromedp.Call(p.Ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: &fast})
	if err != nil {
		p.T.Fatalf("the screenshot: %v", err)
	}
	shot, err := png.Decode(bytes.NewReader(taken.Data))
	if err != nil {
		p.T.Fatalf("the screenshot is no PNG: %v", err)
	}
	box := Eval[[]float64](p, `(() => { const r = document.getElementById("`+id+`").getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; })()`)
	scale := float64(shot.Bounds().Dx()) / Eval[float64](p, "innerWidth")
	at := image.Rect(int(box[0]*scale), int(box[1]*scale), int(box[2]*scale), int(box[3]*scale)).Intersect(shot.Bounds())
	if at.Empty() {
		p.T.Fatalf("#%s is outside the window: %v", id, box)
	}
	return shot.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(at)
}

// rows are a picture's rows, each pixel of red, green, blue and how opaque it is, by which the others are multiplied.
func rows(m image.Image) iter.Seq[[]byte] {
	flat, is := m.(*image.RGBA)
	if other, like := m.(*image.NRGBA); like && other.Opaque() { // as screenshots are
		flat, is = &image.RGBA{Pix: other.Pix, Stride: other.Stride, Rect: other.Rect}, true
	}
	if !is {
		flat = image.NewRGBA(m.Bounds())
		draw.Draw(flat, flat.Rect, m, m.Bounds().Min, draw.Src)
	}
	return func(yield func([]byte) bool) {
		for y := flat.Rect.Min.Y; y < flat.Rect.Max.Y; y++ {
			if !yield(flat.Pix[flat.PixOffset(flat.Rect.Min.X, y):][:4*flat.Rect.Dx()]) {
				return
			}
		}
	}
}

// Shades counts the levels of grey in a picture; a blank one has few.
func Shades(m image.Image) (n int) {
	var seen [256]bool
	for row := range rows(m) {
		for ; len(row) > 0; row = row[4:] {
			if v := row[0]; v == row[1] && v == row[2] && !seen[v] {
				seen[v] = true
				n++
			}
		}
	}
	return n
}

// Near counts a picture's pixels whose red, green and blue are each less than off away from a colour's.
func Near(m image.Image, c [3]byte, off int) (n int) {
	far := func(v, w byte) bool { d := int(v) - int(w); return d <= -off || d >= off }
	for row := range rows(m) {
		for ; len(row) > 0; row = row[4:] {
			if !far(row[0], c[0]) && !far(row[1], c[1]) && !far(row[2], c[2]) {
				n++
			}
		}
	}
	return n
}

// Changed is the share of the pixels in which two pictures of one size differ.
func Changed(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return math.NaN()
	}
	return Differs(a, b)
}

// Differs is the share of pixels in which two pictures of the drawing differ; the words above it may move it a little.
func Differs(a, b image.Image) float64 {
	w, h := min(a.Bounds().Dx(), b.Bounds().Dx()), min(a.Bounds().Dy(), b.Bounds().Dy())
	next, stop := iter.Pull(rows(b))
	defer stop()
	n := 0
	for p := range rows(a) {
		q, more := next()
		if !more {
			break
		}
		for x := 0; x < 4*w; x += 4 {
			if [4]byte(p[x:]) != [4]byte(q[x:]) {
				n++
			}
		}
	}
	return float64(n) / float64(w*h)
}

// Coloured is the share of pixels that are far from grey.
func Coloured(m image.Image) float64 {
	n := 0
	for row := range rows(m) {
		for ; len(row) > 0; row = row[4:] {
			if max(row[0], row[1], row[2])-min(row[0], row[1], row[2]) >= 40 {
				n++
			}
		}
	}
	return float64(n) / float64(m.Bounds().Dx()*m.Bounds().Dy())
}

// Look writes the window as PNG into the folder that GANVAS_PICTURES names, if it names one.
func (p *Visit) Look(name string) {
	p.T.Helper()
	if folder := os.Getenv("GANVAS_PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".png"), p.Picture(), 0o644); err != nil {
			p.T.Fatal(err)
		}
	}
}

// Folder skips the test unless GANVAS_PICTURES names a folder for screenshots.
func Folder(t *testing.T) {
	t.Helper()
	if os.Getenv("GANVAS_PICTURES") == "" {
		t.Skip("GANVAS_PICTURES names no folder for screenshots")
	}
}

// Resize gives the visitor's window another size.
func (p *Visit) Resize(width, height int64) {
	p.T.Helper()
	if _, err := chromedp.Call(p.Ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 0.7}); err != nil {
		p.T.Fatalf("the window: %v", err)
	}
}

// InView fails the test unless the elements of these selectors are soon wholly in the window, and nothing that stays at its foot covers them.
func (p *Visit) InView(where string, selectors ...string) {
	p.T.Helper()
	outside := fmt.Sprintf(`(() => {
		const bar = document.querySelector(".buttons"), foot = getComputedStyle(bar).position === "fixed" ? bar.getBoundingClientRect().top : innerHeight;
		return [%s].filter((s) => { const e = document.querySelector(s), r = e?.getBoundingClientRect();
			return !r || !e.checkVisibility({visibilityProperty: true}) || r.width === 0 || r.top < 0 || r.left < 0 || r.right > innerWidth + 1 || r.bottom > (bar.contains(e) ? innerHeight : foot) + 1;
		}).map((s) => s + " " + JSON.stringify(document.querySelector(s)?.getBoundingClientRect()));
	})()`, strings.ReplaceAll(strings.Trim(fmt.Sprintf("%q", selectors), "[]"), `" "`, `", "`))
	var out []string
	for range 25 { // what moves comes to rest within seconds, and what is outside then stays there
		if out = Eval[[]string](p, outside); len(out) == 0 {
			return
		}
		p.Rest()
	}
	p.T.Errorf("%s: not in view are %q", where, out)
}

// Still asks the page for no motion, so that nothing is looked at while it fades.
func (p *Visit) Still() {
	p.T.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[Eval[bool](p, "matchMedia('(prefers-color-scheme: dark)').matches")]
	_, err := chromedp.Call(p.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
		p.T.Fatalf("the browser's wish for no motion: %v", err)
	}
}

// Picture is a screenshot of the window, as PNG.
func (p *Visit) Picture() []byte {
	p.T.Helper()
	b, err := chromedp.Run(p.Ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.T.Fatalf("the screenshot: %v", err)
	}
	return b
}

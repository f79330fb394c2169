package main

import (
	"fmt"
	"math"
	"strings"
)

// The picture's size and places, in pixels.
const (
	wide, high   = 760, 300 // one diagram with its margins
	left, bottom = 64, 44
	right, top   = 150, 24
)

// colours of the runs, in turn.
var colours = []string{"#0b6bcb", "#d1571b", "#2f855a", "#8b3fc0", "#b7791f", "#4a5568"}

// diagram is one of the picture's: what stands on its upright axis.
type diagram struct {
	title  string
	of     func(Look) float64
	lo, hi float64
	log    bool
	bar    float64 // a line at this value, if it lies inside
}

var diagrams = []diagram{
	{title: "mean confidence of the judge", of: func(l Look) float64 { return l.Confidence }, lo: 0.4, hi: 1, bar: Confidence},
	{title: "digits covered", of: func(l Look) float64 { return float64(l.Covered) }, lo: 0, hi: 10.5, bar: 10},
	{title: "distance, times that between real images", of: func(l Look) float64 { return l.Distance }, lo: 10, hi: 3000, log: true, bar: math.NaN()},
}

// Curves is a picture of how runs came along with their training time, as SVG: one line for each, with a point where it
// passed the bar.
func Curves(runs []*Result) string {
	first, last := math.Inf(1), 0.0
	for _, r := range runs {
		for _, l := range r.Looks {
			s := r.at(l)
			first, last = min(first, s), max(last, s)
		}
	}
	if last == 0 {
		return ""
	}
	x := axis{lo: math.Log10(first), hi: math.Log10(last) + 1e-9, from: left, to: wide - right}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#333"><rect width="100%%" height="100%%" fill="#fff"/>`+"\n", wide, high*len(diagrams)+20)
	for i, d := range diagrams {
		fmt.Fprintf(&b, `<g transform="translate(0 %d)">`+"\n", i*high)
		d.draw(&b, x, runs)
		b.WriteString("</g>\n")
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">seconds of training</text>`+"\n</svg>\n", (left+wide-right)/2, high*len(diagrams)+8)
	return b.String()
}

// at is how many seconds of training a look came after.
func (r *Result) at(l Look) float64 { return float64(l.Step) * r.Ms / 1000 }

// axis brings values to places.
type axis struct{ lo, hi, from, to float64 }

func (a axis) place(v float64) float64 {
	return a.from + (min(max(v, a.lo), a.hi)-a.lo)/(a.hi-a.lo)*(a.to-a.from)
}

func (d diagram) draw(b *strings.Builder, x axis, runs []*Result) {
	value := func(v float64) float64 { return v }
	if d.log {
		value = math.Log10
	}
	y := axis{lo: value(d.lo), hi: value(d.hi), from: high - bottom, to: top}
	fmt.Fprintf(b, `<text x="%d" y="14" font-weight="bold">%s</text>`+"\n", left, d.title)
	for _, v := range x.ticks() {
		fmt.Fprintf(b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#eee"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n", x.place(math.Log10(v)), x.place(math.Log10(v)), top, high-bottom, x.place(math.Log10(v)), high-bottom+16, v)
	}
	for _, v := range d.ticks() {
		fmt.Fprintf(b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#eee"/><text x="%d" y="%.1f" text-anchor="end">%g</text>`+"\n", left, wide-right, y.place(value(v)), y.place(value(v)), left-6, y.place(value(v))+4, v)
	}
	if !math.IsNaN(d.bar) {
		fmt.Fprintf(b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#888" stroke-dasharray="4 3"/>`+"\n", left, wide-right, y.place(value(d.bar)), y.place(value(d.bar)))
	}
	for i, r := range runs {
		var points []string
		passed := ""
		for _, l := range r.Looks {
			px, py := x.place(math.Log10(r.at(l))), y.place(value(d.of(l)))
			points = append(points, fmt.Sprintf("%.1f,%.1f", px, py))
			if l.Step == r.Passed {
				passed = fmt.Sprintf(`<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>`, px, py, colours[i%len(colours)])
			}
		}
		colour := colours[i%len(colours)]
		fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="1.5"/>%s<text x="%d" y="%d" fill="%s">%s, seed %d</text>`+"\n",
			strings.Join(points, " "), colour, passed, wide-right+10, top+14+16*i, colour, r.Name, r.Recipe.Seed)
	}
}

// ticks are 1, 2 and 5 times the powers of ten within an axis of logarithms.
func (a axis) ticks() (at []float64) {
	for e := math.Floor(a.lo); e <= a.hi; e++ {
		for _, m := range []float64{1, 2, 5} {
			if v := m * math.Pow(10, e); math.Log10(v) >= a.lo && math.Log10(v) <= a.hi {
				at = append(at, v)
			}
		}
	}
	return at
}

func (d diagram) ticks() (at []float64) {
	if d.log {
		return axis{lo: math.Log10(d.lo), hi: math.Log10(d.hi)}.ticks()
	}
	step := 0.1
	if d.hi > 2 {
		step = 2
	}
	for k := 0; d.lo+float64(k)*step <= d.hi+1e-9; k++ {
		at = append(at, math.Round((d.lo+float64(k)*step)*10)/10)
	}
	return at
}

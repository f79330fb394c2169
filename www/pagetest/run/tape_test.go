package run

import (
	"bytes"
	"image/gif"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

func TestLongTape(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Started()
	alongTape(t, p, true)
}

// Weights with a tape bring their run along: the slider and the play button move through its epochs, what is generated
// comes from there, and training on leaves the tape.
// With whole it is watched to its end, and saved as an animation.
func alongTape(t *testing.T, p *pagetest.Visit, whole bool) {
	t.Helper()
	if shown := pagetest.Eval[bool](p, "!document.getElementById('tape').hidden"); shown {
		t.Error("a run without a tape has its controls")
	}
	pagetest.Eval[bool](p, "document.querySelector('#pretrained button[data-name=classic]').click() === undefined")
	p.Until("!document.getElementById('tape').hidden")
	p.Until("document.getElementById('tape-at').textContent.includes('30000')")
	end := p.Sum("ganvas.generate({count: 4, seed: 3})")
	place := func(v string) {
		pagetest.Eval[bool](p, `((e) => { e.value = "`+v+`"; return e.dispatchEvent(new Event("input")); })(document.getElementById("tape-place"))`)
	}
	place("0")
	p.Until("document.getElementById('tape-at').textContent.includes('step 0)')")
	begin := p.Sum("ganvas.generate({count: 4, seed: 3})")
	place("12.5")
	p.Until("document.getElementById('tape-at').textContent.includes('step 5') || document.getElementById('tape-at').textContent.includes('step 6')")
	if middle := p.Sum("ganvas.generate({count: 4, seed: 3})"); middle == begin || middle == end || begin == end {
		t.Error("the same digits are drawn all along the tape")
	}
	if whole {
		p.Click("tape-play")
		p.Until("document.getElementById('tape-place').value > 20")
	} else {
		p.Click("tape-play")
		p.Until("document.getElementById('tape-place').value > 13")
		p.Click("tape-play")
		place("1000") // its end, whatever it is
	}
	p.Until("document.getElementById('tape-at').textContent.includes('30000') && document.getElementById('tape-play').textContent === 'Replay the training'")
	if p.Sum("ganvas.generate({count: 4, seed: 3})") != end {
		t.Error("at the tape's end other digits are drawn than before")
	}
	if whole {
		film, err := gif.DecodeAll(bytes.NewReader(pagetest.Read(t, p.Saved("tape-gif"))))
		if err != nil || len(film.Image) < 100 {
			t.Errorf("the animation: %v", err)
		}
	}
	p.Click("lang-zh")
	p.Until("document.getElementById('tape-at').textContent.includes('轮')")
	p.Click("lang-en")
	p.Click("play")
	p.Until("document.getElementById('tape').hidden && ganvas.status().step > 30000")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	p.NoErrors()
}

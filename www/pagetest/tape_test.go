package pagetest

import (
	"bytes"
	"image/gif"
	"testing"
)

// Weights with a tape bring their run along: the slider and the play button move through its epochs, what is generated
// comes from there, the animation can be saved, and training on leaves the tape.
func TestTape(t *testing.T) {
	p := open(t, desktop, small+"&autostart=0")
	p.started()
	if shown := eval[bool](p, "!document.getElementById('tape').hidden"); shown {
		t.Error("a run without a tape has its controls")
	}
	eval[bool](p, "document.querySelector('#pretrained button[data-name=classic]').click() === undefined")
	p.until("!document.getElementById('tape').hidden")
	p.until("document.getElementById('tape-at').textContent.includes('30000')")
	end := p.sum("ganvas.generate({count: 4, seed: 3})")
	place := func(v string) {
		eval[bool](p, `((e) => { e.value = "`+v+`"; return e.dispatchEvent(new Event("input")); })(document.getElementById("tape-place"))`)
	}
	place("0")
	p.until("document.getElementById('tape-at').textContent.includes('step 0)')")
	begin := p.sum("ganvas.generate({count: 4, seed: 3})")
	place("12.5")
	p.until("document.getElementById('tape-at').textContent.includes('step 5') || document.getElementById('tape-at').textContent.includes('step 6')")
	if middle := p.sum("ganvas.generate({count: 4, seed: 3})"); middle == begin || middle == end || begin == end {
		t.Error("the same digits are drawn all along the tape")
	}
	p.click("tape-play")
	p.until("document.getElementById('tape-place').value > 20")
	p.until("document.getElementById('tape-at').textContent.includes('30000') && document.getElementById('tape-play').textContent === 'Replay the training'")
	if p.sum("ganvas.generate({count: 4, seed: 3})") != end {
		t.Error("at the tape's end other digits are drawn than before")
	}
	film, err := gif.DecodeAll(bytes.NewReader(read(t, p.saved("tape-gif"))))
	if err != nil || len(film.Image) < 100 {
		t.Errorf("the animation: %v", err)
	}
	p.click("lang-zh")
	p.until("document.getElementById('tape-at').textContent.includes('轮')")
	p.click("lang-en")
	p.click("play")
	p.until("document.getElementById('tape').hidden && ganvas.status().step > 30000")
	p.noErrors()
}

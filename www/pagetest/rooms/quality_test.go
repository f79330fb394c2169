package rooms

import (
	"fmt"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// sumsUp checks that what can be read is the digits' shares together.
func sumsUp(p *pagetest.Visit) {
	p.T.Helper()
	if sum := pagetest.Eval[float64](p, "Array.from({length: 10}, (_, d) => ganvas.status().metrics['share' + d]).reduce((a, b) => a + b)"); sum < 0 || sum > 1.001 || !pagetest.Eval[bool](p, fmt.Sprintf("Math.abs(ganvas.status().metrics.readable - %v) < 0.001", sum)) {
		p.T.Errorf("the digits' shares come to %v, which is not what can be read", sum)
	}
}

// A run's images are measured, and the page shows what came of it.
func qualityIsMeasured(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Click("tab-watch")
	p.Trained(2)
	pagetest.Eval[bool](p, "ganvas.measure().then(() => true)")
	p.Until("ganvas.status().metrics !== null")
	p.Until("document.getElementById('q-apart').textContent.length > 1")
	sumsUp(p)
	if n := pagetest.Eval[int](p, "document.querySelectorAll('#q-shares li').length"); n != 10 {
		t.Errorf("%d digits have bars", n)
	}
	p.Click("lang-zh")
	p.Until("document.getElementById('q-apart').textContent.includes('倍')")
	p.Click("lang-en")
}

// While a run trains its images are measured by themselves; a generator trained before measures far better than one that has
// just begun.
func TestLongQualityIsMeasured(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, "preset=conditional&generator=16-8&discriminator=8-16&batch=16")
	p.Started()
	p.Until("ganvas.status().metrics !== null")
	p.Until("document.getElementById('doctor').dataset.state !== 'young' && document.getElementById('q-apart').textContent.length > 1")
	sumsUp(p)
	early := pagetest.Eval[float64](p, "ganvas.status().metrics.frechet / ganvas.status().metrics.frechetFloor")
	if n := pagetest.Eval[int](p, "document.querySelectorAll('#q-shares li').length"); n != 10 {
		t.Errorf("%d digits have bars", n)
	}
	pagetest.Eval[bool](p, "document.querySelector('#pretrained button[data-name=conditional]').click() === undefined")
	p.Until("ganvas.status().recipe.batch === 64 && ganvas.status().state === 'paused' && ganvas.status().metrics !== null")
	p.Until("document.getElementById('q-covered').textContent.startsWith('10')")
	late := pagetest.Eval[float64](p, "ganvas.measure().then((m) => m.frechet / m.frechetFloor)")
	if !(late < 6 && early > 3*late) {
		t.Errorf("at the beginning the distance is %v times the floor, of trained weights %v", early, late)
	}
	p.Click("lang-zh")
	p.Until("document.getElementById('q-apart').textContent.includes('倍')")
	p.Click("reset")
	p.NoErrors()
}

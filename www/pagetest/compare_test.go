package pagetest

import "testing"

// stepB is the other run's step, as the page says it.
const stepB = `Number(document.getElementById("compare-b").textContent.split("step ").at(-1).replaceAll(",", ""))`

// Two recipes train side by side in fair turns, pause together, and the other run waits while another room is open.
func TestCompare(t *testing.T) {
	p := open(t, desktop, plain+"&room=compare")
	p.until("window.ganvas && ganvas.status().step > 30")
	p.until("document.getElementById('compare-field').value === 'lr_d' && document.getElementById('compare-value').value === '0.00005'")
	eval[bool](p, `((v) => (v.value = "much") && true)(document.getElementById("compare-value"))`)
	p.click("compare-go")
	p.until("/must be a number/.test(document.getElementById('compare-wrong').textContent)")
	eval[bool](p, `((v) => (v.value = "0.0002") && true)(document.getElementById("compare-value"))`)
	p.click("compare-go")
	p.until("/With 0.0002 both runs would be the same/.test(document.getElementById('compare-wrong').textContent)")
	if !eval[bool](p, "document.getElementById('compare-pair').hidden") {
		t.Error("two recipes that are the same are compared")
	}
	eval[bool](p, `((v) => (v.value = "0.001") && true)(document.getElementById("compare-value"))`)
	p.click("compare-go")
	p.until("!document.getElementById('compare-pair').hidden && " + stepB + " > 20")
	if words := p.text("compare-differ"); !contains(words, "0.0002 in A, 0.001 in B") {
		t.Errorf("the difference is said as %q", words)
	}
	start := p.step()
	p.until("ganvas.status().step > " + itoa(start+100) + " && " + stepB + " > " + itoa(start+100))
	// The faster one waits; what it may be ahead is 50 steps, and the page hears of steps in lumps.
	for range 5 {
		if apart := eval[float64](p, "Math.abs(ganvas.status().step - "+stepB+")"); apart > 250 {
			t.Errorf("the runs are %v steps apart", apart)
		}
		p.rest()
	}
	p.until("document.getElementById('compare-waits') && ganvas.status().metrics")
	p.look("compare")

	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	p.rest()
	at := eval[int](p, stepB)
	p.rest()
	if now := eval[int](p, stepB); now != at {
		t.Errorf("the other run goes on from step %d to %d while the page's is paused", at, now)
	}
	p.click("play")
	p.until(stepB + " > " + itoa(at+20))

	p.click("tab-watch")
	p.rest()
	at, own := eval[int](p, stepB), p.step()
	p.until("ganvas.status().step > " + itoa(own+400))
	if now := eval[int](p, stepB); now > at {
		t.Errorf("the other run goes on from step %d to %d though nobody looks", at, now)
	}
	p.click("tab-compare")
	p.until(stepB + " > " + itoa(at+20))
	p.click("compare-end")
	p.until("document.getElementById('compare-pair').hidden")
	own = p.step()
	p.until("ganvas.status().step > " + itoa(own+300))
	p.noErrors()
}

// The run that is ahead is held, the other is not, and nobody is held by one that is over.
func TestPace(t *testing.T) {
	p := open(t, desktop, plain+"&autostart=0")
	p.started()
	said := eval[[]string](p, `import("./js/run/pace.js").then(async ({Pace}) => {
		const said = [];
		const pace = new Pace((c) => (said.push("A " + c.type + " " + (c.n ?? "")), Promise.resolve()), (c) => (said.push("B " + c.type + " " + (c.n ?? "")), Promise.resolve()));
		pace.anew(0, 500);
		pace.at(1, {type: "started", step: 0});
		await pace.play(true);
		pace.at(0, {type: "stepped", step: 510, msPerStep: 100});
		said.push("waits " + pace.waits());
		pace.at(1, {type: "stepped", step: 506, msPerStep: 250});
		said.push("waits " + pace.waits());
		pace.at(0, {type: "stopped", step: 510, reason: "finished"});
		await pace.play(false);
		return said;
	})`)
	want := []string{"A hold 50", "B hold 550", "B resume ", "A hold 5", "B hold 515", "waits 0", "A hold 508", "B hold 512", "waits 0", "B hold 0", "A hold 0", "B pause "}
	if len(said) != len(want) {
		t.Fatalf("the runs are told %q, want %q", said, want)
	}
	for i := range want {
		if said[i] != want[i] {
			t.Errorf("the runs are told %q, want %q", said, want)
			break
		}
	}
}

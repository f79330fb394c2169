package life

import (
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// controls are what a visitor can do while a run trains: what is done, and what shows at once that it has been heard. None waits for the trainer.
const controls = `(() => {
	const $ = (id) => document.getElementById(id), click = (id) => $(id).click(), pressed = (id) => $(id).getAttribute("aria-pressed") === "true";
	const set = (id, value, ...events) => { $(id).value = value; for (const e of events) $(id).dispatchEvent(new Event(e, { bubbles: true })); };
	const bars = () => document.querySelectorAll(".card.fake .bars li").length, was = bars(), rate = $("dial-lr_g").value, calm = pressed("curves-calm");
	const other = [...$("dial-loss").options].find((o) => o.value !== $("dial-loss").value && ["lsgan", "hinge"].includes(o.value)).value;
	const rooms = [...document.querySelectorAll("#rooms [role=tab]")].filter((tab) => tab.checkVisibility()).reverse();
	return {
		...Object.fromEntries(rooms.map((tab) => [tab.id, [() => tab.click(), () => tab.getAttribute("aria-selected") === "true"]])),
		losses: [() => click("curves-losses"), () => pressed("curves-losses")],
		verdicts: [() => click("curves-verdicts"), () => pressed("curves-verdicts")],
		smooth: [() => click("curves-calm"), () => pressed("curves-calm") !== calm],
		zoom: [() => click("curves-part"), () => $("curves-part").textContent === "2×"],
		slow: [() => click("slow"), () => pressed("slow")],
		quick: [() => click("slow"), () => !pressed("slow")],
		rate: [() => set("dial-lr_g-slide", "3", "input", "change"), () => $("dial-lr_g").value !== rate],
		"rate's box": [() => set("dial-lr_g", "0.0007", "input", "change"), () => $("dial-lr_g-slide").value !== "3"],
		loss: [() => set("dial-loss", other, "input", "change"), () => !$("dial-pending").hidden],
		"not that loss": [() => click("dial-discard"), () => $("dial-pending").hidden],
		layer: [() => click("dial-generator-more"), () => bars() === was + 1],
		"no layer": [() => click("dial-discard"), () => bars() === was],
		experiment: [() => click("change"), () => !$("controls").hidden],
		"close it": [() => click("close-change"), () => $("controls").hidden],
		lesson: [() => click("lesson-open"), () => pressed("lesson-open")],
		"no lesson": [() => click("lesson-open"), () => !pressed("lesson-open")],
		Chinese: [() => click("lang-zh"), () => document.documentElement.lang.startsWith("zh")],
		English: [() => click("lang-en"), () => document.documentElement.lang === "en"],
		about: [() => click("about-open"), () => Boolean(document.querySelector("dialog[open]"))],
		"close about": [() => document.querySelector("dialog[open]").close(), () => !document.querySelector("dialog[open]")],
		pause: [() => click("play"), () => $("play").dataset.does === "play"],
		"go on": [() => click("play"), () => $("play").dataset.does === "pause"],
	};
})()`

// Whatever trains, and whatever its steps take, every control shows within the turn in which it is used that it has been heard, and the page is drawn
// again afterwards. The times are told, and none is a reason to fail.
func TestLongControlsAnswerAtOnce(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Screen, "preset=ring-2d&autostart=0&lang=en&threads=2")
	p.Started()
	p.Placed()
	for _, c := range [][2]string{{"ring-2d", ""}, {"quick", ""}, {"sngan", "batch: 32"}} {
		p.Part(c[0], func(t *testing.T, p *pagetest.Visit) {
			p.Begins(c[0], c[1])
			p.Click("play")
			p.Until("ganvas.status().step > 0 && ganvas.status().state === 'running'")
			type answer struct {
				Deaf  []string
				Times map[string]float64
			}
			got := pagetest.Eval[answer](p, `(async () => {
				const deaf = [], times = {}, drawn = () => new Promise((f) => requestAnimationFrame(() => setTimeout(f)));
				for (const [name, [act, seen]] of Object.entries(`+controls+`)) {
					const began = performance.now();
					act();
					if (!seen()) deaf.push(name);
					await drawn();
					times[name] = Math.round(performance.now() - began);
				}
				return { deaf, times };
			})()`)
			if len(got.Deaf) > 0 {
				t.Errorf("these do not show at once that they have been heard: %s", strings.Join(got.Deaf, ", "))
			}
			t.Logf("milliseconds until drawn: %v", got.Times)
			p.Until("ganvas.status().state === 'running'")
			p.Click("play")
			p.Until("ganvas.status().state === 'paused'")
		})
	}
	p.NoErrors()
}

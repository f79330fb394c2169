package start

import (
	"testing"

	"ganvas/www/pagetest"
)

// Before the trainer has answered at all, the controls show the experiment that the address asks for, and wait.
func TestControlsBeforeTheTrainer(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, "preset=dcgan&batch=50&lr_d=0.003&generator=32-16&change=1&lang=en", pagetest.Trouble{Script: `window.Worker = class extends EventTarget { postMessage() {} terminate() {} };`})
	p.Until("document.getElementById('dial-preset')?.value === 'dcgan'")
	got := pagetest.Eval[map[string]any](p, `Object.fromEntries([["layers", document.querySelectorAll(".card.fake .bars li").length], ["waits", document.getElementById("dial-rows").inert], ["pending", !document.getElementById("dial-pending").hidden],
		["first width", document.querySelector(".card.fake .bars select").value], ["updates", document.getElementById("dial-d_steps").value],
		...["dial-loss", "dial-arch", "dial-batch", "dial-lr_d", "dial-lr_g", "batch", "lr_d", "generator"].map((id) => [id, document.getElementById(id).value])])`)
	for name, want := range map[string]any{
		"layers": 2.0, "waits": true, "pending": false, "first width": "32", "updates": "1", "dial-loss": "bce", "dial-arch": "dcgan", "dial-batch": "50", "dial-lr_d": "0.003", "dial-lr_g": "0.0002", "batch": "50", "lr_d": "0.003", "generator": "32-16",
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	p.Goto(pagetest.Plain + "&autostart=0&lang=en") // with the same Worker that says nothing: the page of another address
	p.Until("document.getElementById('dial-preset')?.value === 'classic' && document.getElementById('dial-batch').value === '32'")
	p.NoErrors()
}

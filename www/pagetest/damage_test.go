package pagetest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

const quiet = "change=1&preset=classic&generator=8&discriminator=8&batch=8&autostart=0"

// few trains a few steps and pauses.
func (p *visit) few(n int) {
	p.t.Helper()
	p.started()
	eval[bool](p, "ganvas.step("+itoa(n)+").then(() => true)")
	p.until("ganvas.status().step === " + itoa(n))
}

// answer presses a notice's button of that name.
func (p *visit) answer(label string) {
	p.t.Helper()
	p.until(`[...document.querySelectorAll("#notices button")].some((b) => b.textContent.startsWith("` + label + `"))`)
	eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent.startsWith("`+label+`")).click() === undefined`)
}

// A file with one changed byte is refused with a sentence, the run stays as it is, and who changed it on purpose opens it
// all the same. One from before there were digests opens with a word.
func TestDamagedFile(t *testing.T) {
	p := open(t, desktop, quiet)
	p.few(5)
	file := p.saved("save-weights")
	b := read(t, file)
	b[len(b)-2] ^= 0x10
	damaged := filepath.Join(t.TempDir(), "damaged.safetensors")
	if err := os.WriteFile(damaged, b, 0o666); err != nil {
		t.Fatal(err)
	}
	before := p.sum("ganvas.save()")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{damaged}))
	p.until("/damaged.safetensors is damaged/.test(document.getElementById('notices').innerText)")
	if p.sum("ganvas.save()") != before {
		t.Error("a file that was refused changed the run")
	}
	p.answer("Open it anyway")
	p.until("/damaged.safetensors is here/.test(document.getElementById('notices').innerText)")
	old, err := filepath.Abs("../../core/train/testdata/no-digest.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{old}))
	p.until("/no-digest.safetensors is from before/.test(document.getElementById('notices').innerText)")
	p.noErrors()
}

// A kept run that is damaged in the browser's store is not gone on with: the page says so, leaves it alone and offers
// another.
func TestDamagedKeptRun(t *testing.T) {
	p := open(t, desktop, quiet)
	p.few(3)
	p.click("keep-run")
	p.until(`document.querySelectorAll("#runs li").length > 0`)
	p.click("play")
	p.until("ganvas.status().step > 5")
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	at := itoa(p.step())
	if !soon(func() bool {
		return eval[bool](p, keptSteps+".then((steps) => steps.includes("+at+") && steps.includes(3))")
	}) {
		t.Fatal("the two runs are not kept")
	}
	eval[bool](p, `new Promise((done) => {
		const opened = indexedDB.open("ganvas", 1);
		opened.onsuccess = () => {
			const db = opened.result, asked = db.transaction("runs").objectStore("runs").getAll();
			asked.onsuccess = async () => {
				const run = asked.result.find(({ step }) => step === `+at+`);
				const bytes = new Uint8Array(await run.bytes.arrayBuffer());
				bytes[bytes.length - 2] ^= 1;
				const write = db.transaction("runs", "readwrite");
				write.objectStore("runs").put({ ...run, bytes: new Blob([bytes]) });
				write.oncomplete = () => (db.close(), done(true));
			};
		};
	})`)
	p.visit(quiet + "&seed=9")
	p.started()
	p.answer("Go on with it")
	p.until("/step " + at + " is damaged/.test(document.getElementById('notices').innerText)")
	if p.step() != 0 {
		t.Errorf("the page is at step %d of a damaged run", p.step())
	}
	p.answer("Open “")
	p.until("ganvas.status().step === 3 && ganvas.status().state === 'paused'")
	p.noErrors()
}

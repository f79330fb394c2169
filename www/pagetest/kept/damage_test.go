package kept

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

const quiet = "change=1&preset=classic&generator=8&discriminator=8&batch=8&autostart=0"

// answer presses a notice's button of that name.
func answer(p *pagetest.Visit, label string) {
	p.T.Helper()
	p.Until(`[...document.querySelectorAll("#notices button")].some((b) => b.textContent.startsWith("` + label + `"))`)
	pagetest.Eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent.startsWith("`+label+`")).click() === undefined`)
}

// A file with one changed byte is refused with a sentence, the run stays as it is, and who changed it on purpose opens it
// all the same. One from before there were digests opens with a word.
func TestDamagedFile(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, quiet)
	p.Trained(5)
	file := p.Saved("save-weights")
	b := pagetest.Read(t, file)
	b[len(b)-2] ^= 0x10
	damaged := filepath.Join(t.TempDir(), "damaged.safetensors")
	if err := os.WriteFile(damaged, b, 0o666); err != nil {
		t.Fatal(err)
	}
	before := p.Sum("ganvas.save()")
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{damaged}))
	p.Until("/damaged.safetensors is damaged/.test(document.getElementById('notices').innerText)")
	p.Look("damaged")
	if p.Sum("ganvas.save()") != before {
		t.Error("a file that was refused changed the run")
	}
	answer(p, "Open it anyway")
	p.Until("/damaged.safetensors is here/.test(document.getElementById('notices').innerText)")
	old, err := filepath.Abs("../../../core/run/testdata/no-digest.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{old}))
	p.Until("/no-digest.safetensors is from before/.test(document.getElementById('notices').innerText)")
	p.NoErrors()
}

// A kept run that is damaged in the browser's store is not gone on with: the page says so, leaves it alone and offers
// another.
func TestLongDamagedKeptRun(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, quiet)
	p.Trained(3)
	p.Click("keep-run")
	p.Until(`document.querySelectorAll("#runs li").length > 0`)
	p.Click("play")
	p.Until("ganvas.status().step > 5")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at := strconv.Itoa(p.Step())
	if !pagetest.Soon(func() bool {
		return pagetest.Eval[bool](p, pagetest.KeptSteps+".then((steps) => steps.includes("+at+") && steps.includes(3))")
	}) {
		t.Fatal("the two runs are not kept")
	}
	pagetest.Eval[bool](p, `new Promise((done) => {
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
	p.Goto(quiet + "&seed=9")
	p.Started()
	answer(p, "Go on with it")
	p.Until("/step " + at + " is damaged/.test(document.getElementById('notices').innerText.replaceAll(',', ''))")
	p.Look("damaged-kept")
	if p.Step() != 0 {
		t.Errorf("the page is at step %d of a damaged run", p.Step())
	}
	answer(p, "Open “")
	p.Until("ganvas.status().step === 3 && ganvas.status().state === 'paused'")
	p.NoErrors()
}

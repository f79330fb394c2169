package pagetest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// Saved clicks a button and returns the file that the browser saves.
func (p *Visit) Saved(button string) string {
	p.T.Helper()
	folder := p.T.TempDir()
	_, err := chromedp.CallBrowser(p.Ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder})
	if err != nil {
		p.T.Fatalf("the browser does not save files: %v", err)
	}
	p.Click(button)
	var found []string
	if !Soon(func() bool {
		found, _ = filepath.Glob(filepath.Join(folder, "ganvas-*"))
		return len(found) == 1 && filepath.Ext(found[0]) != ".crdownload"
	}) {
		p.T.Fatalf("#%s saved nothing; notices: %q", button, p.Notice())
	}
	return found[0]
}

func Read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// DropFiles drops what the expression gives, an array of File, onto the page.
func (p *Visit) DropFiles(expression string) {
	p.T.Helper()
	Eval[bool](p, `(async () => {
		const carried = new DataTransfer();
		for (const file of await (`+expression+`)) carried.items.add(file);
		return document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true})) || true;
	})()`)
}

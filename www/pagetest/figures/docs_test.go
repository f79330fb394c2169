package figures

import (
	"os"
	"path/filepath"
	"testing"

	"ganvas/www/pagetest"
)

// shots is the table of the documents' screenshots: what the visitor opens, does and waits for.
var shots = []struct {
	file    string
	window  pagetest.View
	query   string
	do      []string                // expressions, one after the other once there is a run
	hand    func(p *pagetest.Visit) // what is done by pointer, after waiting
	waitFor []string
}{
	{file: "page.png", window: pagetest.Screen, query: "lang=en", waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 700", "ganvas.status().metrics", "ganvas.status().step >= 1400"}},
	{
		file: "inside.png", window: pagetest.View{Width: 1440, Height: 1240, Scale: 1}, query: "lang=en&room=inside",
		waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 600"},
	},
	{file: "plane.png", window: pagetest.Screen, query: "lang=en&room=plane&preset=ring-2d", waitFor: []string{"ganvas.status().step >= 1000", "ganvas.status().step >= 3000"}},
	{
		file: "latent.png", window: pagetest.View{Width: 1440, Height: 1240, Scale: 1}, query: "lang=en&room=latent&preset=dcgan&autostart=0",
		do:      []string{`ganvas.load("weights/dcgan.safetensors", {paused: true})`},
		waitFor: []string{"document.getElementById('latent-here').innerText"},
	},
	{
		file: "play.png", window: pagetest.Screen, query: "lang=en&room=play",
		waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 600"}, hand: pagetest.DrawSeven,
	},
	{
		file: "compare.png", window: pagetest.View{Width: 1440, Height: 1240, Scale: 1}, query: "lang=en&room=compare",
		do:      []string{`(document.getElementById("compare-value").value = "0.0004", document.getElementById("compare-go").click(), 1)`},
		waitFor: []string{pagetest.StepB + " > 150", pagetest.StepB + " > 350", "ganvas.status().metrics", pagetest.StepB + " > 620"},
	},
	{file: "slow.png", window: pagetest.Screen, query: "lang=en&autostart=0", do: []string{"ganvas.step(150)"}, waitFor: []string{
		"ganvas.status().state === 'paused' && ganvas.status().step === 150", "(document.getElementById('slow').click(), document.getElementById('play').click(), true)", "ganvas.status().updates > 0",
	}},
	{file: "change.png", window: pagetest.View{Width: 1440, Height: 1240, Scale: 1}, query: "lang=en&change=1&preset=dcgan", waitFor: []string{"ganvas.status().step >= 100"}},
	{file: "phone.png", window: pagetest.View{Width: 390, Height: 844, Dark: true, Scale: 2}, query: "lang=zh", waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 500"}},
}

// TestDocumentsPictures writes the documents' screenshots anew into the folder that GANVAS_DOCS names.
func TestDocumentsPictures(t *testing.T) {
	folder := os.Getenv("GANVAS_DOCS")
	if folder == "" {
		t.Skip("GANVAS_DOCS names no folder for the documents' screenshots")
	}
	for _, c := range shots {
		if only := os.Getenv("GANVAS_ONLY"); only != "" && only != c.file {
			continue
		}
		t.Run(c.file, func(t *testing.T) { // whose end closes its tab, so that no other run takes the next one's time
			p := pagetest.Open(t, c.window, c.query)
			p.Started()
			p.Until("!document.querySelector('#studio.waiting') && document.getElementById('arriving').hidden")
			for _, expression := range c.do {
				pagetest.Eval[any](p, expression)
			}
			for _, condition := range c.waitFor {
				p.Until(condition)
			}
			if c.hand != nil {
				c.hand(p)
			}
			p.Painted()
			p.Rest()
			if err := os.WriteFile(filepath.Join(folder, c.file), p.Picture(), 0o644); err != nil {
				t.Fatal(err)
			}
			p.NoErrors()
		})
	}
}

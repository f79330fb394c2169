package quality

import (
	"fmt"
	"strings"
)

// steady is how many images make figures that hold from one seed to the next.
const steady = 5000

// String is the evaluation for a person.
func (e *Evaluation) String() string {
	var b strings.Builder
	row := func(what, format string, values ...any) {
		fmt.Fprintf(&b, "%-16s"+format+"\n", append([]any{what}, values...)...)
	}
	what := "images"
	if e.Modes != nil && e.Likeness == nil && e.Why == "" {
		what = "points"
	}
	fmt.Fprintf(&b, "%d %s after %d steps\n", e.Count, what, e.Step)
	if c := e.Modes; c != nil && what == "images" {
		row("modes covered", "%.0f of %.0f combinations of digits, as the judge reads them; as many held-out images show %.0f", c["covered"], c["modes"], c["realCovered"])
		row("divergence", "%.3f from the real shares; of held-out images %.3f", c["kl"], c["realKL"])
		row("readable", "%.1f %% of the images show digits that the judge is sure of in every channel", 100*c["quality"])
	} else if c != nil {
		row("modes covered", "%.0f of %.0f (%.0f points)", c["covered"], c["modes"], c["samples"])
		row("at a mode", "%.1f %% of the points", 100*c["quality"])
	} else if q := e.Quality; q != nil {
		row("distance", "%.2f, %.1f times the %.2f between real images (Fréchet, %d against %d images)", q.Frechet, q.Frechet/q.FrechetFloor, q.FrechetFloor, q.Samples, q.Reference)
		row("precision", "%.2f of the images look real", q.Precision)
		row("recall", "%.2f of the real images could have been made", q.Recall)
		if b := e.Beside; b != nil {
			row("kernel distance", "%.4f ± %.4f; between real images %.4f ± %.4f", b.Kernel, b.KernelErr, b.Real.Kernel, b.Real.KernelErr)
			row("density", "%.2f; other real images %.2f", b.Density, b.Real.Density)
			row("coverage", "%.2f of the real images have one like them; other real images %.2f", b.Coverage, b.Real.Coverage)
		}
		row("score", "%.2f; real images %.2f", q.Score, q.ScoreReal)
		row("confidence", "%.2f", q.Confidence)
		row("diversity", "%.2f of real images' within a digit", q.Diversity)
		row("digits covered", "%d of %d (at least 1 %% of the images show each readably, %.0f %% of all can be read); divergence from the real shares %.3f", q.Covered, len(q.Classes), 100*q.Map()["readable"], q.KL)
		for c, n := range q.Classes {
			fmt.Fprintf(&b, "  %d  %5.1f %%  %s\n", c, 100*float64(n)/float64(e.Count), strings.Repeat("█", (n*100+e.Count)/(2*e.Count)))
		}
	}
	if l := e.Likeness; l != nil {
		row("distance", "%.2f, %.1f times the %.2f between real images (Fréchet on random features, %d against %d images)", l.Frechet, l.Frechet/l.Real.Frechet, l.Real.Frechet, l.Samples, l.Reference)
		row("kernel distance", "%.4f ± %.4f; between real images %.4f ± %.4f", l.Kernel, l.KernelErr, l.Real.Kernel, l.Real.KernelErr)
		row("precision", "%.2f of the images look real; of other real images %.2f", l.Precision, l.Real.Precision)
		row("recall", "%.2f of the real images could have been made; other real images %.2f", l.Recall, l.Real.Recall)
		row("density", "%.2f; other real images %.2f", l.Density, l.Real.Density)
		row("coverage", "%.2f of the real images have one like them; other real images %.2f", l.Coverage, l.Real.Coverage)
	} else if e.Why != "" {
		row("not measured", "%s", e.Why)
	}
	if (e.Quality != nil || e.Likeness != nil) && e.Count < steady {
		row("few images", "below %d the Fréchet distance comes out too large, and shares move from seed to seed; the kernel distance does not grow", steady)
	}
	if e.Asked != nil {
		row("as asked", "%.1f %% show the digit that was asked for", 100**e.Asked)
	}
	if e.Memory != nil {
		row("memory", "nearest training image %.2f times as far as a held-out real image's; %.1f %% suspiciously near (1.0 %% of real ones)", e.Memory.Ratio, 100*e.Memory.Nearer)
	}
	if d := e.D; d != nil {
		row("loss", "D %.3f  G %.3f   %s", d.LossD, d.LossG, d.Says)
		row(map[bool]string{false: "D's verdict", true: "D's score"}[d.Scores], "%.2f on held-out real images, %.2f on fakes", d.PReal, d.PFake)
		row("D is right", "about %.0f %% of held-out images and fakes; it takes %.0f %% of held-out and %.0f %% of training images for real", 100*d.Right, 100*d.HeldRight, 100*d.SeenRight)
	}
	return b.String()
}

package session_test

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// D's verdict on a picture is one number, whoever asks: with the pictures that are shown, inside the networks, as a wish, or
// of the picture's bytes alone, whatever else is asked about beside it.
func TestAPictureHasOneVerdict(t *testing.T) {
	dcgan := map[string]any{"arch": "dcgan", "generator": "4-3", "discriminator": "3-4", "lr_d": 0.004}
	for name, fields := range map[string]map[string]any{
		"dense": {}, "conditional": {"conditional": "true"}, "batch norm": dcgan,
		"scores":  {"arch": "dcgan", "generator": "4-3", "discriminator": "3-4", "loss": "hinge"},
		"growing": {"arch": "progressive", "generator": "4-3", "discriminator": "3-4", "dropout": 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, 1, runtest.Patterns(t, 100, 28))
			p.must(&session.Start{Choice: session.Choice{Recipe: with(fields)}, Paused: true})
			p.must(&session.Step{N: 8})
			p.paused(8)
			shown := p.sheet()
			size := shown.Sheet.Sample.Size()
			for i := range 3 {
				for _, of := range []string{"fake", "real"} {
					at, label, want := i, -1, float32(0)
					if of == "fake" {
						want = shown.Sheet.FakeScores[i]
					} else {
						at, want = shown.Sheet.Fakes+i, shown.Sheet.RealScores[i]
					}
					if fields["conditional"] != nil {
						label = int(append(shown.Sheet.FakeLabels[:shown.Sheet.Fakes:shown.Sheet.Fakes], shown.Sheet.RealLabels...)[at])
					}
					same := func(where string, got float64) {
						t.Helper()
						if math.Abs(got-float64(want)) > 1e-4*(1+math.Abs(got)) {
							t.Errorf("%s %d: %s says %g, and %g is shown with it", of, i, where, got, want)
						}
					}
					as := func(v session.Verdicts) []float64 {
						if shown.Sheet.Scores {
							return v.Logits
						}
						return v.P
					}
					bytes := shown.Bytes[at*size:][:size]
					same("a question", as(p.must(&session.Verdict{Digit: label, Pictures: bytes}).Data.(session.Verdicts))[0])
					among := p.must(&session.Verdict{Digit: label, Pictures: append(append([]byte(nil), shown.Bytes[9*size:][:9*size]...), bytes...)})
					same("a question among others", as(among.Data.(session.Verdicts))[9])
					look := p.must(&session.Inspect{Of: of, Index: i}).Data.(*wire.Inspection)
					same("the room inside", float64(look.Verdict))
					wish := p.must(&session.Wish{Of: of}).Data.(*wire.Wishes)
					same("a wish", float64(wish.Scores[i]))
				}
			}
			for seed := range uint64(6) { // what is dealt to be guessed is some other picture
				dealt := p.must(&session.Game{Seed: seed})
				card := dealt.Data.(session.Card)
				asked := p.must(&session.Verdict{Digit: card.Label, Pictures: dealt.Bytes}).Data.(session.Verdicts)
				if math.Abs(card.Logits[0]-asked.Logits[0]) > 1e-4*(1+math.Abs(card.Logits[0])) || card.TakenForReal != (asked.Logits[0] > asked.Middle) {
					t.Errorf("of a picture to be guessed D says %g, and when asked %g", card.Logits[0], asked.Logits[0])
				}
			}
		})
	}
}

// withoutDiscriminator is a page that has opened a generator alone, after five steps, and rests; and the run it is of.
func withoutDiscriminator(t *testing.T) (*page, *run.Trainer) {
	t.Helper()
	set := runtest.Digits(t, 100)
	tr := runtest.Trainer(t, runtest.Small(t), set)
	runtest.Steps(t, tr, 5)
	f, err := trainGenerator(tr)
	if err != nil {
		t.Fatal(err)
	}
	p := newPage(t, 1, set)
	p.must(&session.Load{File: f, Paused: true})
	return p, tr
}

// A discriminator that no file brought has no verdicts until it has learned something.
func TestNoVerdictOfAFreshDiscriminator(t *testing.T) {
	p, _ := withoutDiscriminator(t)
	if s := p.sheet().Sheet; !s.Fresh || len(s.FakeScores)+len(s.RealScores) > 0 || s.Reals == 0 {
		t.Errorf("the sheet is %+v", s)
	}
	if look := p.must(&session.Inspect{}).Data.(*wire.Inspection); !look.Fresh {
		t.Error("looking inside, D is not known to be fresh")
	}
	p.must(&session.Step{N: 1})
	p.paused(6)
	if s := p.sheet().Sheet; s.Fresh || len(s.FakeScores) != s.Fakes {
		t.Errorf("after a step the sheet is %+v", s)
	}
}

// While networks grow, real pictures are shown as D is shown them.
func TestGrowingRunsShowRealPicturesAsDSeesThem(t *testing.T) {
	p := newPage(t, 1, runtest.Patterns(t, 100, 28))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"arch": "progressive", "generator": "4-3", "discriminator": "3-4", "dropout": 0})}, Paused: true})
	shown := p.sheet()
	const size = 28 * 28
	check := func(what string, picture []byte) {
		t.Helper()
		values := map[byte]bool{}
		for _, v := range picture {
			values[v] = true
		}
		if len(values) > 16 {
			t.Errorf("%s has %d values, and D sees 4×4", what, len(values))
		}
	}
	for i := range shown.Sheet.Reals {
		check("a real picture", shown.Bytes[(shown.Sheet.Fakes+i)*size:][:size])
	}
	for seed := range uint64(6) {
		check("a picture to guess", p.must(&session.Game{Seed: seed}).Bytes)
	}
	wishes := p.must(&session.Wish{Of: "real"})
	check("a real picture inside", wishes.Bytes[:size])
}

// Without a label a conditional D's verdict is the highest over all of them.
func TestVerdictWithoutALabel(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"conditional": "true"})}, Paused: true})
	shown := p.sheet()
	pictures := shown.Bytes[:36*70]
	a := p.must(&session.Verdict{Digit: -1, Pictures: pictures}).Data.(session.Verdicts)
	best, of := slices.Repeat([]float64{math.Inf(-1)}, 70), make([]int32, 70)
	for digit := range 10 {
		for i, x := range p.must(&session.Verdict{Digit: digit, Pictures: pictures}).Data.(session.Verdicts).Logits {
			if x > best[i] {
				best[i], of[i] = x, int32(digit)
			}
		}
	}
	if !slices.Equal(a.Logits, best) || !slices.Equal(a.Labels, of) {
		t.Errorf("the highest are %v of %v, want %v of %v", a.Logits, a.Labels, best, of)
	}
	for says, c := range map[string]session.Command{
		"from 0 to 9": &session.Verdict{Digit: 10, Pictures: pictures}, "36 for each": &session.Verdict{Digit: 1, Pictures: pictures[:40]},
	} {
		if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("the error is %v, want one with %q", err, says)
		}
	}
}

// Where the judge knows the data it says which digit a picture shows.
func TestVerdictNamesTheDigit(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js to fetch MNIST with")
	}
	set, err := mnist.Open(t.Context(), data.TestSplit)
	if err != nil {
		t.Fatal(err)
	}
	p := newPage(t, 1, set, judged)
	p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
	const n = 50
	var pictures []byte
	for i := range n {
		pictures = append(pictures, set.Pixels(i)...)
	}
	var shares [][]float64
	for range 500 { // the judge's file comes in its own time
		if shares = p.must(&session.Verdict{Digit: -1, Pictures: pictures}).Data.(session.Verdicts).Shares; shares != nil {
			break
		}
	}
	right := 0
	for i, share := range shares {
		if slices.Index(share, slices.Max(share)) == set.Label(i) {
			right++
		}
	}
	if right < n-2 {
		t.Errorf("the judge names %d of %d digits", right, n)
	}
}

// A critic whose scores mean nothing alone is undecided midway between what it gives to real pictures and to fakes.
func TestCriticsMiddle(t *testing.T) {
	for loss, want := range map[string]float64{"bce": 0, "hinge": 0, "lsgan": 0.5, "wgan-gp": math.NaN(), "relativistic": math.NaN()} {
		p := newPage(t, 1, runtest.Digits(t, 100))
		p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"loss": loss, "dropout": 0})}, Paused: true})
		shown := p.sheet()
		ask := func(b []byte) session.Verdicts {
			return p.must(&session.Verdict{Digit: -1, Pictures: b}).Data.(session.Verdicts)
		}
		fakes, reals := ask(shown.Bytes[:64*36]), ask(shown.Bytes[64*36:])
		if math.IsNaN(want) {
			want = (average(fakes.Logits) + average(reals.Logits)) / 2
		}
		if got := fakes.Middle; math.Abs(got-want) > 1e-3 {
			t.Errorf("%s is undecided at %g, want %g", loss, got, want)
		}
	}
}

func average(x []float64) (mean float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	return mean
}

// Whatever is asked between steps, the run goes as it would without.
func TestAskingLeavesTheRunAlone(t *testing.T) {
	for _, fields := range []map[string]any{
		{}, {"conditional": "true", "ema": 0.9}, {"loss": "wgan-gp", "dropout": 0},
		{"norm": "spectral", "dropout": 0}, {"norm": "batch"},
	} {
		t.Run(fmt.Sprint(fields), func(t *testing.T) {
			asked, plain := newPage(t, 1, runtest.Digits(t, 100)), newPage(t, 1, runtest.Digits(t, 100))
			for _, p := range []*page{asked, plain} {
				p.must(&session.Start{Choice: session.Choice{Recipe: with(fields)}, Paused: true})
			}
			for step := 1; step <= 6; step++ {
				for _, p := range []*page{asked, plain} {
					p.must(&session.Step{N: 1})
					p.paused(step)
				}
				noise := asked.must(&session.Noise{}).Bytes
				row := noise[:len(noise)/64]
				images := asked.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: noise}}).Bytes
				asked.must(&session.Verdict{Digit: -1, Pictures: images[:36*5]})
				asked.must(&session.Sway{GivenNoise: session.GivenNoise{Digit: -1, Noise: row}})
				asked.must(&session.Layout{GivenNoise: session.GivenNoise{Digit: -1, Noise: row}, Format: "film"})
				asked.must(&session.Game{Seed: uint64(step)})
			}
			if !bytes.Equal(asked.must(&session.Save{}).Bytes, plain.must(&session.Save{}).Bytes) {
				t.Error("a run that was asked in between differs from one that was not")
			}
		})
	}
}

// The leader of programs that share batches answers while they step, and their run goes as it would without.
func TestAskingWhileStepsAreShared(t *testing.T) {
	const last = 1500
	asked, plain := newPage(t, 2, runtest.Digits(t, 100)), newPage(t, 2, runtest.Digits(t, 100))
	for _, p := range []*page{asked, plain} {
		p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 2000})}, Paused: true})
		p.must(&session.Step{N: last})
	}
	between := 0
	for i := 0; ; i++ {
		noise := asked.must(&session.Noise{}).Bytes
		images := asked.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: noise}}).Bytes
		a := asked.must(&session.Verdict{Digit: -1, Pictures: images[:36]})
		asked.must(&session.Game{Seed: uint64(i)})
		if a.Step == last {
			break
		}
		between++
	}
	plain.paused(last)
	if between == 0 {
		t.Error("nothing was answered before the last step")
	}
	if d := apart(t, asked.must(&session.Save{}).Bytes, plain.must(&session.Save{}).Bytes); d != 0 {
		t.Errorf("a run that was asked while it went on is %v apart from one that was not", d)
	}
}

// Half of what is dealt is real, and is a picture of the data set; the rest is not. A fresh D says so.
func TestDealIsFair(t *testing.T) {
	set := runtest.Digits(t, 100)
	p := newPage(t, 1, set)
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"conditional": "true"})}, Paused: true})
	of := map[string]int{}
	for i := range 100 {
		of[string(set.Pixels(i))] = set.Label(i)
	}
	const deals = 400
	reals := 0
	for seed := range deals {
		a := p.must(&session.Game{Seed: uint64(seed)})
		card := a.Data.(session.Card)
		label, among := of[string(a.Bytes)]
		if real := card.Real; real != among || real && label != card.Label {
			t.Fatalf("a picture that is in the data set (%v, a %d) is dealt as %v", among, label, a.Data)
		} else if real {
			reals++
		}
		if says := card.TakenForReal; says != (card.P[0] > card.PMiddle) {
			t.Fatalf("D's guess is %v at %v", says, a.Data)
		}
		if card.Learned != 0 {
			t.Fatalf("a D that has done no step has learned in %v", card.Learned)
		}
	}
	if reals < deals/2-50 || reals > deals/2+50 { // five standard deviations
		t.Errorf("%d of %d are real", reals, deals)
	}
	again := func() []byte { return p.must(&session.Game{Seed: 3}).Bytes }
	if !bytes.Equal(again(), again()) {
		t.Error("the seed does not decide what is dealt")
	}
}

// Weights of a generator alone come with a D that has learned nothing.
func TestFreshDiscriminatorIsKnown(t *testing.T) {
	p, tr := withoutDiscriminator(t)
	if got := p.must(&session.Game{Seed: 1}).Data.(session.Card).Learned; got != 0 {
		t.Errorf("a fresh D has learned in %v steps", got)
	}
	p.must(&session.Step{N: 2})
	p.paused(7)
	if got := p.must(&session.Game{Seed: 1}).Data.(session.Card).Learned; got != 2 {
		t.Errorf("after two steps D has learned in %v", got)
	}
	p.must(&session.Load{File: runtest.Encoded(t, tr), Paused: true})
	if got := p.must(&session.Game{Seed: 1}).Data.(session.Card).Learned; got != 5 {
		t.Errorf("a D that came with its run has learned in %v steps, it was 5", got)
	}
}

func trainGenerator(tr *run.Trainer) ([]byte, error) {
	f, err := run.GeneratorFile(tr.GAN, tr.Steps(), tr.Images())
	if err != nil {
		return nil, err
	}
	return f.Encode()
}

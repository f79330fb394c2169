package train

import (
	"math"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/rng"
	"ganvas/core/wire"
)

const (
	shownFakes = 64  // of the fixed noise
	shownReals = 16  // the data set's first
	referred   = 32  // fakes, and real samples, in the batch that D's verdicts refer to
	shownDots  = 512 // of each kind, where they are points of the plane
)

// fixed is the noise whose images are shown all along a run, so that one sees them change.
type fixed struct {
	n       int       // fakes
	noise   []float32 // (n, noise)
	labels  []int32   // 0…9 again and again, conditional runs only
	fakes   *gan.Sampler
	reals   *gan.Sampler
	images  []float32
	scores  []float32
	present []int32 // row numbers of the shown reals
	field   field   // of points only
	refers  int     // real samples in the batch that D's verdicts refer to; −1 before there is one
}

// show makes the noise of that seed the one that is shown.
func (t *Trainer) show(seed uint64) {
	t.shown, t.fixed = seed, newFixed(t.GAN.Recipe, seed, t.set)
}

func newFixed(r config.Recipe, seed uint64, set *data.Set) fixed {
	n, reals := shownFakes, shownReals
	if set.Modes() != nil {
		n, reals = shownDots, shownDots
	}
	f := fixed{n: n, refers: -1, noise: make([]float32, n*r.Noise), labels: cycle(r, set.Classes(), n)}
	rng.New(seed, "fixed noise").Normal(f.noise)
	f.present = make([]int32, reals)
	for i := range f.present {
		f.present[i] = int32(i)
	}
	return f
}

// bytes is the noise with a byte a value: −3…3 as 0…255.
func (f *fixed) bytes() []byte {
	b := make([]byte, len(f.noise))
	for i, v := range f.noise {
		b[i] = byte(math.Round(255 * float64(min(max((v+3)/6, 0), 1))))
	}
	return b
}

// cycle is n labels that go through the classes in turn; nil for an unconditional recipe.
func cycle(r config.Recipe, classes, n int) []int32 {
	if !r.Conditional {
		return nil
	}
	labels := make([]int32, n)
	for i := range labels {
		labels[i] = int32(i % classes)
	}
	return labels
}

// bind makes the samplers, at their first use and whenever the networks have been replaced.
func (t *Trainer) bindFixed() (err error) {
	f := &t.fixed
	if f.fakes != nil {
		return nil
	}
	if f.fakes, err = t.GAN.NewSampler(f.n); err != nil {
		return err
	}
	if f.reals, err = t.GAN.NewSampler(len(f.present)); err != nil {
		return err
	}
	size := t.GAN.Data.Sample.Size()
	f.images, f.scores = make([]float32, f.n*size), make([]float32, f.n)
	if t.set.Modes() != nil {
		f.field, err = newField(t.GAN)
	}
	return err
}

// refer names the batch whose statistics D takes for its verdicts: the first of the shown fakes, and as many real samples
// once they are there.
func (t *Trainer) refer() error {
	f, reals := &t.fixed, min(referred, t.set.Len())
	if t.set.Arrived() < reals {
		reals = 0
	}
	if f.refers == reals {
		return nil
	}
	images, labels := make([]float32, reals*t.set.Size()), make([]int32, reals)
	rows := make([]int32, reals)
	for i := range rows {
		rows[i] = int32(i)
	}
	t.set.Gather(images, rows)
	if t.set.Classes() > 0 {
		t.set.GatherLabels(labels, rows)
	}
	f.refers = reals
	return t.GAN.Refer(f.noise[:referred*t.GAN.Recipe.Noise], leading(f.labels, referred), images, labels)
}

// Extent is the height and width of one sample as bytes; a point of the plane has one row of two.
func Extent(m *gan.GAN) (h, w int) {
	s := m.Data.Sample
	if s.H == 1 && s.W == 1 {
		return 1, s.C
	}
	return s.H, s.W
}

// Sheet is the fixed noise's images now beside the data set's first ones, each with D's verdict on what is seen of it. The bytes are those of
// [wire.Sheet]: fakes, then reals (none before they have arrived), then D's field where the samples are points.
func (t *Trainer) Sheet() (*wire.Sheet, []byte, error) {
	if err := t.bindFixed(); err != nil {
		return nil, nil, err
	}
	if err := t.refer(); err != nil {
		return nil, nil, err
	}
	f, shape := &t.fixed, t.GAN.Data.Sample
	h, w := Extent(t.GAN)
	s := &wire.Sheet{Height: h, Width: w, Fakes: f.n, FakeLabels: f.labels}
	if t.GAN.Grows() {
		s.Side, s.FadeIn = t.GAN.Side(), t.GAN.FadeIn()
	}
	f.fakes.Images(f.images, f.noise, f.labels)
	pixels := img.ToBytes(nil, f.images)
	s.Scores, s.Fresh = t.GAN.Scores(), t.Fresh()
	img.Rounded(f.images)
	f.fakes.Judge(f.scores, f.images, f.labels)
	if !s.Fresh {
		s.FakeScores = append([]float32(nil), f.scores...)
	}
	if n := len(f.present); t.set.Arrived() >= n && t.set.Len() >= n {
		real := f.images[:n*shape.Size()]
		t.set.Gather(real, f.present)
		f.reals.AsSeen(real)
		img.Rounded(real)
		labels := make([]int32, n)
		if t.set.Classes() > 0 {
			t.set.GatherLabels(labels, f.present)
			s.RealLabels = labels
		}
		pixels = img.ToBytes(pixels, real)
		f.reals.Judge(f.scores[:n], real, labels)
		if s.Reals = n; !s.Fresh {
			s.RealScores = append([]float32(nil), f.scores[:n]...)
		}
	}
	if f.field.sampler != nil && !s.Fresh {
		s.Field = fieldSide
		pixels = f.field.add(pixels, s.Scores)
	}
	return s, pixels, t.GAN.Engine.Err()
}

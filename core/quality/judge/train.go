package judge

import (
	"context"
	"fmt"
	"math"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/optim"
	"ganvas/core/rng"
)

// Plan is how a judge is trained.
type Plan struct {
	Epochs int
	Batch  int
	Rate   float64 // Adam's highest learning rate; it rises over the first tenth of the run and falls to 0 by a cosine
	Seed   uint64
	Tell   func(done, steps int) // after each step; may be nil
}

// Train makes a judge that knows a labelled set: softmax cross-entropy, Adam, each picture moved by up to two pixels
// each way. report, if there is one, is told each epoch's mean loss.
func Train(ctx context.Context, e engine.Engine, set *data.Set, plan Plan, report func(epoch int, loss float64)) (*Judge, error) {
	if set.Size() != Side*Side || set.Classes() != Classes {
		return nil, fmt.Errorf("a judge is trained on %d × %d pictures of %d classes: %s has others", Side, Side, Classes, set.Name())
	}
	j, err := New(e, plan.Batch, plan.Seed)
	if err != nil {
		return nil, err
	}
	rule := optim.Spec{Rule: optim.Adam, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}
	body, err := e.Optimize(j.body, rule)
	if err != nil {
		return nil, err
	}
	head, err := e.Optimize(j.head, rule)
	if err != nil {
		return nil, err
	}
	order, moves := data.NewOrder(plan.Seed, set.Len(), plan.Batch), rng.New(plan.Seed, "judge's moves")
	rows, labels := make([]int32, plan.Batch), make([]int32, plan.Batch)
	logits, slopes := make([]float32, plan.Batch*Classes), e.NewArray(plan.Batch, Classes)
	per := set.Len() / plan.Batch
	all := per * plan.Epochs
	for epoch := range plan.Epochs {
		total := 0.0
		for k := range per {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			step := epoch*per + k
			order.Next(rows)
			set.GatherLabels(labels, rows)
			for i, row := range rows {
				moved(j.x[i*Side*Side:][:Side*Side], set.Pixels(int(row)), moves.IntN(5)-2, moves.IntN(5)-2)
			}
			j.in.Write(j.x)
			mode := engine.Mode{Train: true, Seed: plan.Seed ^ uint64(step)*0x9E3779B97F4A7C15, Alpha: 1, Rows: plan.Batch}
			features := j.see.Forward(engine.Batch{X: j.in}, mode)
			j.tell.Forward(engine.Batch{X: features}, mode).Read(logits)
			total += crossEntropy(logits, labels)
			slopes.Write(logits)
			body.ZeroGrad()
			head.ZeroGrad()
			j.see.Backward(j.tell.Backward(slopes, engine.Params|engine.Input), engine.Params)
			rate := plan.Rate * schedule(float64(step)/float64(all))
			body.Step(rate)
			head.Step(rate)
			if plan.Tell != nil {
				plan.Tell(step+1, all)
			}
		}
		if report != nil {
			report(epoch+1, total/float64(per))
		}
	}
	return j, e.Err()
}

// schedule is the learning rate's share of its highest at a place of the run from 0 to 1.
func schedule(at float64) float64 {
	const rise = 0.1
	if at < rise {
		return (at + 0.001) / (rise + 0.001)
	}
	return (1 + math.Cos(math.Pi*(at-rise)/(1-rise))) / 2
}

// crossEntropy is the mean of −log softmax at the labels; logits (n, Classes) become its gradient.
func crossEntropy(logits []float32, labels []int32) float64 {
	n, loss := float64(len(labels)), 0.0
	for i, label := range labels {
		row := logits[i*Classes:][:Classes]
		p := softmax(row)
		loss -= math.Log(max(p[label], 1e-300)) / n
		for c := range row {
			row[c] = float32(p[c] / n)
		}
		row[label] -= float32(1 / n)
	}
	return loss
}

// moved is a picture's bytes in [−1, 1], dx to the right and dy down; what comes in from outside is black.
func moved(to []float32, from []byte, dx, dy int) {
	for y := range Side {
		for x := range Side {
			v := float32(-1)
			if sx, sy := x-dx, y-dy; sx >= 0 && sx < Side && sy >= 0 && sy < Side {
				v = float32(from[sy*Side+sx])/127.5 - 1
			}
			to[y*Side+x] = v
		}
	}
}

// Accuracy is the share of a labelled set's pictures whose digit the judge names.
func (j *Judge) Accuracy(set *data.Set) float64 {
	right, batch := 0, make([]byte, 0, j.rows*Side*Side)
	for at := 0; at < set.Arrived(); at += j.rows {
		batch = batch[:0]
		for i := at; i < min(at+j.rows, set.Arrived()); i++ {
			batch = append(batch, set.Pixels(i)...)
		}
		var s Seen
		j.Look(&s, batch)
		for i := range s.Len() {
			if c, _ := s.Class(i); c == set.Label(at+i) {
				right++
			}
		}
	}
	return float64(right) / float64(max(1, set.Arrived()))
}

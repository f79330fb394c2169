// Package engine says what a GAN needs of whatever computes it: networks bound to a batch size, their forward and
// backward passes, a gradient penalty and optimizers. The CPU engine is beside it; libtorch's is in native/torch.
package engine

import (
	"ganvas/core/data"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
	"ganvas/core/weights"
)

// Released is what holds an engine's memory. Release gives it back at once; further calls do nothing, and nothing else may be
// asked of it, or of what was bound to it, afterwards. What nobody releases goes with the engine at the latest.
type Released interface{ Release() }

// Array is a (rows, cols) float32 matrix in the engine's own memory.
type Array interface {
	Released
	Rows() int
	Cols() int
	Write(src []float32) // src (rows·cols) into the array
	Read(dst []float32)  // the array into dst (rows·cols)
}

// Reading is an array and the memory (rows·cols) that it is to be read into.
type Reading struct {
	From Array
	To   []float32
}

// Batch is what a network is fed: samples, one a row, and their labels where the network takes any. X need not be divided into the
// rows that the network is bound to, as long as it has as many values: those of a row follow each other.
type Batch struct {
	X      Array
	Labels []int32
}

// Pass is a network bound to a number of rows, every buffer allocated. Results are valid until the same Pass's next call.
type Pass interface {
	Released
	// Forward: logits or images (rows, out).
	Forward(in Batch, m Mode) Array
	// Backward of the last Forward from dy (rows, out), however that is divided into rows: adds to the parameter gradients where w has Params, returns
	// the gradient of the input (rows, in) where it has Input.
	Backward(dy Array, w Wrt) Array
	// Penalize adds the parameter gradients of the mean over the whole batch of c(‖∂D/∂x‖), D being the network's first
	// output, and puts the bound rows' share of that mean into mean (1, 1): the sum over them by the rows of the whole
	// batch. A network that it cannot be taken through was refused by net.Spec.CheckPenalty.
	Penalize(in Batch, m Mode, c Curve, mean Array)
}

// Net is a network: a spec with weights.
type Net interface {
	Released
	Spec() net.Spec
	Bind(rows int) (Pass, error)
	// State copies every parameter and running statistic out, named as PyTorch's state_dict names them.
	State() ([]weights.Tensor, error)
	// Load replaces them all, or none when a tensor is missing, left over, of another shape or not finite.
	Load([]weights.Tensor) error
	// Count is the number of trainable parameters.
	Count() int
}

// Optimizer updates one network's weights from its gradients.
type Optimizer interface {
	Released
	// ZeroGrad forgets the gradients.
	ZeroGrad()
	// Step applies the gradients, summed over the group, with that learning rate.
	Step(lr float64)
	// SetBeta2 takes another memory of the squared gradient from the next step on, in place of the rule's Beta2.
	SetBeta2(beta2 float64)
	// State copies the moments out under "exp_avg.0.weight" and so on, with the step count under "step".
	State() ([]weights.Tensor, error)
	Load([]weights.Tensor) error
	// Reset forgets the moments and the step count.
	Reset()
}

// Table is a data set in the engine's own memory.
type Table interface {
	// Gather: dst (n, sample) = the named rows scaled to [−1, 1]. Rows must have arrived.
	Gather(dst Array, rows []int32)
}

// Engine builds networks and optimizers and owns their memory.
type Engine interface {
	// Name says what computes and on what, for a status line.
	Name() string
	// Threads is how many threads or programs share the work.
	Threads() int
	// Group is the programs that share each batch with this one.
	Group() Group
	// Build makes a network with fresh weights drawn from r.
	Build(s net.Spec, r *rng.Stream) (Net, error)
	Optimize(n Net, s optim.Spec) (Optimizer, error)
	// Average moves dst's parameters towards src's: dst ← decay·dst + (1−decay)·src; running statistics are copied.
	Average(dst, src Net, decay float64)
	NewArray(rows, cols int) Array
	// Read is Array.Read of all, waiting once for what is still being computed.
	Read(all []Reading)
	// Mix: dst = ε·a + (1−ε)·b, row by row of dst with eps (rows); a and b have as many values.
	Mix(dst, a, b Array, eps []float32)
	Table(s *data.Set) (Table, error)
	// Err is the first failure of any call that has no error of its own; after it results mean nothing.
	Err() error
	Close() error
}

// Rough is an engine whose products may be rounded to fewer digits than float32 has.
type Rough interface{ Rough() bool }

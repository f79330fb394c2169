package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// reweighed is a dense, convolution or label-product Op that computes with a weight made of the one that is learned.
// The rule makes it before every forward pass and takes its gradient back after every backward one. Each pass has a made
// weight of its own, since a rule may make another for the next pass before this one has gone back.
type reweighed struct {
	op   Op
	made View // the weight that op sees, with gradients of its own
	rule reweighing
}

// reweighing is how a weight is made of the learned one.
type reweighing interface {
	weigh(made []float32)    // made = f(learned)
	learn(made, g []float32) // adds f′ of g, the gradient at made, to the learned weight's gradient
}

// reweigh binds l to the weight that rule makes and to the bias, if it has any.
func reweigh(b *binding, l net.Layer, size int, bias []View, rule reweighing) Op {
	r := &reweighed{rule: rule, made: View{W: make([]float32, size), G: make([]float32, size)}}
	b.first(append([]View{r.made}, bias...))
	r.op = net.Visit[Op](l, b)
	return r
}

func (r *reweighed) Forward(x []float32) []float32 {
	r.rule.weigh(r.made.W)
	return r.op.Forward(x)
}

func (r *reweighed) Backward(dy []float32, w engine.Wrt) []float32 {
	return r.learning(w, func() []float32 { return r.op.Backward(dy, w) })
}

func (r *reweighed) Push(t []float32) []float32 { return r.op.(TangentOp).Push(t) }

func (r *reweighed) Pull(py []float32, w engine.Wrt) []float32 {
	return r.learning(w, func() []float32 { return r.op.(TangentOp).Pull(py, w) })
}

// learning runs a pass of op and hands the gradient that it adds up on to the learned weight, as w asks.
func (r *reweighed) learning(w engine.Wrt, pass func() []float32) []float32 {
	if w&engine.Params == 0 {
		return pass()
	}
	clear(r.made.G)
	d := pass()
	r.rule.learn(r.made.W, r.made.G)
	return d
}

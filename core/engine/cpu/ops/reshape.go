package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Reshape(net.Reshape) Op { return pass{} }
func (b *binding) AsImage(net.AsImage) Op { return pass{} }
func (b *binding) Flatten(net.Flatten) Op { return pass{} }

// pass hands everything on.
type pass struct{}

func (pass) Forward(x []float32) []float32                 { return x }
func (pass) Backward(dy []float32, w engine.Wrt) []float32 { return result(dy, w) }
func (pass) Push(t []float32) []float32                    { return t }
func (pass) Pull(py []float32, w engine.Wrt) []float32     { return result(py, w) }

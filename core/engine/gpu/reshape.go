package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Reshape(net.Reshape) op { return same{} }
func (b *binding) AsImage(net.AsImage) op { return same{} }
func (b *binding) Flatten(net.Flatten) op { return same{} }

// same hands everything on.
type same struct{}

func (same) forward(_ *recorder, x span) span                 { return x }
func (same) backward(_ *recorder, dy span, w engine.Wrt) span { return result(dy, w) }
func (same) push(_ *recorder, t span) span                    { return t }
func (same) pull(_ *recorder, py span, w engine.Wrt) span     { return result(py, w) }

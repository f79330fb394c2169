package ops

import "ganvas/core/net"

// binding makes a layer computable: a method for each kind takes its parameters in the order of the layer's Params.
type binding struct {
	*Binder
	in   net.Shape
	leak float32 // of the activation behind the layer that its own product takes in, where joins says so; 1: none
}

// joins reports whether a layer can apply the leaky activation behind it while its results are still in registers.
func joins(l net.Layer) bool {
	switch l := l.(type) {
	case net.Linear, net.Conv2d:
		return true
	case net.Spectral:
		return joins(l.Layer)
	case net.Equalized:
		return joins(l.Layer)
	}
	return false
}

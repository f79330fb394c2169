package engine

import "ganvas/core/net"

// Inspector is a Net whose inside can be looked at. The networks of an engine need not have it.
type Inspector interface {
	// Inspect binds the network to that many rows for looking.
	Inspect(rows int) (Inspection, error)
}

// Inspection is a network bound for looking, in evaluation mode: it waits for no other program and changes nothing that
// training reads.
type Inspection interface {
	// Places are where one can look, in the order of computation; the others' index is into it.
	Places() []net.Place
	// Forward runs the network on x (rows, in) with labels (rows) where it takes any.
	Forward(x []float32, labels []int32, m Mode)
	// Activation is what the last Forward made of one row at a place (out); nil where it did not go that way.
	Activation(place, row int) []float32
	// Weight is the weight that the place's layer computes with, in the shape of the learned one; nil where it has none.
	Weight(place int) []float32
	// Gradient is what the last update of the network had for the learned weight, summed over the group; nil as Weight.
	Gradient(place int) []float32
}

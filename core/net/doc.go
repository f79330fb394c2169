// Package net describes networks: their layers, what shape each makes of a shape, what parameters it has, how these are
// named and how they start. It computes nothing. Every engine reads the same descriptions and computes them in its own way.
//
// A sample's values lie in (channel, row, column) order, which is PyTorch's NCHW.
package net

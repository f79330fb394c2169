// Package nn holds the layers that networks are made of.
//
// A layer exists twice. As a value of type [Layer] it is a description: what shape it makes of a shape, what parameters
// it has and how they start. Every engine reads these. Bound to a number of rows and to its parameters' memory it is an
// [Op], which computes on preallocated float32 buffers and allocates nothing afterwards; the CPU engine runs these.
//
// All arrays are row-major, one sample a row: (n, C·H·W) with the columns in (channel, row, column) order, which is
// PyTorch's NCHW.
package nn

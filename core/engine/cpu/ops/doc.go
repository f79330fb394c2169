// Package ops computes the layers of core/net on the CPU. [Bind] binds layers to a number of rows and to their
// parameters' memory as [Op]s, which work on preallocated float32 buffers and allocate nothing afterwards.
//
// All arrays are row-major, one sample a row: (n, C·H·W) with the columns in (channel, row, column) order.
package ops

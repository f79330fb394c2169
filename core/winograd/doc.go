// Package winograd computes convolutions with fewer multiplications than their definition has, by Winograd's minimal
// filtering (S. Winograd, Arithmetic complexity of computations, 1980; for networks Lavin and Gray, arXiv:1509.09308).
//
// A row of m outputs of a kernel of r taps is the middle of a product of polynomials. It can be had from the polynomials'
// values at m+r−1 points, one multiplication a point where the definition has m·r. The points here are 0, 1, −1 and ∞, so
// that going to values and back takes additions and halves only and rounds little: F(3, 2), F(2, 2), F(2, 3) and F(1, 3).
// Rows are cut into tiles of these sizes without a remainder. A kernel with stride 2 is taken apart into the pixels with
// even and with odd numbers, of which each meets half of the taps.
//
// In two dimensions every pair of points makes a matrix product of its own, over all tiles that use it: of the kernel's
// values (maps, pixel maps) and the image's (pixel maps, tiles·images). A convolution 4 × 4 with stride 2 onto 7 × 7 places
// needs 100 multiplications for 196, one of 3 × 3 with stride 1 onto 14 × 14 needs 784 for 1764.
//
// Images lie innermost: everything between is a [f32.Stencil] over runs of images.
package winograd

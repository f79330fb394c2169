// Package latent is the room of the latent space: a field of the images on a plane through three fakes, the way from one
// to another, and one picture that can be taken apart value by value. What is drawn is computed in plain files; the
// drawing itself is built for the browser only.
package latent

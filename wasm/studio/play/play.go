// Package play is the room to play in: draw a digit and see what the discriminator makes of it, or guess against it which
// pictures are real. What is drawn is computed in plain files; the drawing itself is built for the browser only.
package play

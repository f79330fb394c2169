// Package inside is the room that looks inside the networks: a layer's weights and activations as pictures, histograms
// over the run, and how D wishes each sample were. What it draws is computed here; the files that draw are built for the
// browser only.
package inside

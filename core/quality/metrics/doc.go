// Package metrics says how good generated images are, from what a classifier makes of them: vectors of features and
// probabilities of classes.
package metrics

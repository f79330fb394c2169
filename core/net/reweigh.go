package net

import "fmt"

// checkReweighable says which layers have a weight of (out, fan-in) as their first parameter.
func checkReweighable(l Layer, what string) error {
	switch l.(type) {
	case Linear, Conv2d, LabelProduct:
		return nil
	}
	return fmt.Errorf("%s is made for dense and convolution layers, not for %T", what, l)
}

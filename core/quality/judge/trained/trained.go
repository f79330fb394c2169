// Package trained holds the judge's weights: those that go run ./native/lab/judge makes, in float16.
package trained

import _ "embed"

// File is a safetensors file for judge.Load.
//
//go:embed judge.safetensors
var File []byte

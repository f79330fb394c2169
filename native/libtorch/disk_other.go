//go:build !linux

package libtorch

// Libtorch is set up on Linux only, see Supported.

func checkSpace(string, int64) error { return nil }
func isNoSpace(error) bool           { return false }
func lock(string) (func(), error)    { return func() {}, nil }

//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package pagetest

// lock does nothing here: use go test -p 1, so that packages do not build the site at the same time.
func lock(string) (unlock func(), err error) { return func() {}, nil }

package config

// Alike reports whether runs of two recipes take the same memory on the same data: they differ at most in what may change
// while a run goes on, and in the seed.
func (r Recipe) Alike(o Recipe) bool {
	for i := range Fields {
		f := &Fields[i]
		if !f.Live && f.Name != "seed" && f.Get(&r) != f.Get(&o) {
			return false
		}
	}
	return true
}

package rerun

import "testing"

// Programs of one source are kept apart, and so are builds of one program.
func TestKeys(t *testing.T) {
	one, other := &program{pkg: "ganvas/native"}, &program{pkg: "ganvas/native/lab/judge"}
	seen := map[string]string{}
	for what, key := range map[string]string{
		"a program":            one.key([]byte("source"), "go1", Build{}),
		"another program":      other.key([]byte("source"), "go1", Build{}),
		"another source":       one.key([]byte("changed"), "go1", Build{}),
		"another toolchain":    one.key([]byte("source"), "go2", Build{}),
		"with tags":            one.key([]byte("source"), "go1", Build{Tags: []string{"libtorch"}}),
		"in other environment": one.key([]byte("source"), "go1", Build{Env: []string{"CGO_ENABLED=0"}}),
	} {
		if twin := seen[key]; twin != "" {
			t.Errorf("%s has the folder of %s", what, twin)
		}
		seen[key] = what
	}
}

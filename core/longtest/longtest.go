// Package longtest keeps tests that take long out of the everyday run.
package longtest

import (
	"os"
	"strings"
	"testing"
)

// Variable is the environment variable that has them run; .ci/run sets it.
const Variable = "GANVAS_LONG"

// Test skips a test, unless GANVAS_LONG is set. Its name has to begin with TestLong, by which
// GANVAS_LONG=1 go test -run '^TestLong' ./... finds all of them and no other.
func Test(t testing.TB) {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestLong") {
		t.Fatalf("%s takes long: its name has to begin with TestLong, or nothing runs it", t.Name())
	}
	if os.Getenv(Variable) == "" {
		t.Skip("it takes long, and " + Variable + " is not set")
	}
}

package site_test

import (
	"os"
	"regexp"
	"testing"

	"ganvas/core/net"
)

// Every kind of layer is called something in each language, and nothing else is named as one.
func TestLayersHaveTexts(t *testing.T) {
	text, err := os.ReadFile("../js/texts/layers.js")
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for _, m := range regexp.MustCompile(`\b(\w+): "`).FindAllSubmatch(text, -1) {
		times[string(m[1])]++
	}
	for _, r := range net.Rows {
		if times[r.Name] != 2 {
			t.Errorf("%s is named %d times in two languages", r.Name, times[r.Name])
		}
		delete(times, r.Name)
	}
	for _, other := range []string{"sized", "image", "point", "projection"} { // no layers themselves
		delete(times, other)
	}
	for name := range times {
		t.Errorf("there is a text for %s, which is no layer", name)
	}
}

package session

import (
	"encoding/json"
	"strings"
	"testing"

	"ganvas/core/wire"
)

// Numbers of a command mean what they say, large ones too, and a seed that JSON cannot keep is refused.
func TestRecipeOfACommand(t *testing.T) {
	ask := func(text string) (wire.Command, error) {
		var c wire.Command
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			t.Fatal(err)
		}
		r, err := recipe(c)
		if err == nil && (r.Seed != 9007199254740991 || r.Epochs != 1000000 || r.LRG != 1e-6 || len(r.Generator) != 2) {
			t.Errorf("%s gives %s", text, r.JSON())
		}
		return c, err
	}
	if _, err := ask(`{"recipe": {"seed": 9007199254740991, "epochs": 1000000, "lr_g": 1e-6, "generator": [32, 16]}}`); err != nil {
		t.Error(err)
	}
	if _, err := ask(`{"recipe": {"seed": 9007199254740993}}`); err == nil || !strings.Contains(err.Error(), "seed") || !strings.Contains(err.Error(), "9007199254740991") {
		t.Errorf("a seed that JSON rounds: %v", err)
	}
}

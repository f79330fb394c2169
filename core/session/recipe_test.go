package session

import (
	"strings"
	"testing"
)

// Numbers of a command mean what they say, large ones too, and a seed that JSON cannot keep is refused.
func TestRecipeOfACommand(t *testing.T) {
	ask := func(text string) error {
		m, id, err := Decode(text, nil)
		if err != nil || id != 7 {
			t.Fatalf("%s is read as %d: %v", text, id, err)
		}
		r, err := m.Command.(*Start).recipe()
		if err == nil && (r.Seed != 9007199254740991 || r.Epochs != 1000000 || r.LRG != 1e-6 || len(r.Generator) != 2) {
			t.Errorf("%s gives %s", text, r.JSON())
		}
		return err
	}
	if err := ask(`{"type": "start", "id": 7, "recipe": {"seed": 9007199254740991, "epochs": 1000000, "lr_g": 1e-6, "generator": [32, 16]}}`); err != nil {
		t.Error(err)
	}
	if err := ask(`{"type": "start", "id": 7, "recipe": {"seed": 9007199254740993}}`); err == nil || !strings.Contains(err.Error(), "seed") || !strings.Contains(err.Error(), "9007199254740991") {
		t.Errorf("a seed that JSON rounds: %v", err)
	}
}

// Every command is read as it is written, and what is none is refused in a sentence under its ID.
func TestCommandsTravel(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range commands {
		c := r.empty()
		b, carries := c.(carrier)
		if carries {
			*b.beside() = []byte("x")
		}
		text, bytes := Encode(c)
		m, _, err := Decode(text, bytes)
		if err != nil || Name(m.Command) != r.name || seen[r.name] {
			t.Errorf("%s is read as %T: %v", text, m.Command, err)
			continue
		}
		seen[r.name] = true
		if b, _ := m.Command.(carrier); carries && string(*b.beside()) != "x" {
			t.Errorf("the bytes of %s are lost", r.name)
		}
	}
	for text, says := range map[string]string{`{"type": "dance", "id": 3}`: `There is no command "dance".`, `{"type": "step", "id": 3, "n": "two"}`: "A message from the page is unreadable"} {
		if _, id, err := Decode(text, nil); err == nil || id != 3 || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("%s: %d, %v", text, id, err)
		}
	}
}

package config

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// Every field of the struct stands in the table, once, under its JSON name.
func TestTableHoldsEveryField(t *testing.T) {
	s := reflect.TypeFor[Recipe]()
	if s.NumField() != len(Fields) {
		t.Errorf("the recipe has %d fields and the table %d rows", s.NumField(), len(Fields))
	}
	var r Recipe
	v := reflect.ValueOf(&r).Elem()
	for i := range s.NumField() {
		name, _, _ := strings.Cut(s.Field(i).Tag.Get("json"), ",")
		f := Find(name)
		if f == nil {
			t.Errorf("the table lacks %s", name)
			continue
		}
		if f.at(&r) != v.Field(i).Addr().Interface() {
			t.Errorf("the table's row %s is another field's", name)
		}
		if f.Help == "" || f.Allowed() == "" {
			t.Errorf("%s has no help", name)
		}
	}
}

func TestPresetsAreValidAndSurviveJSON(t *testing.T) {
	for _, p := range Presets {
		r := p.Recipe()
		if err := r.Validate(); err != nil {
			t.Errorf("preset %s: %v", p.Name, err)
		}
		again, err := Parse(r.JSON())
		if err != nil || !again.Equal(r) {
			t.Errorf("preset %s comes back as %s (%v)", p.Name, again.JSON(), err)
		}
		if p.Says == "" {
			t.Errorf("preset %s says nothing of itself", p.Name)
		}
	}
}

func TestTextFormComesBack(t *testing.T) {
	for _, p := range Presets {
		r, blank := p.Recipe(), classic()
		for i := range Fields {
			if err := blank.setUnchecked(&Fields[i], Fields[i].Get(&r)); err != nil {
				t.Fatalf("preset %s, field %s: %v", p.Name, Fields[i].Name, err)
			}
		}
		if !blank.Equal(r) {
			t.Errorf("preset %s comes back as %s", p.Name, blank.JSON())
		}
	}
}

// setUnchecked puts text into a field without the rules between fields, which hold only when all are set.
func (r *Recipe) setUnchecked(f *Field, text string) error { return f.parse(r, text) }

func TestErrorsNameTheFieldAndWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ name, value, says string }{
		{"batch", "0", "1 to 4096"}, {"batch", "ten", "whole number"}, {"batch", "1e9", "whole number"},
		{"lr_g", "NaN", "number from"}, {"lr_g", "-1", "number from"}, {"loss", "bse", "bce"},
		{"generator", "", "256-512-1024"}, {"generator", "1-2-3-4-5-6-7-8-9", "one to eight"}, {"conditional", "maybe", "true or false"},
		{"seed", "-1", "whole number"}, {"batsh", "3", "did you mean batch?"}, {"loss", "wgan", "did you mean wgan-gp?"}, {"epochs", "1e3", "whole number from 1 to 1000000"},
		{"seed", "9007199254740992", "0 to 9007199254740991"}, {"seed", "9007199254740993", "0 to 9007199254740991"}, {"seed", "18446744073709551615", "0 to 9007199254740991"},
	} {
		r := classic()
		err := r.Set(c.name, c.value)
		if err == nil || !strings.Contains(err.Error(), c.name) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s = %q: %v", c.name, c.value, err)
		}
		if !r.Equal(classic()) {
			t.Errorf("%s = %q changed the recipe", c.name, c.value)
		}
	}
}

// The largest seed is one that every reader of JSON keeps. Recipes in files from when larger ones were allowed are valid.
func TestSeedsAreWhatJSONKeeps(t *testing.T) {
	r := classic()
	if err := r.Set("seed", "9007199254740991"); err != nil {
		t.Error(err)
	}
	if n := float64(r.Seed); uint64(n) != r.Seed {
		t.Errorf("seed %d is %.0f as a number of JavaScript's", r.Seed, n)
	}
	for _, seed := range []uint64{1 << 53, 1<<53 + 1} {
		r.Seed = seed
		again, err := Parse(r.JSON())
		if err != nil || again.Seed != seed {
			t.Errorf("a file with seed %d gives %d (%v)", seed, again.Seed, err)
		}
	}
	if r.Seed = 1<<53 + 2; r.Validate() == nil {
		t.Errorf("seed %d was never allowed", r.Seed)
	}
}

// Fields of a group stand together, and every group has fields.
func TestGroups(t *testing.T) {
	seen := map[string]int{}
	for i, f := range Fields {
		if i > 0 && f.Group != Fields[i-1].Group && seen[f.Group] > 0 {
			t.Errorf("%s stands apart from its group %s", f.Name, f.Group)
		}
		seen[f.Group]++
	}
	for _, g := range Groups {
		if seen[g.Name] == 0 || g.Title == "" {
			t.Errorf("group %s has %d fields and the title %q", g.Name, seen[g.Name], g.Title)
		}
		delete(seen, g.Name)
	}
	if len(seen) > 0 {
		t.Errorf("fields are in groups that the table lacks: %v", seen)
	}
}

func TestPresetThatWasMeant(t *testing.T) {
	for name, says := range map[string]string{"clasic": "did you mean classic?", "wgan": "did you mean wgan-gp?", "gpt": "quick"} {
		if _, err := FindPreset(name); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("preset %q: %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, p := range Presets {
		f.Add(p.Recipe().JSON())
	}
	f.Add([]byte(`{"batch": 1e400}`))
	f.Add([]byte(`{"generator": [1, "2"]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Parse(b)
		if err != nil {
			return
		}
		if again, err := Parse(r.JSON()); err != nil || !again.Equal(r) {
			t.Fatalf("%s is accepted and comes back as %s (%v)", b, again.JSON(), err)
		}
	})
}

func TestDescribeIsWhatPagesRead(t *testing.T) {
	var d struct {
		Fields []struct {
			Name, Group string
			Live        bool
		}
		Presets []struct {
			Name, Says string
			Recipe     map[string]any
		}
	}
	if err := json.Unmarshal(Describe(), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Fields) != len(Fields) || len(d.Presets) != len(Presets) || d.Presets[0].Recipe["batch"] == nil || d.Fields[0].Group == "" || d.Presets[0].Says == "" {
		t.Fatalf("%s", Describe())
	}
}

func TestCommandNamesThePresetAndWhatDiffers(t *testing.T) {
	r := conditional()
	r.Epochs, r.EMA = 12, 0.999
	if got, want := r.Command(), "go run ./native train --preset conditional --ema 0.999 --epochs 12"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	r.LRG = 0.01
	if got, want := r.Command(), "go run ./native train --preset conditional --lr-g 0.01 --ema 0.999 --epochs 12"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, p := range Presets {
		r := p.Recipe()
		if got, want := r.Command(), "go run ./native train --preset "+p.Name; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

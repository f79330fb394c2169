package pytorch_test

import (
	"strings"
	"testing"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/loss"
	"ganvas/native/pytorch"
)

// The file knows every row of the tables that it does the same as: fields of the recipe with their choices, architectures, losses, layers that are
// written out.
func TestKnowsTheTables(t *testing.T) {
	knows := func(what string, names ...string) {
		for _, name := range names {
			if !strings.Contains(pytorch.Script, `"`+name+`"`) && !strings.Contains(pytorch.Script, name+"=") {
				t.Errorf("ganvas.py does not know the %s %s", what, name)
			}
		}
	}
	for _, f := range config.Fields {
		knows("field", f.Name)
	}
	knows("architecture", arch.Names()...)
	knows("loss", loss.Names()...)
	knows("layer", arch.LayerNames()...)
	knows("norm", arch.NormNames()...)
	knows("label mode", arch.LabelModes...)
}

package gan

import (
	"fmt"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/net"
	"ganvas/core/sample"
)

var images = Data{Sample: sample.Gray(28, 28), Classes: 10}

// Every architecture, norm and way of using labels has an outline: all kinds are known, and shapes and weights are those of
// the networks themselves.
func TestDescribe(t *testing.T) {
	seen := 0
	for _, p := range config.Presets {
		for _, fields := range []string{"", "conditional=true", "conditional=true label_mode=auxiliary", "conditional=true label_mode=projection",
			"norm=spectral", "norm=layer", "norm=batch", "instance_noise=0.1 dropout=0.2", "augment=all"} {
			r := p.Recipe()
			for _, f := range strings.Fields(fields) {
				name, value, _ := strings.Cut(f, "=")
				if err := r.Set(name, value); err != nil {
					t.Fatal(err)
				}
			}
			n, refused := Build(r, images)
			o, err := Describe(r, images)
			if fmt.Sprint(err) != fmt.Sprint(refused) {
				t.Errorf("%s %s: described with %v, built with %v", p.Name, fields, err, refused)
			}
			if err != nil {
				continue
			}
			seen++
			for i, of := range []NetOutline{o.Generator, o.Discriminator} {
				spec := []net.Spec{n.G, n.D}[i]
				want, _ := learned(spec)
				sum := 0
				for _, l := range of.Layers {
					if l.What == "" {
						t.Errorf("%s %s: the %s has a layer of no known kind", p.Name, fields, spec.Name)
					}
					sum += l.Weights
				}
				if fades := p.Name == "progressive"; of.Weights != want || !fades && sum != want || sum > want {
					t.Errorf("%s %s: the %s's layers have %d weights, it has %d and learns %d", p.Name, fields, spec.Name, sum, of.Weights, want)
				}
				out, _ := spec.Out()
				if last := of.Layers[len(of.Layers)-1].Out; last.Size() != out.Size() {
					t.Errorf("%s %s: the %s ends in %v, want %v", p.Name, fields, spec.Name, last, out)
				}
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d recipes were described", seen)
	}
}

// The quick preset's generator as a diagram shows it.
func TestDescribeShapes(t *testing.T) {
	r, err := config.FindPreset("dcgan")
	if err != nil {
		t.Fatal(err)
	}
	o, err := Describe(r, images)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, of := range []NetOutline{o.Generator, o.Discriminator} {
		words := []string{of.In.String()}
		for _, l := range of.Layers {
			words = append(words, fmt.Sprint(l.What, " ", strings.Join(l.Then, "+"), " ", l.Out))
		}
		got = append(got, strings.Join(words, " → "))
	}
	want := []string{
		"64 → dense batchnorm+relu 64×7×7 → deconv batchnorm+relu 32×14×14 → deconv tanh 1×28×28",
		"1×28×28 → conv leaky 32×14×14 → conv batchnorm+leaky 64×7×7 → dense  1",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s\nwant %s", got[i], want[i])
		}
	}
}

func TestDescribeRefuses(t *testing.T) {
	for fields, says := range map[string]string{
		"generator=64-32-16":                  "multiples of 8",
		"arch=sngan generator=64":             "at least two feature-map widths",
		"generator=4096-4096":                 "64 million",
		"arch=progressive generator=64-32-16": "a width for each resolution",
		"loss=wgan-gp norm=batch":             "each image's own gradient",
		"label_mode=projection":               "needs conditional",
	} {
		r, err := config.FindPreset("dcgan")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range strings.Fields(fields) {
			name, value, _ := strings.Cut(f, "=")
			if err := r.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Describe(r, images); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want a sentence with %q", fields, err, says)
		}
	}
}

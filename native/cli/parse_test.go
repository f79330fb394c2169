package cli

import (
	"slices"
	"strings"
	"testing"
)

// What is typed wrong gets one sentence, which says what was meant where that can be told.
func TestTypedWrong(t *testing.T) {
	for _, c := range []struct {
		args string
		says []string
	}{
		{"trian", []string{"trian", "did you mean train?"}},
		{"geneate --count 3", []string{"did you mean generate?"}},
		{"dance", []string{"dance", "train", "generate", "bench"}},
		{"quick", []string{"train --preset quick"}},
		{"train eval", []string{"train and eval", "one at a time"}},
		{"eval publish --dir x", []string{"eval and publish", "one at a time"}},
		{"train classic", []string{"classic", "--epochs 3"}},
		{"eval " + conditional, []string{"did you mean --weights " + conditional}},
		{"train " + conditional, []string{"did you mean --resume"}},
		{"generate --weights x --out nowhere/x.png", []string{"no folder nowhere"}},
		{"train epochs 3", []string{"did you mean --epochs?"}},
		{"--preset quick eval --weights x", []string{"--preset", "come after their command"}},
		{"train --epoch 3", []string{"did you mean --epochs?"}},
		{"train --lr 3", []string{"did you mean --lr-g?"}},
		{"--lrg 3", []string{"did you mean --lr-g?"}},
		{"train -preset quick", []string{"-preset", "did you mean --preset?"}},
		{"train -e 3", []string{"-e", "--help"}},
		{"generate --resume x --out y.png", []string{"generate", "--resume", "train"}},
		{"train --colour red", []string{"--colour", "train --help"}},
		{"train --preset clasic", []string{"did you mean classic?"}},
		{"train --loss hing", []string{"loss", "did you mean hinge?"}},
		{"train --dataset mnits", []string{"dataset", "did you mean mnist?"}},
		{"train --engine tpu", []string{"--engine", "auto, torch, gpu, go"}},
		{"train --engine toch", []string{"did you mean torch?"}},
		{"train --data-fit crp", []string{"did you mean crop?"}},
		{"train --batch", []string{"--batch needs a value"}},
		{"train --batch --epochs 3", []string{"--batch needs a value", "--epochs is another flag"}},
		{"train --resume=", []string{"--resume", "empty"}},
		{"train --out=", []string{"--out", "empty"}},
		{"train --preset= --epochs 1", []string{"--preset", "empty"}},
		{"train --plain=perhaps", []string{"--plain", "perhaps", "=true"}},
		{"train --epochs -3", []string{"epochs", "-3", "1 to 1000000"}},
		{"train --epochs 1e3", []string{"epochs", "1e3", "whole number"}},
		{"train --epochs 0", []string{"epochs", "1 to 1000000"}},
		{"train --lr-g -1e-3", []string{"lr_g", "-0.001", "number from"}},
		{"train --lr-g NaN", []string{"lr_g", "NaN", "number from"}},
		{"train --lr-g -inf", []string{"lr_g", "-Inf", "number from"}},
		{"train --lr_g 0,002", []string{"lr_g", "0,002", "number from"}},
		{"train --seed 9007199254740993", []string{"seed", "9007199254740991"}},
		{"train --seed -1", []string{"seed", "-1"}},
		{"train --threads -1", []string{"threads", "-1", "0 to 1024"}},
		{"generate --weights x --out x.png --count ten", []string{"--count", "ten", "whole number"}},
		{"generate --weights x --out x.png --count 1.5", []string{"--count", "1.5", "whole number"}},
		{"generate --weights x --out x.png --count 99999999999999999999", []string{"--count", "whole number"}},
		{"generate --weights x --out x.png --seed 9007199254740993", []string{"--seed", "9007199254740991"}},
		{"generate --weights x --out x.png --seed -1", []string{"--seed", "-1", "whole number"}},
		{"generate --weights x", []string{"generate needs --out"}},
		{"train --checkpoint-minutes nan", []string{"--checkpoint-minutes", "NaN"}},
		{"train --checkpoint-minutes inf", []string{"--checkpoint-minutes", "Inf"}},
		{"train --checkpoint-minutes soon", []string{"--checkpoint-minutes", "soon", "number"}},
		{"train --out ftp://x.example/y", []string{"is an address", "folder"}},
		{"train --out ~/y", []string{"~", "home", "./~/y"}},
		{"train --resume https://x.example/y.safetensors", []string{"is an address", "fetch"}},
		{"generate --weights https://x.example/y.safetensors --out x.png", []string{"is an address", "fetch"}},
		{"train --data https://x.example/y.zip", []string{"is an address", "fetch"}},
		{"verify", []string{"verify needs", "--help"}},
		{"setup --cpu --cuda", []string{"--cpu", "--cuda", "together"}},
		{"help trian", []string{"did you mean train?"}},
		{"train --help=maybe", []string{"--help", "maybe"}},
	} {
		sentence(t, strings.Fields(c.args), c.says...)
	}
	sentence(t, []string{"train", "--resume", ""}, "--resume", "empty")
	sentence(t, []string{""}, "command")
}

// Flags have one spelling; the fields' names do as well, and nothing is said of it.
func TestOldSpellings(t *testing.T) {
	data := idxFolder(t, 50)
	one, two := t.TempDir(), t.TempDir()
	must(t, tiny(data, one, "--epochs", "1", "--lr-g", "0.002", "--d-steps", "2", "--label-smoothing", "0.1")...)
	code, _, errs := ganvas(tiny(data, two, "--epochs", "1", "--lr_g", "0.002", "--d_steps=2", "--label_smoothing", "0.1")...)
	if code != 0 || strings.Contains(errs, "_") {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if a, b := read(t, one+"/"+generatorFile), read(t, two+"/"+generatorFile); string(a) != string(b) {
		t.Error("two spellings of one flag give two runs")
	}
	if code, out, _ := ganvas("train", "--help-all"); code != 0 || strings.Contains(out, "lr_g") || !strings.Contains(out, "--lr-g") {
		t.Errorf("help has old spellings: %s", out)
	}
}

func TestJoined(t *testing.T) {
	for args, want := range map[string]string{
		"train --lr-g -1 --plain":     "train --lr-g=-1 --plain",
		"train --lr-g -.5":            "train --lr-g=-.5",
		"train --lr-g=3 -1":           "train --lr-g=3 -1",
		"train -1":                    "train -1",
		"train --batch --epochs 3":    "train --batch --epochs 3",
		"train --conditional --plain": "train --conditional=true --plain",
		"train --conditional false":   "train --conditional false",
		"train --conditional":         "train --conditional=true",
		"help":                        "--help",
		"help train":                  "train --help",
		"version":                     "--version",
		"version train":               "version train",
		"generate --digit -1 --out -": "generate --digit=-1 --out -",
	} {
		if got := joined(strings.Fields(args)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s becomes %v, want %s", args, got, want)
		}
	}
}

package near

import "testing"

func TestName(t *testing.T) {
	commands := []string{"train", "generate", "eval", "publish", "judge", "search", "verify", "bench", "setup"}
	presets := []string{"quick", "classic", "dcgan", "wgan-gp", "ring-2d"}
	flags := []string{"lr-g", "lr-d", "epochs", "d-steps", "checkpoint-every"}
	for _, c := range []struct {
		word    string
		choices []string
		want    string
	}{
		{"trian", commands, "train"}, {"tarin", commands, "train"}, {"Train", commands, "train"}, {"gen", commands, "generate"}, {"evaluate", commands, ""},
		{"vreify", commands, "verify"}, {"help", commands, ""}, {"x", commands, ""}, {"", commands, ""}, {"judgement", commands, ""}, {"benhc", commands, "bench"},
		{"clasic", presets, "classic"}, {"wgan", presets, "wgan-gp"}, {"wgan_gp", presets, "wgan-gp"}, {"ring2d", presets, "ring-2d"}, {"gpt", presets, ""},
		{"epoch", flags, "epochs"}, {"lr", flags, "lr-g"}, {"checkpoint", flags, "checkpoint-every"}, {"dsteps", flags, "d-steps"}, {"日本", flags, ""},
	} {
		if got := Name(c.word, c.choices); got != c.want {
			t.Errorf("%q is taken for %q, want %q", c.word, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "bca", 2}, {"kitten", "sitting", 3}, {"é", "e", 1}} {
		if got := distance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("from %q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if back := distance([]rune(c.b), []rune(c.a)); back != c.want {
			t.Errorf("from %q back to %q: %d, want %d", c.b, c.a, back, c.want)
		}
	}
}

package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// typed is what somebody has typed, and one of what can stand there; not is what cannot.
var typed = []struct {
	words []string
	want  string
	not   string
}{
	{[]string{"tra"}, "train", "generate"},
	{[]string{"--pres"}, "--preset", "--against"},
	{[]string{"--preset", "qui"}, "quick", "classic"},
	{[]string{"train", "--checkpoint-e"}, "--checkpoint-every", "--count"},
	{[]string{"train", "--preset", "wgan"}, "wgan-gp", "quick"},
	{[]string{"train", "--plain", "--loss", "hin"}, "hinge", "bce"},
	{[]string{"train", "--conditional", "tr"}, "true", "false"},
	{[]string{"generate", "--tap"}, "--tape", "--preset"},
	{[]string{"train", "--out", "a-fold"}, "a-folder", "train"},
	{[]string{"verify", "a-fold"}, "a-folder", "train"},
	{[]string{"completion", "fi"}, "fish", "zsh"},
}

// shell finds a shell, runs a script in it in a folder with one thing to complete, and returns what it prints.
func shell(t *testing.T, name, script string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("there is no %s here", name)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a-folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "complete"), []byte(must(t, "completion", name)))
	args := map[string][]string{"bash": {"--norc"}, "zsh": {"-f"}, "fish": {"--no-config"}}[name]
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, append(args, "-c", script)...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir, "TERM=dumb")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	return string(out)
}

// offered checks a shell's answers, which come in order, each behind a line that has its number.
func offered(t *testing.T, out string) {
	t.Helper()
	for i, c := range typed {
		_, rest, _ := strings.Cut(out, fmt.Sprintf("<%d>\n", i))
		rest, _, _ = strings.Cut(rest, "\n<")
		var words []string
		for line := range strings.Lines(rest) {
			word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			words = append(words, strings.TrimSuffix(word, "/"))
		}
		if !slices.Contains(words, c.want) || slices.Contains(words, c.not) {
			t.Errorf("behind %v: %q, want %s and not %s", c.words, words, c.want, c.not)
		}
	}
}

func TestCompletionInBash(t *testing.T) {
	var s strings.Builder
	s.WriteString("source ./complete\n")
	for i, c := range typed {
		fmt.Fprintf(&s, "echo '<%d>'; COMP_WORDS=(ganvas %s); COMP_CWORD=%d; _ganvas; printf '%%s\\n' \"${COMPREPLY[@]}\"\n", i, strings.Join(c.words, " "), len(c.words))
	}
	// Bash takes an equals sign for a word.
	s.WriteString(`COMP_WORDS=(ganvas train --loss = hin); COMP_CWORD=4; _ganvas; echo "after a sign: ${COMPREPLY[@]}"` + "\n")
	s.WriteString(`COMP_WORDS=(ganvas train --norm =); COMP_CWORD=3; _ganvas; echo "after a sign: ${COMPREPLY[@]}"` + "\n")
	out := shell(t, "bash", s.String())
	offered(t, out)
	if !strings.Contains(out, "after a sign: hinge\n") || !strings.Contains(out, "after a sign: auto none batch layer spectral\n") {
		t.Errorf("after an equals sign: %s", out)
	}
}

func TestCompletionInFish(t *testing.T) {
	var s strings.Builder
	s.WriteString("source ./complete\n")
	for i, c := range typed {
		fmt.Fprintf(&s, "echo '<%d>'; complete -C 'ganvas %s'\n", i, strings.Join(c.words, " "))
	}
	offered(t, shell(t, "fish", s.String()))
}

// In zsh the line is typed into a terminal, with a tabulator behind it; the program says which words came of it.
func TestCompletionInZsh(t *testing.T) {
	var s strings.Builder
	s.WriteString(`zmodload zsh/zpty || exit 3
zpty z zsh -f -i
zpty -w z 'PS1=; RPS1=; autoload -U compinit; compinit -u -D; source ./complete; ganvas() { print -r -- "got:" $* }; bindkey "^I" complete-word'
`)
	for _, c := range typed {
		fmt.Fprintf(&s, "zpty -w z $'ganvas %s\\t'\n", strings.Join(c.words, " "))
	}
	s.WriteString("zpty -w z exit\nwhile zpty -r z part; do print -rn -- \"$part\"; done\n")
	out := shell(t, "zsh", s.String())
	var got []string
	for line := range strings.Lines(out) {
		if words, ok := strings.CutPrefix(strings.TrimSpace(line), "got: "); ok {
			got = append(got, strings.TrimSuffix(strings.TrimSpace(words), "/"))
		}
	}
	for i, c := range typed {
		want := strings.Join(append(slices.Clone(c.words[:len(c.words)-1]), c.want), " ")
		if i >= len(got) || got[i] != want {
			t.Errorf("behind %v: %q", c.words, got)
			break
		}
	}
}

// Every command and flag that is parsed is in every script.
func TestCompletionHasEverything(t *testing.T) {
	for _, s := range shells {
		script := must(t, "completion", s.name)
		for _, word := range []string{"train", "generate", "eval", "publish", "verify", "bench", "setup", "completion", "lr-g", "checkpoint-every", "wgan-gp", "projection", "data-fit", "stretch"} {
			if !strings.Contains(script, word) {
				t.Errorf("%s: the script lacks %s", s.name, word)
			}
		}
		if strings.Contains(script, "lr_g") {
			t.Errorf("%s: the script offers old spellings", s.name)
		}
	}
	if other := must(t, "completion", "bash", "--name", "my-gan"); !strings.Contains(other, "-F _my_gan my-gan") || strings.Contains(other, "ganvas") {
		t.Error("another name is not taken everywhere")
	}
	sentence(t, []string{"completion", "bsh"}, "bsh", "did you mean bash?")
	sentence(t, []string{"completion"}, "shell")
	sentence(t, []string{"completion", "bash", "--name", "x; rm"}, "--name")
}

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"ganvas/native/rerun"

	"github.com/alecthomas/kong"
)

// givenFlags are the flags that stand on the command line, each once.
func givenFlags(k *kong.Context) (given []*kong.Flag) {
	for _, p := range k.Path {
		if p.Flag != nil && !p.Resolved && !slices.Contains(given, p.Flag) {
			given = append(given, p.Flag)
		}
	}
	return given
}

// onceOnly are the flags that a run that goes on needs no more, besides the recipe's, which its checkpoint has.
var onceOnly = []string{"resume", "out", "preset", "overwrite", "accept-changed", "accept-changed-data"}

// goOnLine is the command that trains on from a checkpoint as this one was given, to be pasted into a shell.
func (w *world) goOnLine(checkpoint string) string { return w.goOnWith("train", checkpoint) }

// goOnWith is the same for any command.
func (w *world) goOnWith(command, checkpoint string) string {
	line := w.itself() + " " + command + " --resume " + quote(checkpoint)
	for _, f := range w.given {
		if slices.Contains(onceOnly, f.Name) || fieldOf(f) != nil {
			continue
		}
		v := f.Target
		for v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem()
		}
		switch {
		case v.Kind() == reflect.Bool && v.Bool():
			line += " --" + f.Name
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				line += " " + quote(fmt.Sprintf("--%s=%v", f.Name, v.Index(i)))
			}
		case strings.HasPrefix(fmt.Sprint(v), "-") || v.Kind() == reflect.Bool:
			line += " " + quote(fmt.Sprintf("--%s=%v", f.Name, v))
		default:
			line += " --" + f.Name + " " + quote(fmt.Sprint(v))
		}
	}
	return line
}

// itself is how this program was called.
func (w *world) itself() string {
	if w.again == nil || rerun.Done() || strings.Contains(filepath.ToSlash(os.Args[0]), "/go-build") {
		return itself
	}
	return quote(os.Args[0])
}

// quote is a word as a shell takes it for itself.
func quote(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./,:=@%+", r)
	}
	if runtime.GOOS == "windows" {
		if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) && r != '\\' }) {
			return s
		}
		return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

package cli

import (
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"ganvas/core/config"
	"ganvas/core/near"

	"github.com/alecthomas/kong"
)

// itself is how the program is called in what it says.
const itself = "go run ./native"

type quit int

// execute reads the command line and runs what it asks for.
func execute(args []string, w *world) (err error) {
	defer func() { // kong exits after printing help; here that is a return
		if p := recover(); p != nil {
			code, ours := p.(quit)
			if !ours {
				panic(p)
			}
			if err = nil; code != 0 {
				err = errExit(code)
			}
		}
	}()
	parser, err := newParser(w)
	if err != nil {
		return err
	}
	args = joined(args)
	k, err := parser.Parse(args)
	if err != nil {
		return plainUsage(err, args)
	}
	if err := checkGiven(k); err != nil {
		return err
	}
	w.given = givenFlags(k)
	return k.Run(w)
}

func newParser(w *world) (*kong.Kong, error) {
	var c commands
	c.Train.Plugins = kong.Plugins{recipeFlags()}
	c.Studio.Plugins = kong.Plugins{recipeFlags()}
	c.Bench.Plugins = kong.Plugins{recipeFlags()}
	return kong.New(&c, kong.Name(itself), kong.Writers(w.out, w.err), kong.Exit(func(code int) { panic(quit(code)) }),
		kong.Description("Trains GANs, generates from them and checks them against PyTorch. Without a command it trains."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}), kong.Help(help), kong.Vars{"presets": strings.Join(presetNames(), ", ")},
		kong.ExplicitGroups(flagGroups()))
}

var negative = regexp.MustCompile(`^-(\d|\.\d|[Ii]nf|[Nn]a[Nn])`)

// joined is the arguments as the parser takes them: a value that begins with a minus sign is joined to its flag, a yes-or-no
// field of the recipe that stands alone says yes, --watch alone means its usual address, and the words help and version, which are no commands, become flags.
func joined(args []string) (out []string) {
	for i, a := range args {
		switch {
		case yesOrNo(a) && (i+1 == len(args) || strings.HasPrefix(args[i+1], "-")):
			a += "=true"
		case a == "--watch" && (i+1 == len(args) || strings.HasPrefix(args[i+1], "-")):
			a += "=" + nearAddr
		case i == 0 && a == "version" && len(args) == 1:
			a = "--version"
		case i == 0 && a == "help":
			return append(joined(args[1:]), "--help")
		case i > 0 && negative.MatchString(a) && strings.HasPrefix(args[i-1], "--") && !strings.Contains(args[i-1], "="):
			out[len(out)-1] += "=" + a
			continue
		}
		out = append(out, a)
	}
	return out
}

// yesOrNo reports whether an argument is the flag of a recipe field that is true or false, without a value.
func yesOrNo(arg string) bool {
	name, is := strings.CutPrefix(arg, "--")
	return is && slices.ContainsFunc(config.Fields, func(f config.Field) bool {
		return f.Kind == config.Bool && (name == f.Flag() || name == f.Name)
	})
}

// complaints is what the parser says of a wrong command line, and how that is said in plain words.
var complaints = []struct {
	says  *regexp.Regexp
	plain func(m []string, node *kong.Node, args []string) string
}{
	{regexp.MustCompile(`^unknown flag (--?[^,]*)`), unknownFlag},
	{regexp.MustCompile(`^unexpected argument ([^,]*)`), unexpected},
	{regexp.MustCompile(`^(--[a-z0-9_-]+): (?:missing value|expected .* value but got "EOL" \(<EOL>\))`), func(m []string, _ *kong.Node, _ []string) string {
		return m[1] + " needs a value"
	}},
	{regexp.MustCompile(`^(--[a-z0-9_-]+): expected .* value but got "(-[^"]*)" \((?:short|long) flag\)`), func(m []string, _ *kong.Node, _ []string) string {
		if strings.HasPrefix(m[2], "--") {
			return fmt.Sprintf("%s needs a value, and %s is another flag", m[1], m[2])
		}
		return fmt.Sprintf("%s %s: a value that begins with a minus sign is written %s=%s", m[1], m[2], m[1], m[2])
	}},
	{regexp.MustCompile(`^(--[a-z0-9_-]+): expected an? (?:valid \d+ bit )?u?int but got "(.*?)"(?: \(|$)`), func(m []string, _ *kong.Node, _ []string) string {
		return fmt.Sprintf("%s is %q: it must be a whole number", m[1], m[2])
	}},
	{regexp.MustCompile(`^(--[a-z0-9_-]+): expected a float but got "(.*?)"(?: \(|$)`), func(m []string, _ *kong.Node, _ []string) string {
		return fmt.Sprintf("%s is %q: it must be a number", m[1], m[2])
	}},
	{regexp.MustCompile(`^(--[a-z0-9_-]+): bool value must be .* but got "(.*)"$`), func(m []string, _ *kong.Node, _ []string) string {
		return fmt.Sprintf("%s is %q: it stands alone, or with =true or =false", m[1], m[2])
	}},
	{regexp.MustCompile(`^(--[a-z0-9_-]+) must be one of (.*) but got "(.*)"$`), func(m []string, _ *kong.Node, _ []string) string {
		choices := strings.Split(strings.ReplaceAll(m[2], `"`, ""), ",")
		return fmt.Sprintf("%s is %q: it must be one of %s%s", m[1], m[3], strings.Join(choices, ", "), near.Ask(m[3], choices))
	}},
	{regexp.MustCompile(`^missing flags: (.*)$`), func(m []string, node *kong.Node, _ []string) string {
		return fmt.Sprintf("%s needs %s", node.Name, strings.ReplaceAll(m[1], ", --", " and --"))
	}},
	{regexp.MustCompile(`^expected "<(.*)>( ...)?"$`), func(m []string, node *kong.Node, _ []string) string {
		return fmt.Sprintf("%s needs %s; %s --help says more", node.Name, m[1], node.FullPath())
	}},
	{regexp.MustCompile(`^flag (--\S+) applies to the default command .*, not "(.*)"$`), func(m []string, _ *kong.Node, _ []string) string {
		return fmt.Sprintf("%s stands before the command %s: flags come after their command", m[1], m[2])
	}},
	{regexp.MustCompile(`^(--\S+) and (--\S+) can't be used together`), func(m []string, _ *kong.Node, _ []string) string {
		return m[1] + " and " + m[2] + " cannot be used together"
	}},
}

// plainUsage puts the parser's complaint in plain words.
func plainUsage(err error, args []string) error {
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	node := wrong.Context.Selected()
	if node == nil {
		node = wrong.Context.Model.Node
	}
	for _, c := range complaints {
		if m := c.says.FindStringSubmatch(err.Error()); m != nil {
			return errors.New(c.plain(m, node, args))
		}
	}
	return err
}

// unknownFlag says which flag may have been meant, and whose it is where it is another command's.
func unknownFlag(m []string, node *kong.Node, args []string) string {
	name := strings.TrimLeft(m[1], "-")
	if !strings.HasPrefix(m[1], "--") { // the parser looks at one letter after one hyphen
		for _, a := range args {
			if strings.HasPrefix(a, m[1]) && !strings.HasPrefix(a, "--") && len(a) > len(m[1]) {
				m[1] = a
				name, _, _ = strings.Cut(a[1:], "=")
				break
			}
		}
	}
	own := node
	if own.Type == kong.ApplicationNode && own.DefaultCmd != nil {
		own = own.DefaultCmd
	}
	names := flagNames(own)
	says := fmt.Sprintf("there is no flag %s", m[1])
	if own.Type == kong.CommandNode {
		says = fmt.Sprintf("%s has no flag %s", own.Name, m[1])
	}
	if best := near.Name(name, names); best != "" {
		return says + "; did you mean --" + best + "?"
	}
	var others []string
	for _, other := range root(node).Children {
		if other != own && !other.Hidden && slices.Contains(flagNames(other), name) {
			others = append(others, other.Name)
		}
	}
	if len(others) > 0 {
		return fmt.Sprintf("%s, which is one of %s", says, strings.Join(others, ", "))
	}
	return fmt.Sprintf("%s; %s --help lists those there are", says, own.FullPath())
}

// unexpected says what a word that is no flag and no flag's value may have been meant for.
func unexpected(m []string, node *kong.Node, args []string) string {
	word := m[1]
	var commands []string
	for _, c := range root(node).Children {
		if !c.Hidden {
			commands = append(commands, c.Name)
		}
	}
	for _, a := range args {
		if slices.Contains(commands, word) && a != word && slices.Contains(commands, a) {
			return fmt.Sprintf("%s and %s are two commands: give one at a time", a, word)
		}
	}
	if len(args) > 0 && args[0] == word {
		if best := near.Name(word, commands); best != "" {
			return fmt.Sprintf("there is no command %s; did you mean %s?", word, best)
		}
		if slices.Contains(presetNames(), word) {
			return fmt.Sprintf("there is no command %s, but a preset: %s train --preset %s", word, itself, word)
		}
		return fmt.Sprintf("there is no command %s; the commands are %s", word, strings.Join(commands, ", "))
	}
	if _, err := os.Stat(word); err == nil { // a file or a folder, without the flag that it belongs to
		for _, name := range []string{"weights", "resume", "data", "out"} {
			if slices.Contains(flagNames(node), name) {
				return fmt.Sprintf("%s needs a flag before it; did you mean --%s %s?", word, name, word)
			}
		}
	}
	if slices.Contains(presetNames(), word) && slices.Contains(flagNames(node), "preset") {
		return fmt.Sprintf("%s is a preset: it stands behind --preset, as a number does in --epochs 3", word)
	}
	for _, name := range flagNames(node) {
		if near.Name(word, []string{name}) == name && len(word) > 2 {
			return fmt.Sprintf("%s is no flag's value; did you mean --%s?", word, name)
		}
	}
	return fmt.Sprintf("%s has no place here: values stand behind their flags, as in --epochs 3, and a name with spaces in quotes", word)
}

func root(node *kong.Node) *kong.Node {
	for node.Parent != nil {
		node = node.Parent
	}
	return node
}

// flagNames is the flags of a command, with those of the whole program.
func flagNames(node *kong.Node) (names []string) {
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			names = append(names, f.Name)
		}
	}
	return names
}

func presetNames() (names []string) {
	for _, p := range config.Presets {
		names = append(names, p.Name)
	}
	return names
}

// checkGiven refuses what the parser takes and no flag means: texts that are empty, numbers that are none, and seeds
// that JSON cannot keep.
func checkGiven(k *kong.Context) error {
	for _, p := range k.Path {
		if p.Flag == nil || p.Resolved {
			continue
		}
		v := p.Flag.Target
		for v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem()
		}
		switch {
		case v.Kind() == reflect.String && strings.TrimSpace(v.String()) == "":
			return fmt.Errorf("--%s needs a value, and it is empty: leave it out or name something", p.Flag.Name)
		case v.Kind() == reflect.Float64 && (math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0)):
			return fmt.Errorf("--%s is %v: it must be a number", p.Flag.Name, v.Float())
		case v.Kind() == reflect.Uint64 && v.Uint() > config.MaxSeed:
			return fmt.Errorf("--%s is %d: it must be a whole number from 0 to %d", p.Flag.Name, v.Uint(), uint64(config.MaxSeed))
		}
	}
	return nil
}

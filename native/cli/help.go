package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ganvas/core/config"

	"github.com/alecthomas/kong"
)

// groupRecipe begins the keys of the groups that recipe fields stand in.
const groupRecipe = "recipe-"

// flagGroups is the titles of the groups of flags, in the order in which help lists them.
func flagGroups() []kong.Group {
	groups := []kong.Group{{Key: "run", Title: "Run:"}, {Key: "data", Title: "Your own data:"}, {Key: "foreign", Title: "Weights that PyTorch saved:"}, {Key: "engine", Title: "What computes:"}, {Key: "watch", Title: "Pages that watch:"}, {Key: "changed", Title: "What was changed since it was saved:"}}
	for _, g := range config.Groups {
		groups = append(groups, kong.Group{Key: groupRecipe + g.Name, Title: g.Title + ":"})
	}
	return groups
}

// helpAll is the flag that asks for every flag.
type helpAll bool

// IgnoreDefault keeps a flag that only asks from running the command that is taken without a name.
func (helpAll) IgnoreDefault() {}

// BeforeReset prints.
func (helpAll) BeforeReset(k *kong.Context) error {
	if err := printHelp(k, true); err != nil {
		return err
	}
	k.Exit(0)
	return nil
}

// help prints what most people need of a command.
func help(_ kong.HelpOptions, k *kong.Context) error { return printHelp(k, false) }

// printHelp lists a command's flags in groups; of a command with a flag for every field of the recipe only those marked
// first and those in no group, unless all are asked for.
func printHelp(k *kong.Context, all bool) error {
	node, hidden := k.Selected(), 0
	if node == nil && all {
		node = k.Model.DefaultCmd
	}
	options := kong.HelpOptions{Compact: true, WrapUpperBound: 120, ValueFormatter: kong.DefaultHelpValueFormatter}
	if node == nil {
		return kong.DefaultHelpPrinter(options, k)
	}
	preset := presetOf(k, node)
	recipe := preset.Recipe()
	withRecipe := false
	for _, f := range node.Flags {
		if field := fieldOf(f); field != nil {
			withRecipe = true
			f.PlaceHolder = cmp.Or(field.Get(&recipe), f.PlaceHolder)
		}
	}
	for _, f := range node.Flags {
		first := f.Group == nil || f.Tag.Has("first")
		if first && withRecipe {
			f.Group = nil
		}
		if withRecipe && !all && !first {
			f.Hidden = true
			hidden++
		}
	}
	sortFlags(node.Flags, withRecipe)
	if k.Selected() == nil { // help for all flags without a command: those of the one that is taken then
		k.Path = append(k.Path, &kong.Path{Parent: node.Parent, Command: node, Flags: node.Flags})
	}
	if err := kong.DefaultHelpPrinter(options, k); err != nil {
		return err
	}
	if withRecipe {
		fmt.Fprintf(k.Stdout, "\nA value after a flag is what holds without it, in preset %s.\n", preset.Name)
	}
	if hidden > 0 {
		fmt.Fprintf(k.Stdout, "%d more flags, among them every field of the recipe: %s --help-all\n", hidden, node.FullPath())
	}
	return nil
}

// usual is the flags of a run in the order in which people need them.
var usual = []string{"preset", "epochs", "data", "out", "resume", "engine", "threads", "batch", "seed"}

// sortFlags puts flags in the order of their groups, and those in none, of a run, in the usual one.
func sortFlags(flags []*kong.Flag, run bool) {
	groups := []string{""}
	for _, g := range flagGroups() {
		groups = append(groups, g.Key)
	}
	place := func(f *kong.Flag) int {
		if i := slices.Index(usual, f.Name); run && i >= 0 {
			return i
		}
		return len(usual)
	}
	slices.SortStableFunc(flags, func(a, b *kong.Flag) int {
		return cmp.Or(cmp.Compare(slices.Index(groups, groupKey(a)), slices.Index(groups, groupKey(b))), cmp.Compare(place(a), place(b)))
	})
}

func groupKey(f *kong.Flag) string {
	if f.Group == nil {
		return ""
	}
	return f.Group.Key
}

// fieldOf is the recipe field that a flag sets, nil where it sets none.
func fieldOf(f *kong.Flag) *config.Field {
	if !f.Tag.Has("recipe") {
		return nil
	}
	return config.Find(strings.ReplaceAll(f.Name, "-", "_"))
}

// presetOf is the preset that the command line names, or else the one that the command takes by itself.
func presetOf(k *kong.Context, node *kong.Node) config.Preset {
	name := "classic"
	for _, f := range node.Flags {
		if given, ok := k.FlagValue(f).(string); f.Name == "preset" && ok && given != "" {
			name = given
		}
	}
	for _, p := range config.Presets {
		if p.Name == name || p.Name == "classic" && !slices.ContainsFunc(config.Presets, func(o config.Preset) bool { return o.Name == name }) {
			return p
		}
	}
	panic("cli: there is no classic preset")
}

package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"ganvas/core/config"
	"ganvas/core/near"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." placeholder:"SHELL"`
	Name  string `help:"What the program is called where it is installed." default:"ganvas"`
}

// Help is how to use it.
func (completionCmd) Help() string {
	return `Completion is for a program of its own, which go build makes:

    go build -o ganvas ./native
    source <(./ganvas completion bash)       in ~/.bashrc for every shell
    source <(./ganvas completion zsh)        in ~/.zshrc
    ./ganvas completion fish | source        in ~/.config/fish/config.fish`
}

// shells is the table of shells whose completion can be printed.
var shells = []struct {
	name  string
	write func(w io.Writer, program string, all []completed)
}{{"bash", bash}, {"zsh", zsh}, {"fish", fish}}

// Run prints the script, made from the same table of commands and flags that is parsed.
func (c *completionCmd) Run(w *world, k *kong.Context) error {
	if !nameForm.MatchString(c.Name) {
		return fmt.Errorf("--name is %q: take small letters, digits and hyphens", c.Name)
	}
	var names []string
	for _, s := range shells {
		if names = append(names, s.name); s.name == c.Shell {
			s.write(w.out, c.Name, describe(k.Model))
			return nil
		}
	}
	return fmt.Errorf("there is no completion for %s: take %s%s", c.Shell, strings.Join(names, ", "), near.Ask(c.Shell, names))
}

// completed is a command with what can stand behind it.
type completed struct {
	name, help string
	flags      []completedFlag
	words      []string // that it takes without a flag
	files      bool     // it takes files without a flag
}

type completedFlag struct {
	name, help string
	value      bool     // one must follow
	choices    []string // of values; without any, files are
}

// describe reads the model of the command line. The first command, without a name, is what holds before one is named.
func describe(model *kong.Application) []completed {
	all := []completed{{flags: describeFlags(model.DefaultCmd)}}
	for _, n := range model.Children {
		if n.Hidden {
			continue
		}
		c := completed{name: n.Name, help: n.Help, flags: describeFlags(n)}
		for _, p := range n.Positional {
			c.files = p.Tag.Type == "path"
			if n.Name == "completion" {
				for _, s := range shells {
					c.words = append(c.words, s.name)
				}
			}
		}
		all[0].words = append(all[0].words, n.Name)
		all = append(all, c)
	}
	return all
}

func describeFlags(n *kong.Node) (flags []completedFlag) {
	for _, group := range n.AllFlags(true) {
		for _, f := range group {
			c := completedFlag{name: f.Name, help: f.Help, value: !f.IsBool()}
			switch field := fieldOf(f); {
			case field != nil && field.Kind == config.Bool:
				c.choices = []string{"true", "false"}
			case field != nil:
				c.choices = field.Choices
			case f.Name == "preset":
				c.choices = presetNames()
			case f.Enum != "":
				c.choices = f.EnumSlice()
			}
			flags = append(flags, c)
		}
	}
	slices.SortFunc(flags, func(a, b completedFlag) int { return cmp.Compare(a.name, b.name) })
	return flags
}

// dashed is the names of the flags, as they are typed.
func (c completed) dashed() (names []string) {
	for _, f := range c.flags {
		names = append(names, "--"+f.name)
	}
	return names
}

func bash(w io.Writer, program string, all []completed) {
	f := strings.ReplaceAll(program, "-", "_")
	fmt.Fprintf(w, "# bash completion of %s\n_%s() {\n", program, f)
	fmt.Fprint(w, `	local cur=${COMP_WORDS[COMP_CWORD]} prev="" command="" word i
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
`)
	fmt.Fprintf(w, "\t\t%s) command=$word; break ;;\n\t\tesac\n\tdone\n", strings.Join(all[0].words, "|"))
	fmt.Fprint(w, `	if [[ $cur == = ]]; then # the shell parts words at equals signs
		prev=${COMP_WORDS[COMP_CWORD-1]} cur=""
	elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	elif ((COMP_CWORD > 0)); then
		prev=${COMP_WORDS[COMP_CWORD-1]}
	fi
	case "$command $prev" in
`)
	for _, c := range all {
		var files []string
		for _, flag := range c.flags {
			if pattern := fmt.Sprintf("%q", c.name+" --"+flag.name); len(flag.choices) > 0 {
				fmt.Fprintf(w, "\t%s) COMPREPLY=($(compgen -W %q -- \"$cur\")); return ;;\n", pattern, strings.Join(flag.choices, " "))
			} else if flag.value {
				files = append(files, pattern)
			}
		}
		if len(files) > 0 {
			fmt.Fprintf(w, "\t%s) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n", strings.Join(files, "|"))
		}
	}
	fmt.Fprint(w, "\tesac\n\tcase $command in\n")
	for _, c := range all {
		fmt.Fprintf(w, "\t%q) COMPREPLY=($(compgen -W %q -- \"$cur\"))", c.name, strings.Join(append(slices.Clone(c.words), c.dashed()...), " "))
		if c.files {
			fmt.Fprint(w, `; COMPREPLY+=($(compgen -f -- "$cur"))`)
		}
		fmt.Fprint(w, " ;;\n")
	}
	fmt.Fprintf(w, "\tesac\n}\ncomplete -o filenames -F _%s %s\n", f, program)
}

func zsh(w io.Writer, program string, all []completed) {
	f := strings.ReplaceAll(program, "-", "_")
	fmt.Fprintf(w, "#compdef %s\n# zsh completion of %s\n_%s() {\n\tlocal -a commands\n\tcommands=(\n", program, program, f)
	for _, c := range all[1:] {
		fmt.Fprintf(w, "\t\t%s\n", single(c.name+":"+c.help))
	}
	fmt.Fprint(w, "\t)\n\tlocal command=${words[(r)("+strings.Join(all[0].words, "|")+")]}\n")
	fmt.Fprint(w, "\t[[ -n $command && $command == ${words[CURRENT]} && $CURRENT == 2 ]] && command=\n\tcase $command in\n")
	for _, c := range all {
		fmt.Fprintf(w, "\t%s)\n\t\t_arguments", single(c.name))
		for _, flag := range c.flags {
			spec := "--" + flag.name + "[" + strings.NewReplacer("[", `\[`, "]", `\]`, ":", `\:`).Replace(flag.help) + "]"
			if flag.value {
				spec = strings.Replace(spec, "[", "=[", 1) + ":value:"
				if len(flag.choices) > 0 {
					spec += "(" + strings.Join(flag.choices, " ") + ")"
				} else {
					spec += "_files"
				}
			}
			fmt.Fprintf(w, " \\\n\t\t\t%s", single(spec))
		}
		switch {
		case c.name == "":
			fmt.Fprint(w, " \\\n\t\t\t'1:command:{_describe command commands}'")
		case len(c.words) > 0:
			fmt.Fprintf(w, " \\\n\t\t\t'1:command:' '2:value:(%s)'", strings.Join(c.words, " "))
		case c.files:
			fmt.Fprint(w, " \\\n\t\t\t'1:command:' '*:file:_files'")
		default:
			fmt.Fprint(w, " \\\n\t\t\t'1:command:'")
		}
		fmt.Fprint(w, "\n\t\t;;\n")
	}
	fmt.Fprintf(w, "\tesac\n}\nif [[ ${funcstack[1]} == _%s ]]; then\n\t_%s \"$@\"\nelse\n\tcompdef _%s %s\nfi\n", f, f, f, program)
}

func fish(w io.Writer, program string, all []completed) {
	fmt.Fprintf(w, "# fish completion of %s\ncomplete -c %s -e\n", program, program)
	var names []string
	for _, c := range all[1:] {
		names = append(names, c.name)
		fmt.Fprintf(w, "complete -c %s -f -n __fish_use_subcommand -a %s -d %s\n", program, c.name, single(c.help))
	}
	for _, c := range all {
		when := "not __fish_seen_subcommand_from " + strings.Join(names, " ")
		if c.name != "" {
			when = "__fish_seen_subcommand_from " + c.name
		}
		for _, flag := range c.flags {
			fmt.Fprintf(w, "complete -c %s -n %s -l %s -d %s", program, single(when), flag.name, single(flag.help))
			if len(flag.choices) > 0 {
				fmt.Fprintf(w, " -x -a %s", single(strings.Join(flag.choices, " ")))
			} else if flag.value {
				fmt.Fprint(w, " -r")
			}
			fmt.Fprintln(w)
		}
		if c.name != "" && len(c.words) > 0 {
			fmt.Fprintf(w, "complete -c %s -f -n %s -a %s\n", program, single(when), single(strings.Join(c.words, " ")))
		}
	}
}

// single is a text in single quotes, as all three shells read it.
func single(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

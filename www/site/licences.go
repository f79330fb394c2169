package site

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data/mnist"
)

// licences puts this project's licence into the site, and those of what the site's programs and data come from, which most of them ask for
// where they are passed on.
func (b *Builder) licences(ctx context.Context, t *tools) error {
	if err := b.copyFile(filepath.Join(b.Root, "LICENSE"), "LICENSE.txt"); err != nil {
		return err
	}
	js := *t
	js.env = append([]string{"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0"}, t.env...)
	args := []string{"list", "-deps", "-tags", "gpu", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}"}
	for _, p := range programs {
		args = append(args, p.pkg)
	}
	out, err := js.run(ctx, args...)
	if err != nil {
		return err
	}
	digits, err := mnist.Dir(ctx)
	if err != nil {
		return err
	}
	path, version, _ := strings.Cut(mnist.Module, "@")
	rows := append(strings.Split(out, "\n"), strings.Join([]string{path, version, filepath.Dir(digits)}, "\t"), strings.Join([]string{"The Go language", "", t.goroot}, "\t"))
	slices.Sort(rows)
	var text strings.Builder
	text.WriteString("What this site's programs and data come from, and under which licences. Ganvas's own is in LICENSE.txt.\n")
	for _, row := range slices.Compact(rows) {
		part := strings.Split(row, "\t")
		if len(part) != 3 {
			continue
		}
		found, err := licenceFiles(part[2])
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%s\n%s %s\n", strings.Repeat("=", 72), part[0], part[1])
		for _, name := range found {
			content, err := os.ReadFile(filepath.Join(part[2], name))
			if err != nil {
				return fmt.Errorf("a licence cannot be read: %w", err)
			}
			fmt.Fprintf(&text, "\n%s\n", strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n")))
		}
	}
	return b.write("licences.txt", []byte(text.String()))
}

// licenceFiles are the names of the files in a folder that hold its licence and notices.
func licenceFiles(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("a licence cannot be read: %w", err)
	}
	for _, e := range entries {
		upper := strings.ToUpper(e.Name())
		if !e.IsDir() && slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE"}, func(begin string) bool { return strings.HasPrefix(upper, begin) }) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

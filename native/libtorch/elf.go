package libtorch

import (
	"debug/elf"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// checkNeeds follows what shared libraries of the libtorch need and names the first that is nowhere to be found.
func (l *Lib) checkNeeds(names ...string) error {
	seen := map[string]bool{}
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		path := lookIn(l.dirs(), name)
		if path == "" {
			if lookIn(systemDirs(), name) == "" {
				return fmt.Errorf("the libtorch in %s needs the shared library %s, which is not there: run go run ./native setup with LIBTORCH unset to fetch a whole one", l.Dir, name)
			}
			continue // the system's libraries look after their own
		}
		needs, err := needed(path)
		if err != nil {
			return fmt.Errorf("%s is no shared library, or not all of one: run go run ./native setup again (%w)", path, err)
		}
		names = append(names, needs...)
	}
	return nil
}

func needed(path string) ([]string, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ImportedLibraries()
}

// oldABI tells from a library's symbols whether C++ strings of the new kind (std::__cxx11) are among its interface.
func oldABI(path string) (bool, error) {
	f, err := elf.Open(path)
	if err != nil {
		return false, fmt.Errorf("%s is no shared library, or not all of one: run go run ./native setup again (%w)", path, err)
	}
	defer f.Close()
	symbols, err := f.DynamicSymbols()
	if err != nil {
		return false, fmt.Errorf("reading the symbols of %s: %w", path, err)
	}
	for _, s := range symbols {
		// c10::Error's constructor takes a string, in every build.
		if s.Section != elf.SHN_UNDEF && strings.HasPrefix(s.Name, "_ZN3c105ErrorC") && strings.Contains(s.Name, "__cxx11") {
			return false, nil
		}
	}
	return true, nil
}

func lookIn(dirs []string, name string) string {
	for _, d := range dirs {
		path := filepath.Join(d, name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// systemDirs is where the dynamic linker looks by itself.
func systemDirs() []string {
	dirs := filepath.SplitList(os.Getenv("LD_LIBRARY_PATH"))
	confs, _ := filepath.Glob("/etc/ld.so.conf.d/*.conf")
	for _, conf := range confs {
		b, _ := os.ReadFile(conf)
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); filepath.IsAbs(line) {
				dirs = append(dirs, line)
			}
		}
	}
	return append(dirs, "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib", "/usr/local/cuda/lib64")
}

package libtorch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrNotSetUp is Ready's answer where no libtorch has been chosen yet.
var ErrNotSetUp = errors.New("libtorch is not set up: go run ./native setup makes it ready, --engine go does without it")

// Folder is where this package keeps its files.
func Folder() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for caches, so libtorch has no place: set XDG_CACHE_HOME to one (%w)", err)
	}
	return filepath.Join(dir, "ganvas", "libtorch"), nil
}

// Ready is the libtorch to build with: the one that LIBTORCH names, or else the one that setup has chosen.
func Ready() (*Lib, error) {
	if err := Supported(); err != nil {
		return nil, err
	}
	if dir := os.Getenv("LIBTORCH"); dir != "" {
		return named(dir, HasGPU())
	}
	dir, err := Folder()
	if err != nil {
		return nil, err
	}
	c, err := readChoice(dir)
	if err != nil {
		return nil, err
	}
	return Open(c.dir, c.from, c.cuda)
}

// named is the libtorch that LIBTORCH names, with CUDA where it has that and want asks for it.
func named(dir string, want bool) (*Lib, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("LIBTORCH cannot be used: %w", err)
	}
	if want {
		if l, err := Open(dir, "LIBTORCH", true); err == nil {
			return l, nil
		}
	}
	return Open(dir, "LIBTORCH", false)
}

// choice is what setup has settled on, kept in a small file.
type choice struct {
	dir, from string
	cuda      bool
}

const choiceFile = "chosen"

func readChoice(folder string) (choice, error) {
	b, err := os.ReadFile(filepath.Join(folder, choiceFile))
	if errors.Is(err, fs.ErrNotExist) {
		return choice{}, ErrNotSetUp
	}
	if err != nil {
		return choice{}, fmt.Errorf("what setup has chosen cannot be read: %w", err)
	}
	lines := strings.Split(string(b), "\n")
	if len(lines) < 3 {
		return choice{}, ErrNotSetUp
	}
	return choice{dir: lines[2], from: lines[1], cuda: lines[0] == "cuda"}, nil
}

func (l *Lib) choose(folder string) error {
	device := "cpu"
	if l.CUDA {
		device = "cuda"
	}
	path := filepath.Join(folder, choiceFile)
	if err := os.WriteFile(path+".new", []byte(device+"\n"+l.From+"\n"+l.Dir+"\n"), 0o666); err != nil {
		return fmt.Errorf("what setup has chosen cannot be kept: %w", err)
	}
	return os.Rename(path+".new", path)
}

// pythons are the interpreters that are asked for a torch and for pip.
var pythons = []string{"python3", "python"}

// fromPython is the folder of the torch that Python would import, "" where there is none.
func fromPython(ctx context.Context) string {
	const ask = "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')"
	for _, name := range pythons {
		out, err := exec.CommandContext(ctx, name, "-c", ask).Output()
		if err == nil && strings.TrimSpace(string(out)) != "" {
			return strings.TrimSpace(string(out))
		}
	}
	return ""
}

// HasGPU reports whether the machine has an NVIDIA GPU with its driver.
func HasGPU() bool {
	if _, err := os.Stat("/proc/driver/nvidia/version"); err == nil {
		return true
	}
	return exec.Command("nvidia-smi", "-L").Run() == nil
}

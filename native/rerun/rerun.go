// Package rerun builds the running program anew in the way in which it computes fastest, keeps the result in the user's
// cache folder, and puts it in the running program's place, with its arguments, terminal and signals.
package rerun

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// Toolchain is the Go that has the experiment of SIMD instructions.
const Toolchain = "go1.27.3"

// Experiment says that [Toolchain] has SIMD instructions for this kind of processor.
const Experiment = runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64"

// mark is set for programs that were put in another's place, so that they stay.
const mark = "GANVAS_RERUN"

// Build is how the program is to be built.
type Build struct {
	Tags []string
	Env  []string // for the go command
	Long string   // what takes minutes the first time with these tags and this environment, if anything does
}

// ErrStay means that the program that runs is already the best that can be had, or that its source is not at hand.
var ErrStay = errors.New("there is nothing to build anew")

// Done reports whether this program was put in another's place.
func Done() bool { return os.Getenv(mark) != "" }

// SIMD reports whether this program was built with SIMD instructions.
func SIMD() bool { return simd }

// Self builds the program as b says, with SIMD instructions where the processor and the toolchain have them, and runs it
// in this one's place with the same arguments. Where that is possible it does not return; elsewhere it returns the exit
// code. What it has to say goes to errs.
func Self(ctx context.Context, b Build, errs io.Writer) (code int, err error) {
	if Done() || simd && len(b.Tags) == 0 {
		return 0, ErrStay
	}
	p, err := here()
	if err != nil {
		return 0, err
	}
	binary, err := p.binary(ctx, b, errs)
	if err != nil {
		return 0, err
	}
	return replace(binary, append([]string{binary}, os.Args[1:]...), append(os.Environ(), mark+"=1"))
}

// program is where the source of the running program is and where its builds are kept.
type program struct {
	root  string // of the module
	pkg   string // import path
	cache string
}

func here() (*program, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Path == "" {
		return nil, ErrStay
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, ErrStay
	}
	root := moduleRoot(dir, info.Main.Path)
	if root == "" {
		return nil, ErrStay
	}
	if _, err := exec.LookPath("go"); err != nil {
		return nil, ErrStay
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, ErrStay
	}
	return &program{root: root, pkg: info.Path, cache: filepath.Join(cache, "ganvas", "native")}, nil
}

// Commit is the commit that the source at hand stands at, with -dirty behind it where it was changed since, "" where that
// cannot be told.
func Commit() string {
	p, err := here()
	if err != nil {
		return ""
	}
	out, err := exec.Command("git", "-C", p.root, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// moduleRoot is the folder of that module's go.mod, dir or one above it; "" where there is none.
func moduleRoot(dir, module string) string {
	for {
		if b, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			if first, _, _ := strings.Cut(string(b), "\n"); strings.TrimSpace(first) == "module "+module {
				return dir
			}
			return ""
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// variant is one way to build: with the newer toolchain and its experiment, or as the go command at hand does.
type variant struct {
	env     []string
	version string
}

func variants() []variant {
	plain := variant{version: runtime.Version()}
	if !Experiment {
		return []variant{plain}
	}
	return []variant{{env: []string{"GOTOOLCHAIN=" + Toolchain, "GOEXPERIMENT=simd"}, version: Toolchain + " simd"}, plain}
}

// binary is the path of the program, built as b says if it is not there yet.
func (p *program) binary(ctx context.Context, b Build, errs io.Writer) (string, error) {
	sum, err := p.sources()
	if err != nil {
		return "", err
	}
	for _, v := range variants() {
		if len(v.env) == 0 && len(b.Tags) == 0 {
			return "", ErrStay // that is the program that runs
		}
		folder := filepath.Join(p.cache, p.key(sum, v.version, b))
		path := filepath.Join(folder, "ganvas"+suffix())
		if _, err := os.Stat(path); err == nil {
			now := time.Now()
			_ = os.Chtimes(folder, now, now) // the ones longest unused go first
			return path, nil
		}
		if len(v.env) > 0 {
			if why := unavailable(ctx, v, errs); why != "" {
				fmt.Fprintf(errs, "without SIMD instructions, since Go %s cannot be had: %s\n", strings.TrimPrefix(Toolchain, "go"), why)
				continue
			}
		}
		if err := p.build(ctx, v, b, path, errs); err != nil {
			return "", err
		}
		p.prune()
		return path, nil
	}
	panic("rerun: no variant left")
}

// unavailable says why the variant's toolchain cannot be had; it is fetched by the go command if need be.
func unavailable(ctx context.Context, v variant, errs io.Writer) string {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "version")
	cmd.Env = append(os.Environ(), v.env...)
	stop := tick(errs, "getting Go "+strings.TrimPrefix(Toolchain, "go")+", once", time.Second)
	out, err := cmd.CombinedOutput()
	stop()
	if err == nil {
		return ""
	}
	return reason(out, err)
}

func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

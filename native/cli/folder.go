package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// The files of a run, in its folder.
const (
	checkpointFile = "checkpoint.safetensors"
	generatorFile  = "generator.safetensors"
	tapeFile       = "tape.safetensors"
	samplesFolder  = "samples"
	gifFile        = "samples.gif"
	logFile        = "events.jsonl"
	lockFile       = ".lock"
)

// runFiles are the patterns of all that a run writes into its folder, but the lock.
var runFiles = []string{
	checkpointFile, generatorFile, tapeFile, gifFile, logFile,
	filepath.Join(samplesFolder, "epoch-*.png"), filepath.Join(momentsFolder, "step-*.safetensors"),
}

// runFolder is a run's folder, which nobody else writes to while it is held.
type runFolder struct {
	path string
	lock *flock.Flock // nil where the file system has no locks
	is   fs.FileInfo  // the lock's file
}

func (f *runFolder) file(parts ...string) string {
	return filepath.Join(append([]string{f.path}, parts...)...)
}

// errHeld means that another program trains in a folder.
type errHeld struct{ path, by string }

func (e errHeld) Error() string {
	return fmt.Sprintf("another run is under way in %s (%s): wait for its end, or take another folder with --out", e.path, e.by)
}

// holdFolder makes a folder where there is none and takes it for this program. The lock goes with the program, however
// that ends.
func holdFolder(path string) (*runFolder, error) {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, fmt.Errorf("the run's folder %s cannot be made: %w", path, plainly(err))
	}
	f := &runFolder{path: path, lock: flock.New(filepath.Join(path, lockFile), flock.SetPermissions(0o666))}
	ours, err := f.lock.TryLock()
	switch {
	case err != nil && errors.Is(err, errors.ErrUnsupported):
		f.lock = nil
		return f, nil
	case err != nil:
		return nil, fmt.Errorf("the run's folder %s cannot be locked: %w", path, plainly(err))
	case !ours:
		return nil, errHeld{path, holder(path)}
	}
	if f.is, err = f.lock.Stat(); err != nil {
		f.release()
		return nil, fmt.Errorf("the run's folder %s cannot be locked: %w", path, plainly(err))
	}
	f.sign()
	return f, nil
}

// holderAt is where the lock's file says who holds it: Windows lets nobody else read the first byte.
const holderAt = 1

// sign writes down who holds the folder. That it cannot be read later harms nothing.
func (f *runFolder) sign() {
	host, _ := os.Hostname()
	text := fmt.Sprintf("process %d on %s, since %s", os.Getpid(), host, time.Now().Format("2006-01-02 15:04"))
	if w, err := os.OpenFile(f.file(lockFile), os.O_WRONLY, 0); err == nil {
		_, _ = w.WriteAt([]byte(text), holderAt)
		_ = w.Truncate(int64(holderAt + len(text)))
		w.Close()
	}
}

// holder says who holds a folder.
func holder(path string) string {
	r, err := os.Open(filepath.Join(path, lockFile))
	if err == nil {
		defer r.Close()
		b := make([]byte, 200)
		if n, _ := r.ReadAt(b, holderAt); n > 0 {
			return string(b[:n])
		}
	}
	return "it does not say by whom"
}

func (f *runFolder) release() {
	if f != nil && f.lock != nil {
		_ = f.lock.Close()
	}
}

// gone reports whether the folder is this run's no longer: deleted, with all or with the lock alone, or in another's place by now.
func (f *runFolder) gone() bool {
	about, err := os.Stat(f.file(lockFile))
	if f.lock == nil {
		about, err = os.Stat(f.path)
	}
	return errors.Is(err, fs.ErrNotExist) || err == nil && f.lock != nil && !os.SameFile(about, f.is)
}

// anew makes a folder that is gone again, or the next free one beside it where another run has begun there meanwhile.
func (f *runFolder) anew() (*runFolder, error) {
	path := f.path
	if _, err := os.Stat(f.file(lockFile)); err == nil {
		path = freshName(filepath.Dir(path), filepath.Base(path))
	}
	made, err := holdFolder(path)
	if errors.As(err, new(errHeld)) { // since a moment
		made, err = holdFolder(freshName(filepath.Dir(path), filepath.Base(path)))
	}
	if err == nil {
		f.release()
	}
	return made, err
}

// used is what a run has left in a folder: the paths of its files; none where there was no run.
func used(path string) (left []string) {
	for _, pattern := range runFiles {
		names, _ := filepath.Glob(filepath.Join(quoteGlob(path), pattern))
		left = append(left, names...)
	}
	return left
}

// quoteGlob is a path as a pattern that matches only it.
func quoteGlob(path string) string {
	if filepath.Separator == '\\' {
		return path // has no quoting
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// clear removes what an earlier run wrote, and nothing else.
func (f *runFolder) clear() error {
	for _, name := range used(f.path) {
		if err := os.Remove(name); err != nil {
			return fmt.Errorf("what the earlier run left in %s cannot be removed: %w", f.path, plainly(err))
		}
	}
	return nil
}

// sweep removes what a program that was killed left half written: files beside those of a run, named after them.
func (f *runFolder) sweep() {
	for _, pattern := range runFiles {
		dir, base := filepath.Split(pattern)
		names, _ := filepath.Glob(filepath.Join(quoteGlob(f.path), dir, "."+base+".*"))
		for _, name := range names {
			if digits(name[strings.LastIndexByte(name, '.')+1:]) {
				os.Remove(name)
			}
		}
	}
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// freshName is the first of name, name-2, name-3, … in that folder in which no run lies, nor is one under way.
func freshName(in, name string) string {
	for n := 1; ; n++ {
		path := filepath.Join(in, name)
		if n > 1 {
			path += fmt.Sprint("-", n)
		}
		if about, err := os.Stat(path); err != nil && errors.Is(err, fs.ErrNotExist) || err == nil && about.IsDir() && len(used(path)) == 0 && !busyFolder(path) {
			return path
		}
	}
}

// busyFolder reports whether a run is under way in a folder, which may have written nothing yet.
func busyFolder(path string) bool {
	if _, err := os.Stat(filepath.Join(path, lockFile)); err != nil {
		return false
	}
	l := flock.New(filepath.Join(path, lockFile))
	ours, err := l.TryLock()
	_ = l.Close()
	return err == nil && !ours
}

// sameFolder reports whether two paths name one folder.
func sameFolder(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	if err1 == nil && err2 == nil {
		return os.SameFile(x, y)
	}
	return filepath.Clean(a) == filepath.Clean(b)
}

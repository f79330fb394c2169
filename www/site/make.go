package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// CacheDir is where programs that serve the site keep it between starts.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for caches: %w; use --build DIR", err)
	}
	return filepath.Join(dir, "ganvas", "site"), nil
}

// Make builds the site from the module around the working folder, into a folder that is a site's or nobody's, and says so. Programs
// that make the same folder at once do it in turn.
func (b *Builder) Make(ctx context.Context) (err error) {
	if b.Root, err = Root(ctx); err != nil {
		return err
	}
	if b.Dir, err = filepath.Abs(b.Dir); err != nil {
		return fmt.Errorf("the site's folder cannot be used: %w", err)
	}
	if err := Claim(b.Dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(b.Dir), 0o777); err != nil {
		return fmt.Errorf("the site's folder cannot be made: %w", err)
	}
	lock := flock.New(b.Dir + ".lock")
	if _, err := lock.TryLockContext(ctx, 200*time.Millisecond); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("the site's folder cannot be locked: %w", err)
	}
	defer lock.Close()
	began := time.Now()
	if err := b.Build(ctx); err != nil {
		return err
	}
	b.Say("the page is ready in %s after %.1f s", b.Dir, time.Since(began).Seconds())
	return nil
}

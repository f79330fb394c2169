package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A peer is a library that the benchmark page can time the same step in.
type peer struct {
	name     string // in peers.json
	version  string // of all its packages
	packages []peerPackage
}

// A peerPackage is what of a package the page loads: the files in its folder dist that match a pattern, put into a folder of the site.
type peerPackage struct {
	name, to string
	files    []string
}

// peerLibraries are all that there are.
var peerLibraries = []peer{
	{"tfjs", "4.22.0", []peerPackage{
		{"@tensorflow/tfjs", "peers", []string{"tf.es2017.min.js"}}, // with the cpu and webgl backends, and every gradient
		{"@tensorflow/tfjs-backend-webgpu", "peers", []string{"tf-backend-webgpu.es2017.min.js"}},
		{"@tensorflow/tfjs-backend-wasm", "peers", []string{"tf-backend-wasm.es2017.min.js", "tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"}},
	}},
	{"jax-js", "0.1.25", []peerPackage{{"@jax-js/jax", "peers/jax-js", []string{"*.js"}}}},
}

// peers brings other libraries in where they are asked for, and tells the page which there are, by their versions.
func (b *Builder) peers(ctx context.Context) error {
	have := map[string]string{}
	if b.Peers {
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("there is no folder for caches: %w", err)
		}
		for _, p := range peerLibraries {
			dir := filepath.Join(cache, "ganvas", p.name+"-"+p.version)
			if err := b.installPeer(ctx, p, dir); err != nil {
				return err
			}
			if err := b.copyPeer(p, dir); err != nil {
				return err
			}
			have[p.name] = p.version
		}
	}
	text, err := json.Marshal(have)
	if err != nil {
		return err
	}
	return b.write("peers.json", text)
}

func (b *Builder) copyPeer(p peer, dir string) error {
	for _, pack := range p.packages {
		for _, pattern := range pack.files {
			files, err := filepath.Glob(filepath.Join(dir, "node_modules", filepath.FromSlash(pack.name), "dist", pattern))
			if err != nil {
				return err
			}
			if len(files) == 0 {
				return fmt.Errorf("%s %s has no %s", pack.name, p.version, pattern)
			}
			for _, file := range files {
				if err := b.copyFile(file, filepath.Join(filepath.FromSlash(pack.to), filepath.Base(file))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// installPeer has npm fetch a library's packages once. Their install scripts do not run.
func (b *Builder) installPeer(ctx context.Context, p peer, dir string) error {
	done := filepath.Join(dir, "complete")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("the folder for %s cannot be made: %w", p.name, err)
	}
	b.Say("fetching %s %s", p.name, p.version)
	args := []string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"}
	for _, pack := range p.packages {
		args = append(args, pack.name+"@"+p.version)
	}
	cmd := exec.CommandContext(ctx, "npm", args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	switch err := cmd.Run(); {
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("--peers needs npm, which is not on the PATH: install Node.js, or leave --peers out")
	case err != nil:
		return fmt.Errorf("npm could not fetch %s: %s", p.name, lastLines(complaint.String(), err))
	}
	return replace(done, nil)
}

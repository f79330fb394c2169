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

// peerVersion is of the TensorFlow.js packages that the benchmark page can compare with.
const peerVersion = "4.22.0"

// peerPackages is what of each package the page loads.
var peerPackages = []struct {
	name  string
	files []string
}{
	{"tfjs", []string{"tf.es2017.min.js"}}, // with the cpu and webgl backends, and every gradient
	{"tfjs-backend-webgpu", []string{"tf-backend-webgpu.es2017.min.js"}},
	{"tfjs-backend-wasm", []string{"tf-backend-wasm.es2017.min.js", "tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"}},
}

// peers brings TensorFlow.js in where it is asked for, and tells the page either way.
func (b *Builder) peers(ctx context.Context) error {
	have := map[string]string{}
	if b.Peers {
		have["tfjs"] = peerVersion
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("there is no folder for caches: %w", err)
		}
		dir := filepath.Join(cache, "ganvas", "tfjs-"+peerVersion)
		if err := b.installPeers(ctx, dir); err != nil {
			return err
		}
		for _, p := range peerPackages {
			for _, file := range p.files {
				if err := b.copyFile(filepath.Join(dir, "node_modules", "@tensorflow", p.name, "dist", file), filepath.Join("peers", file)); err != nil {
					return err
				}
			}
		}
	}
	text, err := json.Marshal(have)
	if err != nil {
		return err
	}
	return b.write("peers.json", text)
}

// installPeers has npm fetch the packages once. Their install scripts do not run.
func (b *Builder) installPeers(ctx context.Context, dir string) error {
	done := filepath.Join(dir, "complete")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("the folder for TensorFlow.js cannot be made: %w", err)
	}
	b.Say("fetching TensorFlow.js %s", peerVersion)
	args := []string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"}
	for _, p := range peerPackages {
		args = append(args, "@tensorflow/"+p.name+"@"+peerVersion)
	}
	cmd := exec.CommandContext(ctx, "npm", args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	switch err := cmd.Run(); {
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("--peers needs npm, which is not on the PATH: install Node.js, or leave --peers out")
	case err != nil:
		return fmt.Errorf("npm could not fetch TensorFlow.js: %s", lastLines(complaint.String(), err))
	}
	return replace(done, nil)
}

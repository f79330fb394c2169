package libtorch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// wheel is one package of compiled libraries. The libraries do not depend on the Python that a wheel is made for.
type wheel struct {
	name, version string
	sha256        string
	bytes         int64 // about
}

const mb = 1_000_000

// cpuWheels: libtorch_cpu.so of the one build for CUDA that is published this way needs the two small NVIDIA libraries.
var cpuWheels = []wheel{
	{"nvidia-cuda-runtime-cu12", "12.1.105", "6e258468ddf5796e25f1dc591a31029fa317d97a0a94ed93468fc86301d61e40", 1 * mb},
	{"nvidia-cuda-cupti-cu12", "12.1.105", "e54fde3983165c624cb79254ae9818a456eb6e87a7fd4d56a2352c24ee542d7e", 14 * mb},
	{"torch", Version, "2224622407ca52611cbc5b628106fde22ed8e679031f5a99ce286629fc696128", 670 * mb},
}

// cudaWheels is what libtorch_cuda.so needs beside those, in the versions that torch's own metadata asks for.
var cudaWheels = []wheel{
	{"nvidia-cuda-nvrtc-cu12", "12.1.105", "339b385f50c309763ca65456ec75e17bbefcbbf2893f462cb8b90584cd27a1c2", 24 * mb},
	{"nvidia-cudnn-cu12", "8.9.2.26", "5ccb288774fdfb07a7e7025ffec286971c06d8d7b4fb162525334616d7629ff9", 732 * mb},
	{"nvidia-cublas-cu12", "12.1.3.1", "ee53ccca76a6fc08fb9701aa95b6ceb242cdaab118c3bb152af4e579af792728", 411 * mb},
	{"nvidia-cufft-cu12", "11.0.2.54", "794e3948a1aa71fd817c3775866943936774d1c14e7628c74f6f7417224cdf56", 122 * mb},
	{"nvidia-curand-cu12", "10.3.2.106", "9d264c5036dde4e64f1de8c50ae753237c12e0b1348738169cd0f8a536c0e1e0", 57 * mb},
	{"nvidia-cusolver-cu12", "11.4.5.107", "8a7ec542f0412294b15072fa7dab71d31334014a69f953004ea7a118206fe0dd", 124 * mb},
	{"nvidia-cusparse-cu12", "12.1.0.106", "f3b50f42cf363f86ab21f720998517a659a48131e8d538dc02f8768237bd884c", 196 * mb},
	{"nvidia-nccl-cu12", "2.18.1", "1a6c4acefcbebfa6de320f412bf7866de856e786e0462326ba1bac40de0b5e71", 210 * mb},
	{"nvidia-nvtx-cu12", "12.1.105", "dc21cf308ca5691e7c04d962e213f8a4aa9bbfa23d95412f452254c2caeb09e5", 1 * mb},
	{"nvidia-nvjitlink-cu12", "12.1.105", "015fed699b390ce3b8a8578d822d501a4194d0a341d3859554067c1ab291cb85", 20 * mb},
}

func wheelList(cuda bool) []wheel {
	if cuda {
		return append(append([]wheel{}, cpuWheels...), cudaWheels...)
	}
	return cpuWheels
}

// wheels fetches with pip.
type wheels struct {
	python string
	list   []wheel
	cuda   bool
}

// withPip is a Python that has pip, "" where there is none.
func withPip(ctx context.Context) string {
	for _, name := range pythons {
		if exec.CommandContext(ctx, name, "-m", "pip", "--version").Run() == nil {
			return name
		}
	}
	return ""
}

func (w wheels) total() (n int64) {
	for _, x := range w.list {
		n += x.bytes
	}
	return n
}

func (w wheels) announce(folder string) string {
	names := make([]string, len(w.list))
	for i, x := range w.list {
		names[i] = x.name + " " + x.version
	}
	return fmt.Sprintf("fetching with pip %s: %d MB, which take %d MB in %s", strings.Join(names, ", "), w.total()/mb, w.unpacked()/mb, folder)
}

// unpacked is what the needed files take: for the CPU a libtorch_cpu.so of 467 MB and headers; for CUDA nearly all.
func (w wheels) unpacked() int64 {
	if w.cuda {
		return 2 * w.total()
	}
	return 560 * mb
}

func (w wheels) space() int64 { return w.total() + w.unpacked() }

func (w wheels) fetch(ctx context.Context, dir string, progress func(done, total int64)) ([]string, error) {
	temp := filepath.Join(dir, tmp)
	if err := os.MkdirAll(temp, 0o777); err != nil {
		return nil, fmt.Errorf("the folder for fetched files cannot be made: %w", err)
	}
	stop := watch(dir, w.total(), progress)
	defer stop()
	var files []string
	for _, x := range w.list {
		path, err := x.whole(dir)
		if err != nil {
			if err := w.pip(ctx, x, dir, temp); err != nil {
				return nil, err
			}
			if path, err = x.whole(dir); err != nil {
				return nil, err
			}
		}
		files = append(files, path)
	}
	return files, nil
}

// whole is the wheel's file in dir if it is there with the right checksum. One with a wrong checksum is removed.
func (x wheel) whole(dir string) (string, error) {
	found, _ := filepath.Glob(filepath.Join(dir, strings.ReplaceAll(x.name, "-", "_")+"-"+x.version+"-*.whl"))
	if len(found) == 0 {
		return "", fmt.Errorf("pip brought no file of %s %s: try again with a newer pip", x.name, x.version)
	}
	f, err := os.Open(found[0])
	if err != nil {
		return "", fmt.Errorf("a fetched file cannot be read: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("a fetched file cannot be read: %w", err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != x.sha256 {
		os.Remove(found[0])
		return "", fmt.Errorf("%s came with the checksum %s… instead of %s…, so it is not what was published: run setup again", filepath.Base(found[0]), got[:12], x.sha256[:12])
	}
	return found[0], nil
}

// pip fetches one wheel for CPython 3.11, whichever Python pip itself runs on.
func (w wheels) pip(ctx context.Context, x wheel, dir, temp string) error {
	cmd := exec.CommandContext(ctx, w.python, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--only-binary=:all:",
		"--implementation", "cp", "--python-version", "3.11", "--platform", "manylinux1_x86_64", "--platform", "manylinux2014_x86_64",
		"--progress-bar", "off", "--no-input", "--disable-pip-version-check", "--retries", "2", "--timeout", "30",
		"--dest", dir, x.name+"=="+x.version)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("setup was stopped; what was fetched whole is kept for the next time: %w", ctx.Err())
	}
	return pipFailed(x, out, err)
}

// unreachable are the words by which pip tells that the network is at fault.
var unreachable = []string{"Failed to establish a new connection", "NewConnectionError", "Max retries exceeded", "name resolution", "Connection refused",
	"timed out", "Connection broken", "ProxyError", "ConnectionResetError", "Network is unreachable"}

// pipFailed puts pip's many lines into one sentence.
func pipFailed(x wheel, out []byte, err error) error {
	text := string(out)
	if strings.Contains(text, "No space left") {
		return noSpace(errors.New("no space left for " + x.name))
	}
	for _, u := range unreachable {
		if strings.Contains(text, u) {
			return fmt.Errorf("the package index cannot be reached (%s): check the network and run setup again, or take --engine go, which needs no libtorch", u)
		}
	}
	last := err.Error()
	for line := range bytes.Lines(out) {
		if bytes.HasPrefix(line, []byte("ERROR:")) {
			last = strings.TrimSpace(strings.TrimPrefix(string(line), "ERROR:"))
			break
		}
	}
	return fmt.Errorf("pip could not fetch %s %s: %s", x.name, x.version, last)
}

package live

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// written is a piece of docs/studio.md, as a pattern has it in brackets.
func written(t *testing.T, pattern string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(pagetest.Root, "docs", "studio.md"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindSubmatch(b)
	if m == nil {
		t.Fatalf("docs/studio.md has no %s", pattern)
	}
	return string(m[1])
}

// changed puts other texts in the place of some, which must be there.
func changed(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("docs/studio.md has no %q in %q", pairs[i], text)
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// A sweep by an indexed Job, as docs/studio.md has it but for ports, folders and the size of the networks: each pod's command as a plain
// process, with its number in JOB_COMPLETION_INDEX. All are watched from one page, and one of them compared with the first.
func TestLongSeveralRuns(t *testing.T) {
	longtest.Test(t)
	pagetest.Chromium(t)
	const token = "the-token-of-the-sweep"
	dir, bin := t.TempDir(), t.TempDir()
	if err := os.Symlink(program(t), filepath.Join(bin, "ganvas")); err != nil {
		t.Fatal(err)
	}
	line := strings.Join(strings.Fields(written(t, `(?s)\n +- (exec ganvas train .*?)\n +env:`)), " ")
	line = changed(t, line, "--preset dcgan", strings.Join(append(small[:len(small)-2:len(small)-2], common(t)...), " ")+" --plain", "/runs/", dir+"/", "0.0.0.0:8081", "0.0.0.0:0")
	var links []string
	for _, number := range []string{"0", "1", "2"} {
		cmd := exec.Command("sh", "-c", line)
		cmd.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "GANVAS_TOKEN=" + token, "JOB_COMPLETION_INDEX=" + number}
		s := begin(t, dir, cmd)
		if s.key != "#token="+token {
			t.Errorf("its token is %q", s.key)
		}
		_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.link, "http://"))
		at := "http://127.0.0.1:" + port
		for host, status := range map[string]int{"sweep-" + number + ".sweep:8081": http.StatusOK, "elsewhere.example": http.StatusMisdirectedRequest} {
			request, err := http.NewRequest(http.MethodGet, at+"/runs.json", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Host = host
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != status {
				t.Errorf("under the name %s it answers %d", host, response.StatusCode)
			}
		}
		links = append(links, at+"/"+s.key)
	}
	s := start(t, t.TempDir(), "studio", "--runs", strings.Join(links, ","), "--addr", "127.0.0.1:0")
	p := s.visit("")
	p.Started()
	p.Until("[...document.querySelectorAll('#compare-runs li')].filter((li) => li.dataset.state === 'running' && li.querySelector('canvas').width === 8 * 29 + 1 && /step [1-9]/.test(li.innerText)).length === 3")
	if words := p.Text("compare-runs"); !strings.Contains(words, "seed 0") || !strings.Contains(strings.ToLower(words), "seed 2") {
		t.Errorf("of the runs it says %q", words)
	}
	pagetest.Eval[bool](p, "((e) => { e.value = 'watched 2'; return e.dispatchEvent(new Event('change')); })(document.getElementById('compare-what'))")
	p.Click("compare-go")
	p.Until("/step [1-9]/.test(document.getElementById('compare-b').textContent) && /[Ss]eed/.test(document.getElementById('compare-differ').textContent)")
	b := pagetest.Eval[int](p, pagetest.StepB)
	p.Until(pagetest.StepB + " > " + strconv.Itoa(b))
	if words := p.Text("compare"); !strings.Contains(words, "different seeds") || !strings.Contains(words, "its own noise") || strings.Contains(words, "the same noise") {
		t.Errorf("of runs with other seeds it says %q", words)
	}
	p.Look("studio-runs")
	p.Click("compare-end")
	p.Click("tab-watch")
	p.Until("!document.getElementById('play').disabled") // it drives the first
	p.NoErrors()
}

// The script of a Slurm array that docs/studio.md has, but for its ports, the preset and the page: each task as a plain process with its
// number in SLURM_ARRAY_TASK_ID.
func TestLongArray(t *testing.T) {
	longtest.Test(t)
	dir := t.TempDir()
	if err := os.Symlink(program(t), filepath.Join(dir, "ganvas")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".ganvas-token"), []byte("the-token-of-the-array\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Skipf("this machine's name is no address here: %v", err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	script := changed(t, written(t, "(?s)```\n(#!/bin/sh\n#SBATCH.*?)```"), "--preset dcgan", "--preset ring-2d --epochs 1 --plain "+strings.Join(common(t), " "), "8100", port)
	path := filepath.Join(dir, "array.sh")
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, number := range []int{0, 1} {
		cmd := exec.Command(path)
		cmd.Env = []string{"HOME=" + dir, "SLURM_ARRAY_TASK_ID=" + strconv.Itoa(number)}
		s := begin(t, dir, cmd)
		if first, _ := strconv.Atoi(port); s.key != "#token=the-token-of-the-array" || !strings.HasSuffix(s.link, ":"+strconv.Itoa(first+number)) {
			t.Errorf("it is at %s/%s", s.link, s.key)
		}
		if code := s.ended(); code != 0 {
			t.Fatalf("exit code %d: %s", code, s.words())
		}
		if _, err := os.Stat(filepath.Join(dir, "runs", "seed-"+strconv.Itoa(number), "checkpoint.safetensors")); err != nil {
			t.Error(err)
		}
	}
}

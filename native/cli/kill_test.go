package cli

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// Runs killed at any moment leave a whole checkpoint or none, a folder that the next one takes at once, and end as one that
// nobody killed. GANVAS_KILLS says how many kills there are; a few by itself.
func TestKilledAtAnyMoment(t *testing.T) {
	kills := 4
	if n, err := strconv.Atoi(os.Getenv("GANVAS_KILLS")); err == nil {
		kills = n
	}
	const epochs, steps = "20", 400
	data, dir := idxFolder(t, 200), t.TempDir()
	whole, killed := filepath.Join(dir, "whole"), filepath.Join(dir, "killed")
	flags := []string{"--epochs", epochs, "--checkpoint-every", "21", "--ema", "0.9", "--plain"}
	must(t, tiny(data, whole, flags...)...)
	checkpoint := filepath.Join(killed, checkpointFile)
	random := rand.New(rand.NewPCG(1, 2))
	on := []string{"train", "--engine", "go", "--data", data, "--resume", checkpoint, "--checkpoint-every", "21", "--plain"}
	struck := 0
	for range kills {
		args := on
		if _, err := os.Stat(checkpoint); err != nil {
			args = append(tiny(data, killed, flags...), "--overwrite")
		}
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(os.Environ(), "GANVAS_AS_PROGRAM=1")
		var errs bytes.Buffer
		cmd.Stderr = &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.IntN(700)) * time.Millisecond) // no event is meant: any moment will do
		_ = cmd.Process.Kill()
		if cmd.Wait(); cmd.ProcessState.ExitCode() >= 0 { // it was over before, or would not begin
			if code := cmd.ProcessState.ExitCode(); code != 0 && !bytes.Contains(errs.Bytes(), []byte("is over")) {
				t.Fatalf("%v: exit code %d: %s", args, code, errs.String())
			}
			if _, err := os.Stat(checkpoint); err == nil && kills > 10 {
				checkLog(t, killed, steps)
				if err := os.RemoveAll(killed); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		struck++
		if _, err := os.Stat(checkpoint); err == nil {
			must(t, "generate", "--engine", "go", "--weights", checkpoint, "--count", "1", "--out", filepath.Join(dir, "x.png"))
		}
	}
	t.Logf("%d of %d runs were killed under way", struck, kills)
	if _, err := os.Stat(checkpoint); err != nil {
		must(t, append(tiny(data, killed, flags...), "--overwrite")...)
	} else if code, _, errs := ganvas(on...); code != 0 && !bytes.Contains([]byte(errs), []byte("is over")) {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, name := range []string{checkpointFile, generatorFile, gifFile} {
		if !bytes.Equal(read(t, filepath.Join(killed, name)), read(t, filepath.Join(whole, name))) {
			t.Errorf("%s differs from that of the run that nobody killed", name)
		}
	}
	checkLog(t, killed, steps)
	if left, _ := filepath.Glob(filepath.Join(killed, ".*.*")); len(left) > 0 {
		t.Errorf("%v are left", left)
	}
}

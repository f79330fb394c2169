package live

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"ganvas/www/pagetest"
)

// tie has a program end where this one does, however that ends, and puts it at the head of a group.
func tie(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// end ends a tied program and those that it has started.
func end(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// A test that is killed leaves no program behind.
func TestKilledTestLeavesNothing(t *testing.T) {
	if os.Getenv("GANVAS_TIED") != "" { // in the test that will be killed
		cmd := exec.Command("sleep", "600")
		tie(cmd)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		fmt.Println("it is", cmd.Process.Pid)
		_ = cmd.Wait()
		return
	}
	killed := exec.Command(os.Args[0], "-test.run", "^TestKilledTestLeavesNothing$")
	killed.Env = append(os.Environ(), "GANVAS_TIED=1")
	out, err := killed.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for lines := bufio.NewScanner(out); pid == 0 && lines.Scan(); {
		_, _ = fmt.Sscanf(lines.Text(), "it is %d", &pid)
	}
	_ = killed.Process.Kill()
	_ = killed.Wait()
	lives := func() bool { // one that has ended may wait for somebody to ask how
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		return err == nil && !strings.Contains(string(stat), ") Z ")
	}
	if pid == 0 || !pagetest.Soon(func() bool { return !lives() }) {
		t.Errorf("process %d lives on", pid)
	}
}

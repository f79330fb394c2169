package cli

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/export"
)

// No command writes over the file that it reads.
func TestOutputsAreNotInputs(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	must(t, tiny(data, out, "--epochs", "1", "--tape", "--plain")...)
	generator := filepath.Join(out, generatorFile)
	link := filepath.Join(t.TempDir(), "link.npy")
	if err := os.Link(generator, link); err != nil {
		t.Skip(err)
	}
	before := contents(t, out)
	for _, args := range [][]string{
		{"export", "--weights", generator, "--to", "onnx", "--out", generator},
		{"export", "--weights", generator, "--to", "npz", "--out", link},
		{"generate", "--weights", generator, "--count", "2", "--format", "npy", "--out", generator},
		{"generate", "--weights", generator, "--count", "2", "--out", link},
		{"generate", "--tape", filepath.Join(out, tapeFile), "--format", "gif", "--out", filepath.Join(out, tapeFile)},
		{"generate", "--weights", generator, "--count", "2", "--out", filepath.Join(out, "x.npy"), "--noise-out", link},
		{"generate", "--weights", generator, "--count", "2", "--out", filepath.Join(out, "x.npy"), "--noise-out", filepath.Join(out, ".", "x.npy")},
	} {
		sentence(t, append(args, "--engine", "go"), args[len(args)-1])
		if !sameContents(before, contents(t, out)) {
			t.Fatalf("%v has changed what lies there", args)
		}
	}
}

// A folder that cannot be written whole is left as it was.
func TestWriteFolderIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	files := []export.File{{Name: "a", Data: []byte("a")}, {Name: filepath.Join("missing", "b"), Data: []byte("b")}}
	if err := writeFolder(dir, files); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a file in a folder that is not there: %v", err)
	}
	if left := contents(t, dir); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
	if err := writeFolder(dir, files[:1]); err != nil {
		t.Errorf("another try: %v", err)
	}
}

// Where pages cannot be let in, nothing is made and no run removed before that is known.
func TestNoRunWhereNobodyCanBeLetIn(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	must(t, tiny(data, out, "--epochs", "1", "--plain")...)
	before := contents(t, out)
	for _, addr := range []string{"nonsense", "127.0.0.1:99999", taken.Addr().String()} {
		sentence(t, tiny(data, out, "--overwrite", "--watch", addr), addr)
		sentence(t, tiny(data, out+"-new", "--watch", addr), addr)
	}
	sentence(t, tiny(data, out, "--overwrite", "--watch", "127.0.0.1:0", "--tls-cert", "nowhere", "--tls-key", "nowhere"), "--tls-cert")
	if !sameContents(before, contents(t, out)) {
		t.Error("the run that lay there is another")
	}
	if _, err := os.Stat(out + "-new"); err == nil {
		t.Error("a folder was made")
	}
}

package cli

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"ganvas/native/live"
)

// heard is what a program says, while it goes on.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(b)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// find waits until the program says what the pattern has in brackets.
func (h *heard) find(t *testing.T, pattern string) string {
	t.Helper()
	for late := time.Now().Add(2 * time.Minute); time.Now().Before(late); time.Sleep(5 * time.Millisecond) {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(h.String()); m != nil {
			return m[1]
		}
	}
	t.Fatalf("it never says %s: %q", pattern, h)
	return ""
}

// A run that pages may watch is the run that it is without: the same weights, pictures and log, whoever came and went.
func TestWatchedRunIsTheSame(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	plain, watched := filepath.Join(dir, "plain"), filepath.Join(dir, "watched")
	flags := []string{"--epochs", "12", "--plain", "--checkpoint-minutes", "0"}
	must(t, tiny(data, plain, flags...)...)
	var out bytes.Buffer
	errs := new(heard)
	done := make(chan int, 1)
	go func() { done <- Main(tiny(data, watched, append(flags, "--watch", "127.0.0.1:0")...), &out, errs) }()
	at := errs.find(t, `Watch it at (http://\S+?)/,`)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	for _, hello := range []string{`{"type":"hello"}`, `{"type":"hello","view":true}`} {
		c, _, err := websocket.Dial(ctx, at+live.Socket, nil)
		if err != nil {
			break // it was over before
		}
		defer c.CloseNow()
		for _, text := range []string{hello, `{"type":"pause","id":1}`, `{"type":"generate","count":4,"digit":-1,"id":2}`, `{"type":"start","id":3}`, `{"type":"resume","id":4}`} {
			_ = c.Write(ctx, websocket.MessageText, []byte(text))
		}
		go func() {
			for {
				if _, _, err := c.Read(ctx); err != nil {
					return
				}
			}
		}()
	}
	if code := <-done; code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, name := range []string{generatorFile, checkpointFile, gifFile} {
		a, err := os.ReadFile(filepath.Join(plain, name))
		b, err2 := os.ReadFile(filepath.Join(watched, name))
		if err := errors.Join(err, err2); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is another one (%v)", name, err)
		}
	}
}

// A studio saves its run where it ends, and goes on from there.
func TestStudioSavesAndGoesOn(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	site := filepath.Join(dir, "site")
	if err := os.MkdirAll(site, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, "index.html"), []byte("<p>page"), 0o666); err != nil {
		t.Fatal(err)
	}
	runs, step := filepath.Join(dir, "runs"), "0"
	args := append([]string{"studio"}, tiny(data, runs, "--epochs", "100000", "--addr", "127.0.0.1:0", "--site", site, "--checkpoint-minutes", "0", "--checkpoint-every", "7")[1:]...)
	for round := range 2 {
		errs := new(heard)
		ctx, end := context.WithCancel(context.Background())
		w := &world{ctx: ctx, out: new(bytes.Buffer), err: errs, holds: new(holding)}
		done := make(chan error, 1)
		go func() { done <- execute(args, w) }()
		at := errs.find(t, `Watch it at (http://\S+?)/,`)
		r, err := http.Get(at + "/?lang=zh")
		if err != nil || r.StatusCode != 200 || !strings.Contains(r.Request.URL.RawQuery, "trainer=self&lang=zh") {
			t.Fatalf("the page: %v, %v", r, err)
		}
		r.Body.Close()
		c, _, err := websocket.Dial(ctx, at+live.Socket, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.SetReadLimit(-1)
		_ = c.Write(ctx, websocket.MessageText, []byte(`{"type":"hello"}`))
		_ = c.Write(ctx, websocket.MessageText, []byte(`{"type":"step","n":30,"id":1}`))
		for paused, begun := false, false; !paused; {
			_, b, err := c.Read(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte(`"type":"started"`)) && !bytes.Contains(b, []byte(`"step":`+step+`,`)) {
				t.Errorf("round %d begins with %.200s, not at step %s", round, b, step)
			}
			begun = begun || bytes.Contains(b, []byte(`"type":"stepped"`)) && bytes.Contains(b, []byte(`"step":`+[]string{"30", "60"}[round]+`,`))
			paused = begun && bytes.Contains(b, []byte(`"type":"paused"`))
		}
		end()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		c.CloseNow()
		checkpoint := filepath.Join(runs, "quick", checkpointFile)
		if _, err := os.Stat(checkpoint); err != nil {
			t.Fatalf("%v; it says %q", err, errs)
		}
		if !strings.Contains(errs.String(), "studio --resume "+checkpoint) {
			t.Errorf("of the way on it says %q", errs)
		}
		step = "30"
		args = []string{"studio", "--engine", "go", "--data", data, "--resume", checkpoint, "--addr", "127.0.0.1:0", "--site", site}
	}
}

// Names that a page gives, of presets, data sets, its own data and files, lead to no file: a studio writes below --out alone, and reads nothing.
func TestViewersNameNoFiles(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "site"), 0o777), os.MkdirAll(filepath.Join(dir, "a", "out"), 0o777), os.WriteFile(filepath.Join(dir, "site", "index.html"), []byte("<p>page"), 0o666)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(dir, "a"))
	errs := new(heard)
	ctx, end := context.WithTimeout(context.Background(), 2*time.Minute)
	defer end()
	done := make(chan error, 1)
	args := append([]string{"studio"}, tiny(data, "out", "--addr", "127.0.0.1:0", "--site", filepath.Join(dir, "site"), "--checkpoint-minutes", "0", "--checkpoint-every", "1")[1:]...)
	go func() {
		done <- execute(args, &world{ctx: ctx, out: new(bytes.Buffer), err: errs, holds: new(holding)})
	}()
	c, _, err := websocket.Dial(ctx, errs.find(t, `Watch it at (http://\S+?)/,`)+live.Socket, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	c.SetReadLimit(-1)
	id := 0
	ask := func(kind websocket.MessageType, message []byte) (says string) {
		if err := c.Write(ctx, kind, message); err != nil {
			t.Fatal(err)
		}
		for {
			kind, b, err := c.Read(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if kind == websocket.MessageBinary {
				b = b[4:][:binary.LittleEndian.Uint32(b)]
			}
			var e struct {
				Type, Error string
				ID          int
			}
			if json.Unmarshal(b, &e) == nil && e.Type == "answered" && e.ID == id {
				return e.Error
			}
		}
	}
	if err := c.Write(ctx, websocket.MessageText, []byte(`{"type":"hello"}`)); err != nil {
		t.Fatal(err)
	}
	const few = `"recipe":{"generator":"16","discriminator":"16","batch":10,"noise":8,"epochs":100000`
	secret := filepath.Join(data, "train-images-idx3-ubyte.gz")
	for _, name := range []string{"../evil", "../../evil", dir + "/evil", "a/../../evil", "..\\\\evil", "quick/../../evil", secret} {
		for command, refused := range map[string]bool{
			`"type":"start","preset":"` + name + `"`:                                         true,
			`"type":"start","preset":"quick",` + few + `,"dataset":"` + name + `"}`:          true,
			`"type":"start","preset":"classic",` + few + `},"engine":"` + name + `"`:         false,
			`"type":"describe","preset":"` + name + `"`:                                      true,
			`"type":"load","name":"` + name + `","file":"` + name + `","path":"x"`:           true,
			`"type":"save","name":"` + name + `","file":"` + name + `","out":"` + name + `"`: false,
		} {
			id++
			if says := ask(websocket.MessageText, []byte(`{"id":`+strconv.Itoa(id)+`,`+command+`}`)); refused && says == "" {
				t.Errorf("%s is done", command)
			}
		}
		id++
		head := `{"id":` + strconv.Itoa(id) + `,"type":"data","name":"` + name + `","format":"pixels","count":20,"sample":[1,4,4]}`
		frame := append(binary.LittleEndian.AppendUint32(nil, uint32(len(head))), head...)
		for i := range 20 * 16 {
			frame = append(frame, byte(i*i))
		}
		if says := ask(websocket.MessageBinary, frame); says != "" {
			t.Errorf("data of that name: %s", says)
		}
		id++
		_ = ask(websocket.MessageText, []byte(`{"id":`+strconv.Itoa(id)+`,"type":"step","n":2}`))
	}
	end()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	kept := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if rel, _ := filepath.Rel(dir, path); err == nil && !d.IsDir() && rel != filepath.Join("site", "index.html") {
			if kept++; !strings.HasPrefix(rel, filepath.Join("a", "out")+string(filepath.Separator)) {
				t.Errorf("%s was written", rel)
			}
		}
		return err
	})
	if err != nil || kept == 0 {
		t.Errorf("%d files are kept (%v)", kept, err)
	}
}

// certificate writes one for this machine, and its key, into a folder.
func certificate(t *testing.T, dir string) (cert, key string, roots *x509.CertPool) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	c, err := x509.CreateCertificate(rand.Reader, about, about, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	b, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, kind string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	parsed, err := x509.ParseCertificate(c)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	return put("cert.pem", "CERTIFICATE", c), put("key.pem", "PRIVATE KEY", b), roots
}

// With a certificate the page and the socket go through TLS, and in the clear nothing does.
func TestTLS(t *testing.T) {
	cert, key, roots := certificate(t, t.TempDir())
	said := ""
	x, err := watchFlags{Cert: cert, Key: key, Token: "a long token"}.letIn(func(text string) { said = text }, "127.0.0.1:0", live.New(live.About{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.close()
	if !strings.Contains(said, "https://127.0.0.1:") {
		t.Errorf("it says %q", said)
	}
	at, _, _ := strings.Cut(x.link, "#")
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, _, err := websocket.Dial(ctx, at+strings.TrimPrefix(live.Socket, "/"), &websocket.DialOptions{HTTPClient: client, HTTPHeader: http.Header{"Origin": {strings.TrimSuffix(at, "/")}}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	if err := c.Write(ctx, websocket.MessageText, []byte(`{"type":"hello","token":"a long token"}`)); err != nil {
		t.Fatal(err)
	}
	if _, b, err := c.Read(ctx); err != nil || !bytes.Contains(b, []byte(`"welcome"`)) {
		t.Errorf("through TLS it is answered by %s, %v", b, err)
	}
	if _, err := (&http.Client{}).Get(at); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("whoever does not know the certificate is served: %v", err)
	}
	r, err := client.Get(strings.Replace(at, "https", "http", 1) + "runs.json")
	if err == nil {
		if r.Body.Close(); r.StatusCode == http.StatusOK {
			t.Error("it answers in the clear")
		}
	}
	old := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}}}
	if _, err := old.Get(at); err == nil {
		t.Error("it speaks TLS 1.1")
	}
	for _, wrong := range []watchFlags{{Cert: cert, Key: cert}, {Cert: key + "x", Key: key}} {
		if _, err := wrong.letIn(func(string) {}, "127.0.0.1:0", live.New(live.About{}), nil); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

func TestWatchFlags(t *testing.T) {
	for line, says := range map[string]string{
		"train --watch=127.0.0.1:0 --tls-cert x": "--tls-key", "train --watch=127.0.0.1:0 --token short": "too short", "train --host a.example": "--watch",
		"train --watch=127.0.0.1:0 --allow-origin pages.example": "origin", "train --watch=127.0.0.1:0 --allow-origin https://pages.example/x": "origin",
		"studio --runs ftp://x --addr 127.0.0.1:0": "--runs", "studio --checkpoint-minutes=-1": "checkpoint-minutes",
	} {
		var errs bytes.Buffer
		if code := Main(strings.Fields(line), new(bytes.Buffer), &errs); code != 1 || !strings.Contains(errs.String(), says) {
			t.Errorf("%s: exit code %d, %q", line, code, errs.String())
		}
	}
	for _, c := range []struct{ given, want string }{
		{"train --watch", "train --watch=" + nearAddr}, {"train --watch --epochs 3", "train --watch=" + nearAddr + " --epochs 3"}, {"train --watch :9 --epochs 3", "train --watch :9 --epochs 3"},
	} {
		if got := strings.Join(joined(strings.Fields(c.given)), " "); got != c.want {
			t.Errorf("%s is read as %s", c.given, got)
		}
	}
}

// Tokens are asked for wherever others could come, and are another each time.
func TestKeysAndLinks(t *testing.T) {
	near, far := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, &net.TCPAddr{IP: net.IPv4(192, 168, 1, 7), Port: 1}
	for _, c := range []struct {
		at    net.Addr
		token string
		asked bool
	}{{near, "", false}, {&net.TCPAddr{IP: net.IPv6loopback, Port: 1}, "", false}, {far, "", true}, {&net.TCPAddr{IP: net.IPv6unspecified, Port: 1}, "", true}, {near, "auto", true}, {near, "long enough", true}} {
		keys, err := watchFlags{Token: c.token}.keys(c.at)
		again, _ := watchFlags{Token: c.token}.keys(c.at)
		if err != nil || (keys.Drive != "") != c.asked || (keys.View != "") != c.asked || c.asked && (keys.View == again.View || keys.View == keys.Drive) {
			t.Errorf("at %v with token %q the keys are %+v (%v)", c.at, c.token, keys, err)
		}
		if c.token == "long enough" != (keys.Drive == "long enough") {
			t.Errorf("the token is %q", keys.Drive)
		}
	}
	drive, view := links("https", "[::]:9", live.Keys{Drive: "d", View: "v"})
	if drive != "https://"+hostname()+":9/#token=d" || view != "https://"+hostname()+":9/?view#token=v" {
		t.Errorf("the links are %s and %s", drive, view)
	}
}

// The usual address makes room where another run has it; one that somebody names does not.
func TestTakenAddresses(t *testing.T) {
	first, err := listen(nearAddr)
	if err != nil {
		t.Skip("the usual ports are all taken")
	}
	defer first.Close()
	second, err := listen(nearAddr)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if _, err := listen(second.Addr().String()); second.Addr().String() != nearAddr && (err == nil || !strings.Contains(err.Error(), "taken")) {
		t.Errorf("a taken address: %v", err)
	}
}

package bridge

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"syscall/js"
)

// Fetch opens a file by its address, relative to the program's. Its body arrives as it is read; total is its length in
// bytes, or −1 where the server does not say.
func Fetch(address string) (body io.ReadCloser, total int64, err error) {
	response, err := Await(js.Global().Call("fetch", address))
	if err != nil {
		return nil, 0, fmt.Errorf("%s cannot be reached: is the page's server still running?", address)
	}
	if !response.Get("ok").Bool() {
		return nil, 0, fmt.Errorf("%s cannot be had: the server answered %d", address, response.Get("status").Int())
	}
	total = -1
	if n := response.Get("headers").Call("get", "X-Body-Length"); n.Type() == js.TypeString {
		total = number(n)
	} else if n := response.Get("headers").Call("get", "Content-Length"); n.Type() == js.TypeString {
		total = number(n)
	}
	return &fetching{stream{reader: response.Get("body").Call("getReader")}}, total, nil
}

// number is a header's, −1 where it is none.
func number(v js.Value) int64 {
	n, err := strconv.ParseInt(v.String(), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// stream reads a ReadableStream's chunks. What is left of one stays in JavaScript: copied here as it is wanted, it leaves
// nothing behind.
type stream struct {
	reader js.Value
	chunk  js.Value // a Uint8Array
	at     int      // bytes of it that were read
	size   int
}

func (s *stream) Read(b []byte) (int, error) {
	for s.at == s.size {
		chunk, err := Await(s.reader.Call("read"))
		if err != nil {
			return 0, err
		}
		if chunk.Get("done").Bool() {
			return 0, io.EOF
		}
		s.chunk = chunk.Get("value")
		s.at, s.size = 0, s.chunk.Length()
	}
	n := js.CopyBytesToGo(b, s.chunk.Call("subarray", s.at))
	s.at += n
	return n, nil
}

// fetching is a stream over the network.
type fetching struct{ stream }

func (f *fetching) Read(b []byte) (int, error) {
	n, err := f.stream.Read(b)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("the connection broke: %w", err)
	}
	return n, err
}

func (f *fetching) Close() error {
	f.reader.Call("cancel")
	return nil
}

// Await waits for a promise. What it is rejected with is an error of that message.
func Await(promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	done := make(chan outcome, 1)
	fulfilled := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- outcome{value: args[0]}
		return nil
	})
	rejected := js.FuncOf(func(_ js.Value, args []js.Value) any {
		reason := args[0]
		if reason.Type() == js.TypeObject && reason.Get("message").Type() == js.TypeString {
			reason = reason.Get("message")
		}
		done <- outcome{err: errors.New(js.Global().Get("String").Invoke(reason).String())}
		return nil
	})
	defer fulfilled.Release()
	defer rejected.Release()
	promise.Call("then", fulfilled, rejected)
	o := <-done
	return o.value, o.err
}

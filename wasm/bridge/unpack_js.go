package bridge

import (
	"fmt"
	"io"
	"syscall/js"
)

// packedChunk is how many packed bytes the browser is given at a time.
const packedChunk = 1 << 16

// Unpack has the browser unpack what gzip packed, as it is read.
func Unpack(r io.Reader) (io.Reader, error) {
	made := js.Global().Get("DecompressionStream")
	if made.Type() != js.TypeFunction {
		return nil, fmt.Errorf("it is packed by gzip, which this browser cannot unpack: unpack it first")
	}
	through := made.New("gzip")
	u := &unpacking{stream: stream{reader: through.Get("readable").Call("getReader")}}
	go u.feed(r, through.Get("writable").Call("getWriter"))
	return u, nil
}

// unpacking is a stream that the browser unpacks.
type unpacking struct {
	stream
	lost error // why no more packed bytes came
}

// feed hands packed bytes on as the browser has room for them.
func (u *unpacking) feed(r io.Reader, writer js.Value) {
	b := make([]byte, packedChunk)
	for {
		n, err := r.Read(b)
		if n > 0 {
			if _, failed := Await(writer.Call("write", Array(b[:n]))); failed != nil {
				return // whoever reads is told
			}
		}
		switch {
		case err == io.EOF:
			Await(writer.Call("close"))
			return
		case err != nil:
			u.lost = err
			Await(writer.Call("abort"))
			return
		}
	}
}

func (u *unpacking) Read(b []byte) (int, error) {
	n, err := u.stream.Read(b)
	switch {
	case err == nil || err == io.EOF:
		return n, err
	case u.lost != nil:
		return n, u.lost
	}
	return n, fmt.Errorf("it is damaged or cut short, as the browser found when unpacking it (%w): fetch it again", err)
}

// Package bridge is the one place where Go meets JavaScript: messages between a Worker and its page, files over the
// network, and turns given to the event loop.
package bridge

import (
	"encoding/json"
	"syscall/js"

	"ganvas/core/wire"
)

// Receive has take read what the page sends: every message {json, bytes} that reaches the Worker's scope from now on, and those
// that the loader kept while this program was starting (the array ganvasEarly). What it cannot take is answered, under the ID that
// it could read, with its error, a sentence.
func Receive(take func(text string, bytes []byte) (id int, err error)) {
	receive := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if id, err := take(args[0].Get("json").String(), Bytes(args[0].Get("bytes"))); err != nil {
			Emit(wire.Event{Type: wire.Answered, ID: id, Error: err.Error()})
		}
		return nil
	})
	global := js.Global()
	global.Set("ganvasReceive", receive)
	early := global.Get("ganvasEarly")
	for i := range length(early) {
		receive.Invoke(early.Index(i))
	}
}

// Bytes copies a Uint8Array; nil for anything that is none.
func Bytes(v js.Value) []byte {
	if v.Type() != js.TypeObject || !v.InstanceOf(js.Global().Get("Uint8Array")) {
		return nil
	}
	b := make([]byte, v.Length())
	js.CopyBytesToGo(b, v)
	return b
}

// Array copies bytes into a new Uint8Array.
func Array(b []byte) js.Value {
	a := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(a, b)
	return a
}

// Emit posts an event to the page: {json, bytes}.
func Emit(e wire.Event) {
	text, err := json.Marshal(e)
	if err != nil { // a number that JSON cannot carry
		text, _ = json.Marshal(wire.Event{Type: e.Type, ID: e.ID, Error: "The message cannot be written: " + err.Error() + "."})
	}
	message := js.Global().Get("Object").New()
	message.Set("json", string(text))
	if e.Bytes == nil {
		js.Global().Call("postMessage", message)
		return
	}
	bytes := Array(e.Bytes)
	message.Set("bytes", bytes)
	js.Global().Call("postMessage", message, []any{bytes.Get("buffer")})
}

// Flag is a text that the loader left in the global scope, "" when there is none.
func Flag(name string) string {
	if v := js.Global().Get(name); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

func length(v js.Value) int {
	if v.Type() != js.TypeObject {
		return 0
	}
	return v.Length()
}

// Tell has the page pass a command on to the programs that share batches with this one.
func Tell(text string, bytes []byte) {
	message := js.Global().Get("Object").New()
	message.Set("relay", true)
	message.Set("json", text)
	if bytes != nil {
		message.Set("bytes", Array(bytes))
	}
	js.Global().Call("postMessage", message)
}

// Fail tells the page that this program cannot go on.
func Fail(err error) {
	message := js.Global().Get("Object").New()
	message.Set("fatal", err.Error())
	js.Global().Call("postMessage", message)
}

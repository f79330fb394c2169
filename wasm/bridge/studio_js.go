package bridge

import (
	"encoding/json"
	"syscall/js"

	"ganvas/core/wire"
)

// Look is what the page says about how things are drawn.
type Look struct {
	Theme         string `json:"theme"`         // dark or light
	ReducedMotion bool   `json:"reducedMotion"` // nothing fades or slides
	Lang          string `json:"lang"`
}

// Pointer is where the pointer is, in CSS pixels of the window.
type Pointer struct {
	X, Y   float64
	Inside bool
	Click  bool
}

// Listener is what a studio hears. Its functions run on the browser's event loop and must not block.
type Listener struct {
	Event   func(wire.Event)
	Look    func(Look)
	Pointer func(Pointer)
	Keep    func() []byte // what must outlive a reload of the frame, such as after a lost WebGL context
}

// Studio listens in the frame's window as ganvasStudio and tells the page so. It returns what Keep gave before a reload.
func Studio(l Listener) []byte {
	global := js.Global()
	studio := global.Get("Object").New()
	studio.Set("event", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var e wire.Event
		if json.Unmarshal([]byte(args[0].String()), &e) == nil {
			if len(args) > 1 {
				e.Bytes = foreign(args[1])
			}
			l.Event(e)
		}
		return nil
	}))
	studio.Set("set", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var look Look
		text := global.Get("JSON").Call("stringify", args[0])
		if text.Type() == js.TypeString && json.Unmarshal([]byte(text.String()), &look) == nil {
			l.Look(look)
		}
		return nil
	}))
	studio.Set("pointer", js.FuncOf(func(_ js.Value, args []js.Value) any {
		l.Pointer(Pointer{args[0].Float(), args[1].Float(), args[2].Truthy(), args[3].Truthy()})
		return nil
	}))
	studio.Set("keep", js.FuncOf(func(js.Value, []js.Value) any { return Array(l.Keep()) }))
	global.Set("ganvasStudio", studio)
	return foreign(global.Get("ganvasKept"))
}

// foreign copies a Uint8Array of another window, which is no instance of this one's class.
func foreign(v js.Value) []byte {
	if v.Type() != js.TypeObject {
		return nil
	}
	return Bytes(js.Global().Get("Uint8Array").New(v))
}

// StudioReady tells the page that the studio draws from now on.
func StudioReady() { CallPage("ready", js.Global().Get("ganvasStudio")) }

// CallPage calls a function that the page offers the studio; nothing happens where it offers none.
func CallPage(name string, args ...any) {
	page := js.Global().Get("parent").Get("ganvasPage")
	if page.Type() == js.TypeObject && page.Get(name).Type() == js.TypeFunction {
		page.Call(name, args...)
	}
}

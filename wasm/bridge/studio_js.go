package bridge

import (
	"encoding/json"
	"fmt"
	"syscall/js"

	"ganvas/core/wire"
)

// Look is what the page says about how things are drawn.
type Look struct {
	Theme         string `json:"theme"`         // dark or light
	ReducedMotion bool   `json:"reducedMotion"` // nothing fades or slides
	Lang          string `json:"lang"`

	Words map[string]string `json:"words"` // the drawing's, by what they are in English
}

// Pointer is where the pointer is, in CSS pixels of the window. A drag is a row of pointers that are down; it goes on
// outside the window, where the pointer is still counted as inside.
type Pointer struct {
	X, Y   float64
	Inside bool
	Click  bool // pressed and released here
	Down   bool // the main button or a finger is down
}

// Listener is what a studio hears. Its functions run on the browser's event loop and must not block.
type Listener struct {
	Event   func(wire.Event)
	Tell    func(room, topic string, json, bytes []byte) // what the page's part of a room says to it
	Look    func(Look)
	Enter   func(room string)
	Pointer func(Pointer)
	Zoom    func(x, y, factor float64) bool // by wheel or two fingers; whether that was the drawing's
	Keep    func() []byte                   // what must outlive a reload of the frame, such as after a lost WebGL context
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
	studio.Set("tell", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var bytes []byte
		if len(args) > 3 {
			bytes = foreign(args[3])
		}
		l.Tell(args[0].String(), args[1].String(), []byte(args[2].String()), bytes)
		return nil
	}))
	studio.Set("enter", js.FuncOf(func(_ js.Value, args []js.Value) any {
		l.Enter(args[0].String())
		return nil
	}))
	studio.Set("pointer", js.FuncOf(func(_ js.Value, args []js.Value) any {
		l.Pointer(Pointer{args[0].Float(), args[1].Float(), args[2].Truthy(), args[3].Truthy(), args[4].Truthy()})
		return nil
	}))
	studio.Set("zoom", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return l.Zoom(args[0].Float(), args[1].Float(), args[2].Float())
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

// Grab says whether a finger that drags over the drawing is the drawing's, or scrolls the page.
func Grab(on bool) {
	touch := "manipulation"
	if on {
		touch = "none"
	}
	js.Global().Get("document").Call("getElementById", "glass").Get("style").Set("touchAction", touch)
}

// GrabAreas says where a finger that drags is the drawing's while the rest scrolls the page: x, y, width and height in
// CSS pixels.
func GrabAreas(areas [][4]float64) {
	document := js.Global().Get("document")
	glass := document.Call("getElementById", "glass")
	glass.Call("replaceChildren")
	for _, a := range areas {
		pane := document.Call("createElement", "div")
		pane.Set("className", "pane")
		for i, side := range []string{"left", "top", "width", "height"} {
			pane.Get("style").Set(side, fmt.Sprintf("%gpx", a[i]))
		}
		glass.Call("append", pane)
	}
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

package bridge

import (
	"math"
	"syscall/js"
)

// Letters is a line as the browser's own fonts have it: rgba (h, w, 4), white, as opaque as it is written. Size is the font's in pixels. It is for
// programs of a page, since Workers have no document.
func Letters(line string, size float64) (w, h int, rgba []byte) {
	board := js.Global().Get("document").Call("createElement", "canvas")
	pen := board.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	font := js.Global().Get("String").Invoke(math.Round(size)).String() + "px system-ui, sans-serif"
	pen.Set("font", font)
	w, h = max(1, int(math.Ceil(pen.Call("measureText", line).Get("width").Float()))), int(math.Ceil(1.5*size))
	board.Set("width", w)
	board.Set("height", h)
	pen.Set("font", font) // forgotten with the size
	pen.Set("fillStyle", "#fff")
	pen.Set("textBaseline", "middle")
	pen.Call("fillText", line, 0, float64(h)/2)
	data := pen.Call("getImageData", 0, 0, w, h).Get("data")
	rgba = Bytes(js.Global().Get("Uint8Array").New(data.Get("buffer")))
	for i := 0; i < len(rgba); i += 4 {
		rgba[i], rgba[i+1], rgba[i+2] = rgba[i+3], rgba[i+3], rgba[i+3]
	}
	return w, h, rgba
}

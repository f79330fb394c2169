package bridge

import "syscall/js"

// yielder is a message channel to oneself: what is posted comes back after the events that wait already, without the
// four milliseconds that browsers add to nested timers.
type yielder struct {
	port js.Value
	back chan struct{}
}

var own = func() *yielder {
	channel := js.Global().Get("MessageChannel").New()
	y := &yielder{port: channel.Get("port2"), back: make(chan struct{}, 1)}
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		select {
		case y.back <- struct{}{}:
		default:
		}
		return nil
	}))
	return y
}()

// Yield lets the event loop deliver what waits, and returns.
func Yield() {
	own.port.Call("postMessage", js.Null())
	<-own.back
}

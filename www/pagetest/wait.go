package pagetest

import (
	"context"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

func (p *Visit) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.Ctx, patience) // an element that never shows is waited for without end
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.T.Fatalf("the page: %v", err)
	}
}

// Eval is the value of a JavaScript expression, which may be a promise.
func Eval[T any](p *Visit, expression string) T {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.Ctx, 10*time.Minute) // a whole run, at most
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.T.Fatalf("%s: %v", expression, err)
	}
	return v
}

// patience is how long a visitor waits for anything.
const patience = 150 * time.Second

// Until waits for a JavaScript condition to hold.
func (p *Visit) Until(condition string) {
	p.T.Helper()
	if Soon(func() bool { return p.holds(condition) }) {
		return
	}
	p.T.Fatalf("never came true: %s; page %s, status %v, notices %q, console %v", condition,
		Eval[string](p, "[document.visibilityState, document.hasFocus() ? 'focused' : 'not focused', 'at ' + (document.activeElement?.id || document.activeElement?.tagName), document.querySelector('dialog[open]')?.id ?? 'no dialog'].join(', ')"),
		Eval[map[string]any](p, "ganvas.status()"), Eval[string](p, "document.getElementById('notices').innerText"), p.errors)
}

// holds reports whether a condition holds now: of a page that is just loading itself anew none does.
func (p *Visit) holds(condition string) bool {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.Ctx, patience)
	defer cancel()
	yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+condition+")", chromedp.EvalAwaitPromise))
	if err != nil && !strings.Contains(err.Error(), "navigated or closed") {
		p.T.Fatalf("%s: %v", condition, err)
	}
	return yes && err == nil
}

// UntilTold waits for a promise that is fulfilled with true, asking anew for one each time.
func (p *Visit) UntilTold(promise string) {
	p.T.Helper()
	if !Soon(func() bool { return Eval[bool](p, promise) }) {
		p.T.Fatalf("never came true: %s; status %v, notices %q", promise, Eval[map[string]any](p, "ganvas.status()"), p.Notice())
	}
}

// Stands waits until a value has stood still for a second, and returns it.
func Stands[T comparable](p *Visit, expression string) T {
	p.T.Helper()
	last, since := Eval[T](p, expression), time.Now()
	if !Soon(func() bool {
		if now := Eval[T](p, expression); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > time.Second
	}) {
		p.T.Fatalf("%s never stands still: it is %v", expression, last)
	}
	return last
}

// Soon reports whether something comes true before the visitor's patience ends.
func Soon(done func() bool) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if done() {
			return true
		}
	}
	return false
}

package figures

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/profiler"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"ganvas/www/pagetest"
)

// TestProfile prints where each Worker spends its time while a preset trains, by the browser's sampling profiler:
// GANVAS_PROFILE=quick GANVAS_THREADS=1 go test ./www/pagetest/figures -run Profile -v. Kernels have their names there; the Go
// program's functions are numbered. It times nothing that a test could fail by.
func TestProfile(t *testing.T) {
	preset := os.Getenv("GANVAS_PROFILE")
	if preset == "" {
		t.Skip("GANVAS_PROFILE is not set: nobody asked for a profile")
	}
	threads := os.Getenv("GANVAS_THREADS")
	if threads == "" {
		threads = "2"
	}
	p := openBench(t, pagetest.Screen, "lang=en")
	pagetest.Eval[bool](p, `(ganvasBench.run({preset: "`+preset+`", threads: [`+threads+`], steps: 1000000}), true)`)
	time.Sleep(8 * time.Second) // its peak is timed first
	all, err := chromedp.Targets(p.Ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Type != "worker" {
			continue
		}
		ctx, cancel := chromedp.NewContext(p.Ctx, chromedp.WithTargetID(target.ID(one.TargetID)))
		defer cancel()
		report(t, ctx, one.URL)
	}
}

// report prints what a Worker's samples of five seconds say.
func report(t *testing.T, ctx context.Context, url string) {
	none := cdp.Empty{}
	_, enabled := chromedp.Call(ctx, profiler.Enable, none)
	_, often := chromedp.Call(ctx, profiler.SetSamplingInterval, profiler.SetSamplingIntervalParams{Interval: 500})
	_, started := chromedp.Call(ctx, profiler.Start, none)
	if err := errors.Join(enabled, often, started); err != nil {
		t.Fatal(err)
	}
	time.Sleep(5 * time.Second)
	stopped, err := chromedp.Call(ctx, profiler.Stop, none)
	if err != nil {
		t.Fatal(err)
	}
	names, times, all := map[int64]string{}, map[string]float64{}, 0.0
	for _, n := range stopped.Profile.Nodes {
		names[int64(n.ID)] = n.CallFrame.FunctionName
	}
	for i, id := range stopped.Profile.Samples {
		d := float64(stopped.Profile.TimeDeltas[i])
		times[names[int64(id)]] += d
		all += d
	}
	order := slices.SortedFunc(maps.Keys(times), func(a, b string) int { return cmp.Compare(times[b], times[a]) })
	var b strings.Builder
	for _, name := range order[:min(len(order), 45)] {
		fmt.Fprintf(&b, "%6.2f %%  %s\n", 100*times[name]/all, name)
	}
	t.Logf("%s, of %.1f s:\n%s", url, all/1e6, b.String())
}

package serve

import (
	"maps"
	"slices"
	"strings"
)

// StaticHeaders is what a static host is told to send, as several of them read it from a file _headers beside the site: the headers of
// Handler, but that any page may show the site in a frame, since such files know no queries, and load its embedding script. peers leaves
// the policy for scripts out, which cannot be another for the Workers that time other libraries.
func StaticHeaders(peers bool) string {
	sent := maps.Clone(headers)
	sent["Cross-Origin-Resource-Policy"] = "cross-origin"
	sent["Content-Security-Policy"] = anywhere
	sent["Cache-Control"] = "no-cache"
	if peers {
		delete(sent, "Content-Security-Policy")
	}
	var b strings.Builder
	b.WriteString("/*\n")
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		b.WriteString("  " + name + ": " + sent[name] + "\n")
	}
	return b.String()
}

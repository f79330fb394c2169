package serve

import (
	"strconv"
	"strings"
)

// encoding is one way in which files lie compressed beside themselves.
type encoding struct{ name, ending string }

// encodings in the order in which they are preferred.
var encodings = []encoding{{"br", ".br"}, {"gzip", ".gz"}}

// best is the encoding that the Accept-Encoding header likes most among those that exist, nil for none. Between equal
// weights the smaller one wins. (RFC 9110, section 12.5.3.)
func best(header string, exists func(ending string) bool) *encoding {
	weights := accepted(header)
	var found *encoding
	top := 0.0
	for i := range encodings {
		e := &encodings[i]
		q, named := weights[e.name]
		if !named {
			q = weights["*"]
		}
		if q > top && exists(e.ending) {
			found, top = e, q
		}
	}
	if identity, named := weights["identity"]; named && identity > top {
		return nil
	}
	return found
}

// accepted reads the header's weights; a weight that is no number from 0 to 1 counts as 0.
func accepted(header string) map[string]float64 {
	weights := map[string]float64{}
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		q := 1.0
		if _, value, given := strings.Cut(strings.ToLower(params), "q="); given {
			v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || v < 0 || v > 1 {
				v = 0
			}
			q = v
		}
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			weights[name] = q
		}
	}
	return weights
}

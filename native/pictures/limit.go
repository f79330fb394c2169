package pictures

import (
	"fmt"
	"strconv"
	"strings"
)

// Limit is how many pictures that cannot be decoded are left out; more of them are an error. The zero value leaves out none.
type Limit struct {
	Count int     // however many pictures there are
	Share float64 // or of all, from 0 to 1, where that is more
}

// AnyNumber leaves out all that cannot be decoded.
var AnyNumber = Limit{Share: 1}

// ParseLimit reads a limit: a number of pictures, or a share such as 10%, which is one picture at least.
func ParseLimit(s string) (Limit, error) {
	if percent, is := strings.CutSuffix(s, "%"); is {
		if p, err := strconv.ParseFloat(percent, 64); err == nil && p >= 0 && p <= 100 {
			l := Limit{Share: p / 100}
			if p > 0 {
				l.Count = 1
			}
			return l, nil
		}
	} else if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return Limit{Count: n}, nil
	}
	return Limit{}, fmt.Errorf("max-bad is %q: it must be a number of pictures or a share of them, such as 10%%", s)
}

// of is how many of n pictures are left out.
func (l Limit) of(n int) int { return max(l.Count, int(l.Share*float64(n))) }

// Package near guesses which name somebody meant.
package near

import "strings"

// Name is the choice most like word: one that word begins, or one that is a few wrong, missing, added or swapped letters away
// from. It is "" where none is near enough to be worth a question.
func Name(word string, choices []string) (best string) {
	word = plain(word)
	limit := 1 + len([]rune(word))/4
	for _, c := range choices {
		d := distance([]rune(word), []rune(plain(c)))
		if len(word) > 1 && strings.HasPrefix(plain(c), word) {
			d = min(d, 1)
		}
		if d <= limit && d < len(word) {
			best, limit = c, d-1
		}
	}
	return best
}

// Ask is the question whether that choice was meant, to be put behind a sentence; "" where none is near.
func Ask(word string, choices []string) string {
	if c := Name(word, choices); c != "" {
		return "; did you mean " + c + "?"
	}
	return ""
}

func plain(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", "-") }

// distance is how many letters must be changed, added, removed or swapped with their neighbours to make b of a.
func distance(a, b []rune) int {
	var two, one []int // the rows of the table before the present one
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		two, one, row = one, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			row[j+1] = min(one[j+1]+1, row[j]+1, one[j]+cost)
			if i > 0 && j > 0 && x == b[j-1] && a[i-1] == y {
				row[j+1] = min(row[j+1], two[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

package session

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence writes an error as one sentence for a person.
func sentence(err error) string {
	text := strings.TrimSpace(err.Error())
	first, n := utf8.DecodeRuneInString(text)
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return string(unicode.ToUpper(first)) + text[n:]
}

var (
	errNoRun = errors.New("there is no run yet: start one first")
	errOver  = errors.New("the run is over: raise epochs to go on, or start anew")
)

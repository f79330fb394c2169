package data

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"ganvas/core/sample"
)

// longestRow is how many bytes a row of a table may have: a number of at most three digits and a comma for each pixel.
const longestRow = 4 * (maxSide*maxSide + 1)

// ReadCSV reads a table of gray square pictures as text, a picture in each row: its pixels row by row as whole numbers from
// 0 to 255 with commas between, and before them its label, where the first row calls its first column so or where only that
// leaves a square number of pixels. room is for the pictures.
func ReadCSV(name string, r io.Reader, room Room) (*Set, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestRow)
	var t table
	for lines.Scan() {
		if err := t.row(lines.Text()); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err == bufio.ErrTooLong {
		return nil, fmt.Errorf("row %d of the table is longer than that of any picture that is read", t.at+1)
	} else if err != nil {
		return nil, fmt.Errorf("reading the table: %w", err)
	}
	if t.n == 0 {
		return nil, fmt.Errorf("the table has no row of numbers")
	}
	classes := 0
	if t.labelled {
		classes = int(t.top) + 1
	}
	s, err := room.set(name, t.n, sample.Gray(t.side, t.side), classes, t.labels)
	if err != nil {
		return nil, err
	}
	return s, s.Append(t.pixels, t.labels)
}

// table is what was read of one.
type table struct {
	at, n    int // lines, and pictures
	columns  int
	labelled bool
	side     int
	pixels   []byte
	labels   []byte
	top      byte // label
}

// row reads one line.
func (t *table) row(line string) error {
	t.at++
	line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	if line == "" {
		return nil
	}
	if t.at == 1 && strings.ContainsFunc(line, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }) {
		first, _, _ := strings.Cut(line, ",")
		t.labelled = strings.EqualFold(strings.Trim(first, `" `), "label")
		return nil
	}
	if t.columns == 0 {
		if err := t.begin(1 + strings.Count(line, ",")); err != nil {
			return err
		}
	}
	if got := 1 + strings.Count(line, ","); got != t.columns {
		return fmt.Errorf("row %d of the table has %d numbers, and those before it have %d", t.at, got, t.columns)
	}
	if t.n++; t.n > maxSamples || t.n*t.side*t.side > maxBytes {
		return fmt.Errorf("the table has more rows than are read: %d MiB of pictures", maxBytes>>20)
	}
	for i := 0; line != ""; i++ {
		var text string
		text, line, _ = strings.Cut(line, ",")
		v, err := strconv.ParseUint(strings.TrimSpace(text), 10, 8)
		if err != nil {
			return fmt.Errorf("row %d of the table has %.20q in column %d: it must be a whole number from 0 to 255", t.at, text, i+1)
		}
		if i == 0 && t.labelled {
			t.labels, t.top = append(t.labels, byte(v)), max(t.top, byte(v))
		} else {
			t.pixels = append(t.pixels, byte(v))
		}
	}
	if len(t.pixels) != t.n*t.side*t.side {
		return fmt.Errorf("row %d of the table ends with a comma", t.at)
	}
	return nil
}

// begin settles by the first row's number of columns which of them are pixels.
func (t *table) begin(columns int) error {
	square := func(n int) int {
		if s := int(math.Sqrt(float64(n))); s >= 2 && s <= maxSide && s*s == n {
			return s
		}
		return 0
	}
	t.columns = columns
	t.labelled = t.labelled || square(columns) == 0
	if t.side = square(columns); t.labelled {
		t.side = square(columns - 1)
	}
	if t.side == 0 {
		return fmt.Errorf("row %d of the table has %d numbers: a square picture's pixels are expected, with a label before them or none, such as 1024 or 1025", t.at, columns)
	}
	return nil
}

// IsCSV reports whether a file that begins so can be a table of pictures: text of numbers and commas after at most one line
// of names.
func IsCSV(head []byte) bool {
	line, rest, more := bytes.Cut(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	numbers := func(b []byte) bool {
		return bytes.Count(b, []byte(",")) > 2 && len(bytes.Trim(b, "0123456789, \r\n")) == 0
	}
	return numbers(line) || more && bytes.Count(line, []byte(",")) > 2 && numbers(rest) || bytes.HasPrefix(bytes.ToLower(line), []byte("label,"))
}

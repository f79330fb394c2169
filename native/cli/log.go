package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// log writes the run's events, one JSON object a line.
type log struct {
	f      *os.File
	each   int          // steps a point
	some   []wire.Point // of steps, fewer than a point needs
	points []wire.Point
	at     wire.Event // where the last of points is in the run
	thin   thinner
}

// logged is how many steps a line of the log holds.
const logged = 50

// openLog opens a log to write on at its end.
func openLog(path string) (*log, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	if err != nil {
		return nil, fmt.Errorf("the run's log %s cannot be opened: %w", path, plainly(err))
	}
	return &log{f: f, each: 1}, nil
}

// cutLog is a log without what came after the step that a run goes on from, and without lines that a killed program left
// half written.
func cutLog(b []byte, t *run.Trainer) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		var e wire.Event
		if json.Unmarshal(line, &e) != nil || e.Type == "" {
			continue
		}
		if late := e.Step - t.Steps(); late > 0 {
			late = (late + max(1, e.Each) - 1) / max(1, e.Each) // points
			if e.Type != wire.Stepped || len(e.Points) <= late {
				continue
			}
			e.Points = e.Points[:len(e.Points)-late]
			e.Step -= late * max(1, e.Each)
			e.Images, e.Epoch = t.Images(), t.Epoch()
			var err error
			if line, err = json.Marshal(e); err != nil {
				continue
			}
		}
		out = append(append(out, bytes.TrimRight(line, "\n")...), '\n')
	}
	return out
}

// plan bounds the log of a run of so many steps.
func (l *log) plan(steps int) { l.each, l.thin.gap = each(steps, mostPoints), steps/mostRepeats }

func (l *log) step(r run.Reported) {
	l.add(r.Point, wire.Event{Type: wire.Stepped, Step: r.Step, Images: r.Images, Epoch: r.Epoch})
}

// add takes a step in and where it is in the run.
func (l *log) add(p wire.Point, at wire.Event) {
	if l.some = append(l.some, p); len(l.some) < l.each {
		return
	}
	l.points, l.some = append(l.points, mean(l.some)), l.some[:0]
	l.at = at
	if len(l.points)%logged == 0 {
		l.flush()
	}
}

// flush writes the steps that have gathered.
func (l *log) flush() {
	if len(l.points) > 0 {
		l.at.Points = l.points
		if l.at.Each = 0; l.each > 1 {
			l.at.Each = l.each
		}
		if l.write(l.at) || len(l.points) >= mostPoints {
			l.points = l.points[:0]
		}
	}
}

// write adds a line, unless a line before says the same. A log that cannot be written does not stop the run that it tells of.
// What a full disk has taken half of is taken back.
func (l *log) write(e wire.Event) (written bool) {
	if l.thin.repeats(e) {
		return true
	}
	b, err := json.Marshal(e)
	if err != nil {
		return false
	}
	n, err := l.f.Write(append(b, '\n'))
	if about, stat := l.f.Stat(); err != nil && n > 0 && stat == nil {
		_ = l.f.Truncate(about.Size() - int64(n))
	}
	return err == nil
}

// deleted reports whether the log lies under that name no longer.
func (l *log) deleted(path string) bool {
	own, err1 := l.f.Stat()
	there, err2 := os.Stat(path)
	return errors.Is(err2, fs.ErrNotExist) || err1 == nil && err2 == nil && !os.SameFile(own, there)
}

func (l *log) close() {
	l.flush()
	l.f.Close()
}

package rerun

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// tick says what is going on and for how long, from patience on, until the function that it returns is called: on a
// terminal one line that is written over every second, elsewhere a line every half minute.
func tick(w io.Writer, what string, patience time.Duration) (stop func()) {
	end := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() { ticking(w, what, patience, end) })
	return func() {
		close(end)
		over.Wait()
	}
}

func ticking(w io.Writer, what string, patience time.Duration, end <-chan struct{}) {
	began := time.Now()
	select {
	case <-end:
		return
	case <-time.After(patience):
	}
	every, format, last := 30*time.Second, "%s: %v\n", ""
	if terminal(w) {
		every, format, last = time.Second, "\r%s: %v ", "\n"
	} else {
		fmt.Fprintln(w, what)
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-end:
			fmt.Fprint(w, last)
			return
		case <-t.C:
			fmt.Fprintf(w, format, what, time.Since(began).Round(time.Second))
		}
	}
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	s, err := f.Stat()
	return err == nil && s.Mode()&os.ModeCharDevice != 0
}

package run

// Cancel tells a run when it has to end. Every context is one; it asks for less, since making a whole
// context brings all that reads and writes dates with it, 32 kB of the page's program.
type Cancel interface {
	Done() <-chan struct{} // closed when the run has to end; nil: never
	Err() error            // why, once it is
}

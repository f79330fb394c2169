package data

import (
	"encoding/binary"
	"errors"

	"ganvas/core/rng"
)

// firstBlock is how many consecutive rows the first epoch shuffles among themselves. Training can so begin while later
// rows are still arriving, and yet the run does not depend on how fast they come.
const firstBlock = 6000

// Order is the order in which a run goes through its rows: every epoch a new permutation, the first one within blocks
// only. What does not fill a batch at an epoch's end is left out.
type Order struct {
	stream *rng.Stream
	n      int
	batch  int
	epoch  int
	at     int    // rows of this epoch taken
	start  []byte // the stream's state before this epoch's shuffle
	perm   []int32
}

// NewOrder goes through n rows in batches.
func NewOrder(seed uint64, n, batch int) *Order {
	o := &Order{stream: rng.New(seed, "order of the data"), n: n, batch: batch, perm: make([]int32, n)}
	o.shuffle()
	return o
}

// shuffle draws the present epoch's permutation.
func (o *Order) shuffle() {
	o.start, _ = o.stream.AppendBinary(o.start[:0])
	for i := range o.perm {
		o.perm[i] = int32(i)
	}
	if o.epoch > 0 {
		o.stream.Shuffle(o.perm)
		return
	}
	for at := 0; at < o.n; at += firstBlock {
		o.stream.Shuffle(o.perm[at:min(o.n, at+firstBlock)])
	}
}

// Next takes the next batch's rows. len(dst) must be the batch.
func (o *Order) Next(dst []int32) {
	if o.at+o.batch > o.n {
		o.epoch, o.at = o.epoch+1, 0
		o.shuffle()
	}
	o.at += copy(dst, o.perm[o.at:o.at+o.batch])
}

// AppendState appends the exact place: epoch, rows taken, and the stream before this epoch's shuffle.
func (o *Order) AppendState(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(o.epoch))
	b = binary.LittleEndian.AppendUint64(b, uint64(o.at))
	return append(b, o.start...)
}

// SetState goes to the place that AppendState described.
func (o *Order) SetState(b []byte) error {
	if len(b) < 16 {
		return errors.New("the place in the data is cut short")
	}
	epoch, at := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	if epoch > 1<<40 || at > uint64(o.n) {
		return errors.New("the place in the data is beyond their end")
	}
	if err := o.stream.UnmarshalBinary(b[16:]); err != nil {
		return err
	}
	o.epoch = int(epoch)
	o.shuffle()
	o.at = int(at)
	return nil
}

// Reseed is a state whose shuffles come from another seed, from the same place in the epoch on.
func Reseed(state []byte, seed uint64) ([]byte, error) {
	if len(state) < 16 {
		return nil, errors.New("the place in the data is cut short")
	}
	return rng.New(seed, "order of the data").AppendBinary(append([]byte{}, state[:16]...))
}

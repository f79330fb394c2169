package latent

import (
	"cmp"
	"slices"
)

// Store remembers which pictures there are, where in a texture, and how old they are. It holds a bounded number; the
// ones that were not looked at for longest make room.
type Store struct {
	capacity int
	kept     map[Key]*entry
	free     []int // slots without a picture
	clock    int
}

type entry struct {
	slot  int
	step  int  // of training at which the picture was made
	wrong bool // it shows another place than its key's now
	used  int
}

// NewStore has room for that many pictures.
func NewStore(capacity int) *Store {
	s := &Store{capacity: capacity, kept: map[Key]*entry{}}
	for i := range capacity {
		s.free = append(s.free, capacity-1-i)
	}
	return s
}

// Slot is where a picture is, −1 where there is none.
func (s *Store) Slot(k Key) int {
	e := s.kept[k]
	if e == nil {
		return -1
	}
	s.clock++
	e.used = s.clock
	return e.slot
}

// Missing reports whether there is no picture, or one of another place.
func (s *Store) Missing(k Key) bool { e := s.kept[k]; return e == nil || e.wrong }

// Older reports whether the picture was made before that step.
func (s *Store) Older(k Key, step int) bool {
	e := s.kept[k]
	return e == nil || e.wrong || e.step < step
}

// Spoil says that all pictures of a kind are of other places now. They stay until new ones come.
func (s *Store) Spoil(kind Kind) {
	for k, e := range s.kept {
		if k.Kind == kind {
			e.wrong = true
		}
	}
}

// Put makes room for a picture made at that step and returns its slot.
func (s *Store) Put(k Key, step int) int {
	s.clock++
	e := s.kept[k]
	if e == nil {
		if len(s.free) == 0 {
			s.thin()
		}
		e = &entry{slot: s.free[len(s.free)-1]}
		s.free = s.free[:len(s.free)-1]
		s.kept[k] = e
	}
	e.step, e.wrong, e.used = step, false, s.clock
	return e.slot
}

// thin forgets the quarter that was not looked at for longest.
func (s *Store) thin() {
	keys := make([]Key, 0, len(s.kept))
	for k := range s.kept {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Compare(s.kept[a].used, s.kept[b].used) })
	for _, k := range keys[:(len(keys)+3)/4] {
		s.free = append(s.free, s.kept[k].slot)
		delete(s.kept, k)
	}
}

// Next are up to most pictures to ask for: first the one that is here, then those that are missing, coarse ones before
// fine ones; then those made before the step refresh, in the same order. Anything is new enough for a refresh of 0.
func (s *Store) Next(layers [][]Cell, strip, most, refresh int) (next []Key) {
	asked := map[Key]bool{}
	take := func(k Key, want bool) {
		if want && len(next) < most && !asked[k] {
			asked[k] = true
			next = append(next, k)
		}
	}
	each := func(f func(Key) bool) {
		take(Key{Kind: Here}, f(Key{Kind: Here}))
		for _, layer := range layers {
			for _, c := range layer {
				take(c.Key, f(c.Key))
			}
		}
		for i := range strip {
			take(Key{Kind: Strip, I: i}, f(Key{Kind: Strip, I: i}))
		}
	}
	each(s.Missing)
	each(func(k Key) bool { return s.Older(k, refresh) })
	return next
}

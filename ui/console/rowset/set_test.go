package rowset

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// plain is a simple set to compare with.
type plain map[int64]bool

func (p plain) sorted() []int64 {
	var all []int64
	for n := range p {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

func check(t *testing.T, s *Set, p, other plain, otherSet *Set, rng *rand.Rand) {
	t.Helper()
	all := p.sorted()
	if s.Len() != int64(len(all)) {
		t.Fatalf("%d numbers, want %d", s.Len(), len(all))
	}
	if got := slices.Collect(s.All()); !slices.Equal(got, all) {
		t.Fatal("other numbers than were added")
	}
	var both []int64
	for _, n := range all {
		if other[n] {
			both = append(both, n)
		}
	}
	for range 200 {
		n := rng.Int64N(50_000) - 10
		rank, in := slices.BinarySearch(all, n)
		if s.Has(n) != in || s.Rank(n) != int64(rank) {
			t.Fatalf("number %d: in it %v, rank %d, want %v, %d", n, s.Has(n), s.Rank(n), in, rank)
		}
		if len(all) > 0 {
			if i := rng.IntN(len(all)); s.Select(int64(i)) != all[i] {
				t.Fatalf("row %d is %d, want %d", i, s.Select(int64(i)), all[i])
			}
		}
		at, _ := slices.BinarySearch(both, n+1)
		if next, ok := s.Next(n, otherSet); ok != (at < len(both)) || ok && next != both[at] {
			t.Fatalf("after %d comes %d, %v", n, next, ok)
		}
		at, _ = slices.BinarySearch(both, n)
		if previous, ok := s.Previous(n, otherSet); ok != (at > 0) || ok && previous != both[at-1] {
			t.Fatalf("before %d comes %d, %v", n, previous, ok)
		}
	}
}

func TestASetBehavesLikeASortedList(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 1))
		s, p, otherSet, other := &Set{}, plain{}, &Set{}, plain{}
		for range 300 {
			n := rng.Int64N(50_000)
			otherSet.Add(n)
			other[n] = true
		}
		for range 40 {
			switch first := rng.Int64N(700) * 64; rng.IntN(7) {
			case 0:
				s.Add(first + 7)
				p[first+7] = true
			case 1: // full blocks
				words := slices.Repeat([]uint64{^uint64(0)}, rng.IntN(200))
				var want int64
				for i := range int64(64 * len(words)) {
					if !p[first+i] {
						want++
					}
					p[first+i] = true
				}
				if got := s.Or(first, words); got != want {
					t.Fatalf("%d are new, want %d", got, want)
				}
			case 5:
				for range 100 {
					n := rng.Int64N(50_000)
					s.Remove(n)
					delete(p, n)
				}
			case 6:
				from, to := rng.Int64N(50_000), rng.Int64N(50_000)
				s.Include(otherSet, from, to)
				for n := range other {
					if n >= from && n <= to {
						p[n] = true
					}
				}
			case 2:
				n := rng.Int64N(10_000)
				before := len(p)
				for i := range p {
					if i < n {
						delete(p, i)
					}
				}
				if got := s.RemoveBefore(n); got != int64(before-len(p)) {
					t.Fatalf("%d removed before %d, want %d", got, n, before-len(p))
				}
			default:
				words := make([]uint64, rng.IntN(100))
				for k := range words {
					words[k] = rng.Uint64() & rng.Uint64()
					for i := range int64(64) {
						if words[k]>>i&1 != 0 {
							p[first+int64(64*k)+i] = true
						}
					}
				}
				s.Or(first, words)
			}
		}
		check(t, s, p, other, otherSet, rng)
		c := s.Clone()
		s.RemoveBefore(60_000)
		if s.Len() != 0 || len(slices.Collect(s.All())) != 0 {
			t.Fatal("something is left")
		}
		check(t, c, p, other, otherSet, rng)
	}
}

func TestAllOrNoneTakeNoMemory(t *testing.T) {
	s := &Set{}
	s.Or(1<<20, slices.Repeat([]uint64{^uint64(0)}, 1<<14))
	for i, b := range s.blocks {
		if b.words != nil {
			t.Fatalf("block %d has words", i)
		}
	}
	s.Add(1<<20 + 5)
	if s.Len() != 1<<20 {
		t.Errorf("%d numbers", s.Len())
	}
}

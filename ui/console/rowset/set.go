// Package rowset has a set of record numbers that finds row i of a log at once, and needs
// a few megabytes for tens of millions of rows.
package rowset

import (
	"iter"
	"math/bits"
	"sort"
)

const (
	blockBits  = 12 // a block stands for 4096 numbers
	blockSize  = 1 << blockBits
	blockWords = blockSize / 64
)

// Set is a set of non-negative numbers. It needs one bit for each number up to its
// largest, and none for blocks that are full or empty. Rank and Select take logarithmic
// time. The zero value is empty. Several goroutines may read a Set while none changes
// it.
type Set struct {
	blocks []block
	sums   []int64 // a Fenwick tree of the blocks' counts: node i, from 1, has those of the i&-i blocks up to block i-1
	len    int64
}

// block is a part of a Set. It is empty or full if words is nil.
type block struct {
	count int32
	words *[blockWords]uint64
}

func (b *block) word(i int) uint64 {
	switch {
	case b.words != nil:
		return b.words[i]
	case b.count > 0:
		return ^uint64(0)
	}
	return 0
}

// Len returns how many numbers are in s.
func (s *Set) Len() int64 { return s.len }

// Bytes returns roughly how much memory s uses.
func (s *Set) Bytes() (n int64) {
	for i := range s.blocks {
		if s.blocks[i].words != nil {
			n += blockSize / 8
		}
	}
	return n + 24*int64(cap(s.blocks))
}

// Add adds a number.
func (s *Set) Add(n int64) { s.Or(n&^63, []uint64{1 << (n & 63)}) }

// Or adds the numbers whose bits are set in words: bit i of word k stands for
// first+64*k+i. first must be a multiple of 64. Or returns how many numbers are new.
func (s *Set) Or(first int64, words []uint64) (added int64) {
	for len(words) > 0 {
		i, at := int(first>>blockBits), int(first&(blockSize-1))/64
		part := words[:min(len(words), blockWords-at)]
		added += s.orBlock(i, at, part)
		words, first = words[len(part):], first+int64(64*len(part))
	}
	return added
}

func (s *Set) orBlock(i, at int, words []uint64) int64 {
	any := uint64(0)
	for _, w := range words {
		any |= w
	}
	if any == 0 {
		return 0
	}
	for len(s.blocks) <= i {
		s.blocks = append(s.blocks, block{})
		n := len(s.blocks)
		s.sums = append(s.sums, s.before(n-1)-s.before(n-n&-n))
	}
	b := &s.blocks[i]
	if b.count == blockSize {
		return 0
	}
	if b.words == nil {
		b.words = new([blockWords]uint64)
	}
	var added int32
	for k, w := range words {
		added += int32(bits.OnesCount64(w &^ b.words[at+k]))
		b.words[at+k] |= w
	}
	s.grow(i, added)
	if b.count == blockSize {
		b.words = nil
	}
	return int64(added)
}

// grow changes the count of a block.
func (s *Set) grow(i int, by int32) {
	s.blocks[i].count += by
	s.len += int64(by)
	for n := i + 1; n <= len(s.sums); n += n & -n {
		s.sums[n-1] += int64(by)
	}
}

// before returns how many numbers are in the first n blocks.
func (s *Set) before(n int) (sum int64) {
	for ; n > 0; n -= n & -n {
		sum += s.sums[n-1]
	}
	return sum
}

// Has reports whether a number is in s.
func (s *Set) Has(n int64) bool {
	i := int(n >> blockBits)
	return n >= 0 && i < len(s.blocks) && s.blocks[i].word(int(n&(blockSize-1))/64)>>(n&63)&1 != 0
}

// Rank returns how many numbers in s are less than n.
func (s *Set) Rank(n int64) int64 {
	i := int(n >> blockBits)
	switch {
	case n <= 0:
		return 0
	case i >= len(s.blocks):
		return s.len
	}
	rank, b, last := s.before(i), &s.blocks[i], int(n&(blockSize-1))/64
	for k := range last {
		rank += int64(bits.OnesCount64(b.word(k)))
	}
	return rank + int64(bits.OnesCount64(b.word(last)&(1<<(n&63)-1)))
}

// Select returns the number in s with rank i, where 0 <= i < Len.
func (s *Set) Select(i int64) int64 {
	// Descend to the last block with at most i numbers before it.
	at := 0
	for step := 1 << bits.Len(uint(len(s.sums))); step > 0; step /= 2 {
		if next := at + step; next <= len(s.sums) && s.sums[next-1] <= i {
			at, i = next, i-s.sums[next-1]
		}
	}
	b, base := &s.blocks[at], int64(at)<<blockBits
	if b.words == nil {
		return base + i
	}
	for k, w := range b.words {
		if n := int64(bits.OnesCount64(w)); i >= n {
			i -= n
			continue
		}
		for ; i > 0; i-- {
			w &= w - 1
		}
		return base + int64(64*k+bits.TrailingZeros64(w))
	}
	panic("rowset: rank out of range")
}

// RemoveBefore removes the numbers less than n and returns how many there were.
func (s *Set) RemoveBefore(n int64) (removed int64) {
	removed = s.Rank(n)
	if removed == 0 {
		return 0
	}
	last := int(n >> blockBits)
	i := sort.Search(min(last, len(s.blocks)), func(i int) bool { return s.before(i+1) > 0 })
	for ; i < min(last, len(s.blocks)); i++ {
		if c := s.blocks[i].count; c > 0 {
			s.grow(i, -c)
			s.blocks[i].words = nil
		}
	}
	if left := s.Rank(n); last < len(s.blocks) && left > 0 {
		b, words := &s.blocks[last], new([blockWords]uint64)
		for k := range words {
			words[k] = b.word(k)
			switch at := int(n & (blockSize - 1)); {
			case k < at/64:
				words[k] = 0
			case k == at/64:
				words[k] &^= 1<<(at&63) - 1
			}
		}
		s.grow(last, -int32(left))
		b.words = words
		if b.count == 0 {
			b.words = nil
		}
	}
	return removed
}

// Remove removes a number.
func (s *Set) Remove(n int64) {
	if !s.Has(n) {
		return
	}
	i := int(n >> blockBits)
	b := &s.blocks[i]
	if b.words == nil { // full
		b.words = new([blockWords]uint64)
		for k := range b.words {
			b.words[k] = ^uint64(0)
		}
	}
	b.words[int(n&(blockSize-1))/64] &^= 1 << (n & 63)
	s.grow(i, -1)
	if b.count == 0 {
		b.words = nil
	}
}

// Include adds the numbers from first to last that are in other.
func (s *Set) Include(other *Set, first, last int64) {
	for i := int(max(first, 0) >> blockBits); i < len(other.blocks) && int64(i)<<blockBits <= last; i++ {
		if other.blocks[i].count == 0 {
			continue
		}
		var words [blockWords]uint64
		base := int64(i) << blockBits
		for k := range words {
			words[k] = other.blocks[i].word(k)
		}
		for n := base; n < first; n += 64 {
			words[(n-base)/64] &= ^uint64(0) << min(first-n, 64)
		}
		for n := base; n < base+blockSize; n += 64 {
			if n+63 > last {
				words[(n-base)/64] &= 1<<max(0, last+1-n) - 1
			}
		}
		s.Or(base, words[:])
	}
}

// All yields the numbers in increasing order. s must not change meanwhile.
func (s *Set) All() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for i := range s.blocks {
			b := &s.blocks[i]
			for k := 0; b.count > 0 && k < blockWords; k++ {
				for w := b.word(k); w != 0; w &= w - 1 {
					if !yield(int64(i)<<blockBits + int64(64*k+bits.TrailingZeros64(w))) {
						return
					}
				}
			}
		}
	}
}

// Clone returns a copy.
func (s *Set) Clone() *Set {
	c := &Set{blocks: append([]block(nil), s.blocks...), sums: append([]int64(nil), s.sums...), len: s.len}
	for i := range c.blocks {
		if w := c.blocks[i].words; w != nil {
			words := *w
			c.blocks[i].words = &words
		}
	}
	return c
}

// Next returns the smallest number greater than n that is in both s and other.
func (s *Set) Next(n int64, other *Set) (next int64, ok bool) {
	n = max(n, -1) + 1
	for i := int(n >> blockBits); i < min(len(s.blocks), len(other.blocks)); i++ {
		a, b := &s.blocks[i], &other.blocks[i]
		for k := int(n&(blockSize-1)) / 64; a.count > 0 && b.count > 0 && k < blockWords; k++ {
			w := a.word(k) & b.word(k)
			if base := int64(i)<<blockBits + int64(64*k); base < n {
				w &^= 1<<(n&63) - 1
			}
			if w != 0 {
				return int64(i)<<blockBits + int64(64*k+bits.TrailingZeros64(w)), true
			}
		}
		n = int64(i+1) << blockBits
	}
	return 0, false
}

// Previous returns the largest number less than n that is in both s and other.
func (s *Set) Previous(n int64, other *Set) (previous int64, ok bool) {
	n = min(n, int64(min(len(s.blocks), len(other.blocks)))<<blockBits) - 1
	for ; n >= 0; n = n&^(blockSize-1) - 1 {
		i := int(n >> blockBits)
		a, b := &s.blocks[i], &other.blocks[i]
		for k := int(n&(blockSize-1)) / 64; a.count > 0 && b.count > 0 && k >= 0; k-- {
			w := a.word(k) & b.word(k)
			if k == int(n&(blockSize-1))/64 {
				w &= ^uint64(0) >> (63 - n&63)
			}
			if w != 0 {
				return int64(i)<<blockBits + int64(64*k+63-bits.LeadingZeros64(w)), true
			}
		}
	}
	return 0, false
}

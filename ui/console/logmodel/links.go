package logmodel

import (
	"slices"
	"sync"
)

// mostLinks bounds the memory of links, to some 70 MB. Children beyond it are rows like
// others.
const mostLinks = 1 << 22

// links is the relations of a run. It may be used from any goroutine.
type links struct {
	mu    sync.RWMutex
	count int
	parts map[int64]*linked
}

// linked is the links of the records of a part, in both directions. A place is the number
// of a record in its part; a distance is how far away the other record is.
type linked struct {
	children, parents []half // in ascending order
}

type half struct {
	place    uint16
	distance uint32
}

func (h half) compare(o half) int {
	if h.place != o.place {
		return int(h.place) - int(o.place)
	}
	return int(int64(h.distance) - int64(o.distance))
}

// add adds links of new children. It lets the window read between a few.
func (l *links) add(some []link) {
	for few := range slices.Chunk(some, 256) {
		l.addFew(few)
	}
}

func (l *links) addFew(some []link) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range some {
		distance := k.child - k.parent
		if _, there := l.parts[k.child/part].find(k.child); there || l.count >= mostLinks || distance <= 0 || distance > 1<<31 {
			continue
		}
		l.count++
		insert(&l.part(k.child).children, half{uint16(k.child % part), uint32(distance)})
		insert(&l.part(k.parent).parents, half{uint16(k.parent % part), uint32(distance)})
	}
}

func (l *links) part(seq int64) *linked {
	if l.parts == nil {
		l.parts = map[int64]*linked{}
	}
	p := l.parts[seq/part]
	if p == nil {
		p = &linked{}
		l.parts[seq/part] = p
	}
	return p
}

func insert(list *[]half, h half) {
	at, there := slices.BinarySearchFunc(*list, h, half.compare)
	if !there {
		*list = slices.Insert(*list, at, h)
	}
}

// from returns the first index in list whose place is not before seq's.
func from(list []half, seq int64) int {
	at, _ := slices.BinarySearchFunc(list, half{place: uint16(seq % part)}, half.compare)
	return at
}

// parent returns the record that child belongs to, or 0.
func (l *links) parent(child int64) int64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if distance, there := l.parts[child/part].find(child); there {
		return child - distance
	}
	return 0
}

// find returns how far before child its parent is, and whether it has one.
func (p *linked) find(child int64) (distance int64, there bool) {
	if p == nil {
		return 0, false
	}
	if at := from(p.children, child); at < len(p.children) && int64(p.children[at].place) == child%part {
		return int64(p.children[at].distance), true
	}
	return 0, false
}

// of returns the records that belong to parent, in order.
func (l *links) of(parent int64) (children []int64) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	p := l.parts[parent/part]
	if p == nil {
		return nil
	}
	for at := from(p.parents, parent); at < len(p.parents) && int64(p.parents[at].place) == parent%part; at++ {
		children = append(children, parent+int64(p.parents[at].distance))
	}
	return children
}

// among returns the links of the children numbered first to last, which are in one part.
func (l *links) among(first, last int64) (some []link) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	p := l.parts[first/part]
	if p == nil {
		return nil
	}
	for at := from(p.children, first); at < len(p.children) && int64(p.children[at].place) <= last%part; at++ {
		child := first/part*part + int64(p.children[at].place)
		some = append(some, link{child, child - int64(p.children[at].distance)})
	}
	return some
}

// below returns the links of the parents numbered first to last.
func (l *links) below(first, last int64) (some []link) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for n := first / part; n <= last/part; n++ {
		p := l.parts[n]
		if p == nil {
			continue
		}
		for _, h := range p.parents {
			if parent := n*part + int64(h.place); parent >= first && parent <= last {
				some = append(some, link{parent + int64(h.distance), parent})
			}
		}
	}
	return some
}

// clear forgets all links.
func (l *links) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count, l.parts = 0, nil
}

// removeBefore forgets what only concerns records before first.
func (l *links) removeBefore(first int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n, p := range l.parts {
		if (n+1)*part <= first {
			l.count -= len(p.children)
			delete(l.parts, n)
		}
	}
}

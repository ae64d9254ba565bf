package logmodel

// lookBack is how many parts before a range are read to find the parents of its first
// children. In a run that is opened, children further away are rows like others.
const lookBack = 8

// chain finds the links of the records of a run, range after range.
type chain struct {
	from    Records
	begin   int64 // the first record that relater has read
	next    int64 // the record after the last
	relater relater
	orphans []*item // children whose parents are before all that was read
}

// takeChain returns the chain that continues at record first. The caller puts it back into
// l.chain if nothing has changed meanwhile. l.mu is held.
func (l *Log) takeChain(first int64) *chain {
	c := l.chain
	l.chain = nil
	if !c.covers(l.from, first) {
		c = &chain{from: l.from, begin: first, next: first}
	}
	return c
}

// covers reports whether c has read all records of a run from some one up to before seq.
func (c *chain) covers(from Records, seq int64) bool {
	return c != nil && c.from == from && c.begin <= seq && seq <= c.next
}

// chained reports whether the links of the records from l.tail on can be found without
// looking back. l.mu is held.
func (l *Log) chained() bool {
	first, _ := l.from.Bounds()
	return l.tail <= first || l.chain.covers(l.from, l.tail)
}

// lookBack finds the parents of the orphans and returns their links. It remembers
// what it saw of their streams.
func (c *chain) lookBack(stop func() bool) (found []link) {
	first := c.begin
	oldest, _ := c.from.Bounds()
	for n := 0; len(c.orphans) > 0 && n < lookBack && first > oldest && !stop(); n++ {
		last := first - 1
		first = last / part * part
		var before relater
		for code := range c.from.Codes(first, last, nil) {
			before.next(code)
		}
		var left []*item
		for _, it := range c.orphans {
			parent, known := before.place(it)
			switch {
			case !known:
				left = append(left, it)
			case parent > 0:
				found = append(found, link{it.seq, parent})
			}
			if known {
				c.relater.adopt(it, &before)
			}
		}
		c.orphans = left
	}
	for _, it := range c.orphans {
		c.relater.adopt(it, &relater{})
	}
	c.orphans = nil
	return found
}

// adopt makes r know of the stream of it, which r has not seen the request of, what the
// earlier relater knows. Nothing earlier is looked at again.
func (r *relater) adopt(it *item, earlier *relater) {
	target, clientID := []byte(it.stream.target), []byte(it.stream.clientID)
	mine, old := r.lane(target, clientID), earlier.lane(target, clientID)
	if mine == nil {
		mine = r.add(it.stream)
	}
	mine.whole = true
	if old == nil {
		return
	}
	if mine.send.seq == 0 {
		mine.send = old.send
	}
	if mine.close.seq == 0 {
		mine.close = old.close
	}
	if mine.subscribe.seq == 0 {
		before := mine.isOpening()
		defer func() { r.count(mine, before) }()
		mine.subscribe, mine.conn, mine.opening, mine.end, mine.closed = old.subscribe, old.conn, old.opening, old.end, old.closed
	}
}

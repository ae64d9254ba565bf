package journal

import (
	"bytes"
	"container/list"
	"io"
	"math"
	"sort"
	"sync"
)

// cacheSize bounds the blocks that a disk caches for reading, in bytes. The region
// read last is cached at any size.
const cacheSize = 8 << 20

// file is the part of *os.File that a journal needs.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Truncate(size int64) error
}

// place is where a region begins. A region is a part of the file of at least
// blockSize bytes, except for the last one.
type place struct {
	off   int64
	first int64 // Seq of its first record
}

// disk is the part of a journal that is in its file, for reading. One goroutine may
// add to it while others read.
type disk struct {
	file    file
	version int    // of an opened file
	out     []byte // buffer for writing, reused

	mu      sync.RWMutex
	index   []place
	end     int64 // end of what is written
	last    int64 // Seq of the newest record written
	records int64 // number of records written
	targets []string
	cache   cache
}

// add registers a frame that was written at d.end. names are those in a frame of
// targets.
func (d *disk) add(f frame, names []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch f.kind {
	case frameRecords:
		if n := len(d.index); n == 0 || d.end >= d.index[n-1].off+blockSize {
			d.index = append(d.index, place{d.end, f.first})
		}
		d.last = f.first + int64(f.count) - 1
		d.records += int64(f.count)
	case frameTargets:
		d.targets = append(d.targets, names...)
	}
	d.end += f.whole()
}

// bounds returns the numbers of the oldest and the newest record, or 1 and 0 if
// there are none.
func (d *disk) bounds() (first, last int64) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if len(d.index) == 0 {
		return 1, 0
	}
	return d.index[0].first, d.last
}

// region returns the number and position of the region with record seq or, if there
// is no such record, of the region before the next one. i is -1 past the end.
func (d *disk) region(seq int64) (i int, off, end int64) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if seq > d.last || len(d.index) == 0 {
		return -1, 0, 0
	}
	i = max(0, sort.Search(len(d.index), func(i int) bool { return d.index[i].first > seq })-1)
	end = d.end
	if i+1 < len(d.index) {
		end = d.index[i+1].off
	}
	return i, d.index[i].off, end
}

// load reads the blocks from off to end into data, whose length is end-off, and
// which the blocks retain. It omits damaged blocks, and blocks for whose body accept
// returns false; accept may be nil.
func (d *disk) load(data []byte, off int64, accept func(body []byte) bool) []*block {
	if _, err := d.file.ReadAt(data, off); err != nil {
		return nil
	}
	var blocks []*block
	for len(data) >= frameSize {
		f, err := parseFrame(data)
		if err != nil || f.whole() > int64(len(data)) {
			skip := bytes.Index(data[1:], []byte(frameMagic))
			if skip < 0 {
				break
			}
			data = data[1+skip:]
			continue
		}
		body := data[frameSize:f.whole()]
		if f.kind == frameRecords && (accept == nil || accept(body)) && checksum(body) == f.sum {
			if b := parseBlock(f, body); b != nil {
				blocks = append(blocks, b)
			}
		}
		data = data[f.whole():]
	}
	return blocks
}

// find returns the block with record seq, or else the first block after it, or nil.
func (d *disk) find(seq int64) *block { return d.search(seq, math.MaxInt64, d.cached) }

// scanner returns a find function for reading in order up to record last. It holds
// one region at a time and does not use the cache. It omits blocks for whose body
// accept returns false; accept may be nil. With reuse, a block is valid until the
// next call.
func (d *disk) scanner(last int64, accept func(body []byte) bool, reuse bool) func(seq int64) *block {
	number, size := -1, int64(0)
	var blocks []*block
	var data []byte
	return func(seq int64) *block {
		return d.search(seq, last, func(i int, off, end int64) []*block {
			if i != number || end-off != size {
				number, size = i, end-off
				if !reuse || int64(cap(data)) < size || cap(data) > 4*blockSize { // a huge buffer is not reused
					data = make([]byte, size)
				}
				blocks = d.load(data[:size], off, accept)
			}
			return blocks
		})
	}
}

// search implements find; read reads a region. It does not look beyond record last.
func (d *disk) search(seq, last int64, read func(i int, off, end int64) []*block) *block {
	for seq <= last {
		i, off, end := d.region(seq)
		if i < 0 {
			return nil
		}
		if b := seek(read(i, off, end), seq); b != nil {
			return b
		}
		// Nothing at or after seq in this region: try the next.
		d.mu.RLock()
		if i+1 >= len(d.index) {
			d.mu.RUnlock()
			return nil
		}
		seq = d.index[i+1].first
		d.mu.RUnlock()
	}
	return nil
}

func (d *disk) cached(i int, off, end int64) []*block {
	if blocks := d.cache.get(i, end-off); blocks != nil {
		return blocks
	}
	blocks := d.load(make([]byte, end-off), off, nil)
	d.cache.put(i, end-off, blocks)
	return blocks
}

// cache holds the regions used last.
type cache struct {
	mu    sync.Mutex
	size  int64
	order list.List // of *cachedRegion, most recently used first
	byNum map[int]*list.Element
}

type cachedRegion struct {
	number int
	bytes  int64 // length in the file, since the last region grows
	cost   int64
	blocks []*block
}

func (c *cache) get(number int, bytes int64) []*block {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byNum[number]
	if e == nil || e.Value.(*cachedRegion).bytes != bytes {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cachedRegion).blocks
}

func (c *cache) put(number int, bytes int64, blocks []*block) {
	r := &cachedRegion{number, bytes, bytes, blocks}
	for _, b := range blocks {
		r.cost += blockCost + int64(4*len(b.ends))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byNum == nil {
		c.byNum = map[int]*list.Element{}
	}
	if e := c.byNum[number]; e != nil {
		c.remove(e)
	}
	c.byNum[number] = c.order.PushFront(r)
	c.size += r.cost
	for c.size > cacheSize && c.order.Len() > 1 {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(e *list.Element) {
	r := c.order.Remove(e).(*cachedRegion)
	delete(c.byNum, r.number)
	c.size -= r.cost
}

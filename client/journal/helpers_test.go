package journal

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"sseconsole/client/record"
)

// memory is a file in memory. If err is set, every write fails with it.
type memory struct {
	mu        sync.Mutex
	data      []byte
	err       error
	stall     chan struct{} // if set, writes wait until it is closed
	stallRead chan struct{} // so do reads
	writes    int           // attempts
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	m.mu.Lock()
	stall := m.stallRead
	m.mu.Unlock()
	if stall != nil {
		<-stall
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.NewReader(m.data).ReadAt(p, off)
}

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	m.mu.Lock()
	stall := m.stall
	m.mu.Unlock()
	if stall != nil {
		<-stall
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writes++
	if m.err != nil {
		m.put(p[:len(p)/2], off) // as on a disk that becomes full
		return len(p) / 2, m.err
	}
	m.put(p, off)
	return len(p), nil
}

func (m *memory) put(p []byte, off int64) {
	if grow := int(off) + len(p) - len(m.data); grow > 0 {
		m.data = append(m.data, make([]byte, grow)...)
	}
	copy(m.data[off:], p)
}

func (m *memory) Truncate(size int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data = m.data[:size]
	return nil
}

func (m *memory) Close() error { return nil }

func (m *memory) bytes() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.data)
}

func (m *memory) set(change func(*memory)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(m)
}

// onto returns a journal that writes to f.
func onto(f file, limit int64, notify func(Notice)) *Journal {
	j := &Journal{Limit: limit}
	j.start(&writer{
		disk: &disk{file: f}, started: time.Unix(1.7e9, 0), notify: notify,
		prune: func() {}, remove: func() { f.Truncate(0) },
	})
	return j
}

// event returns a record whose data contains its number n.
func event(n int64) record.Record {
	data := fmt.Sprintf(`{"n":%d,"symbol":"ACME","price":%d.25,"text":"%080d"}`, n, n%1000, n)
	return record.Record{
		Time: time.Unix(1.7e9, n), Kind: record.Event, Target: "embedded", ClientID: "alice", Conn: 1,
		Type: "message", ID: fmt.Sprint(n), Data: data, Raw: fmt.Appendf(nil, "id: %d\ndata: %s\n\n", n, data),
		Offset: n * 150, FirstChunk: int(n), LastChunk: int(n),
	}
}

// check fails the test unless records first to last are those that event returns.
func check(t *testing.T, j interface {
	At(int64) *record.Record
}, first, last int64) {
	t.Helper()
	for seq := first; seq <= last; seq++ {
		want := event(seq)
		want.Seq = seq
		if got := j.At(seq); got == nil || !same(*got, want) {
			t.Fatalf("record %d is %+v", seq, got)
		}
	}
}

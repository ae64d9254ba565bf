package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	// A sender waits when a reader is underWay batches of messages behind: the hub cuts
	// off a subscriber with 256 messages in its queue.
	batch    = 64
	underWay = 3
)

// readers are the clients, the same for all servers. To be cheap, each only reads its
// connection into a buffer and counts marks.
type readers struct {
	conns []net.Conn
	wait  sync.WaitGroup
	total atomic.Int64 // messages read

	read  [2 * underWay]atomic.Int64 // readers that have read a batch, by its number
	whole chan struct{}              // receives when all have read a batch

	due   func(reader, message int) time.Time // when the message is due; nil if latency is not measured
	times [8]latencies                        // shared between readers to save memory
}

type latencies struct {
	mu sync.Mutex
	*hdrhistogram.Histogram
}

// connect subscribes n readers and returns when all have received the headers.
func connect(addr net.Addr, n int, path func(int) string, due func(reader, message int) time.Time) (*readers, error) {
	rs := &readers{due: due, whole: make(chan struct{}, underWay)}
	for i := range rs.times {
		rs.times[i].Histogram = hdrhistogram.New(1000, int64(time.Minute), 3)
	}
	var bodies []*bufio.Reader
	for i := range n {
		conn, body, err := open(addr, path(i))
		if err != nil {
			return nil, err
		}
		rs.conns, bodies = append(rs.conns, conn), append(bodies, body)
	}
	for i, body := range bodies {
		rs.wait.Go(func() { rs.run(i, body) })
	}
	return rs, nil
}

// open requests a stream and reads its headers.
func open(addr net.Addr, path string) (net.Conn, *bufio.Reader, error) {
	conn, err := net.Dial(addr.Network(), addr.String())
	if err != nil {
		return nil, nil, err
	}
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path)
	body := bufio.NewReader(conn)
	for first := true; ; first = false {
		line, err := body.ReadString('\n')
		switch {
		case err != nil:
			return nil, nil, err
		case first && !strings.Contains(line, " 200 "):
			return nil, nil, fmt.Errorf("%s: %s", path, line)
		case line == "\r\n":
			return conn, body, nil
		}
	}
}

func (rs *readers) run(i int, body io.Reader) {
	buf := make([]byte, 16<<10)
	count := 0
	for {
		n, err := body.Read(buf)
		if err != nil {
			return
		}
		k := bytes.Count(buf[:n], []byte{mark})
		if k == 0 {
			continue
		}
		if rs.due != nil {
			rs.times[i%len(rs.times)].record(time.Now(), k, func(j int) time.Time { return rs.due(i, count+j) })
		}
		for done := count / batch; done < (count+k)/batch; done++ {
			if rs.read[done%len(rs.read)].Add(1) == int64(len(rs.conns)) {
				rs.read[done%len(rs.read)].Store(0)
				rs.whole <- struct{}{}
			}
		}
		count += k
		rs.total.Add(int64(k))
	}
}

func (l *latencies) record(now time.Time, k int, due func(int) time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for j := range k {
		l.RecordValue(max(int64(now.Sub(due(j))), 1000))
	}
}

// latency returns the histogram of all readers.
func (rs *readers) latency() *hdrhistogram.Histogram {
	sum := hdrhistogram.New(1000, int64(time.Minute), 3)
	for i := range rs.times {
		sum.Merge(rs.times[i].Histogram)
	}
	return sum
}

// close closes the connections and waits for the readers.
func (rs *readers) close() {
	for _, conn := range rs.conns {
		conn.Close()
	}
	rs.wait.Wait()
}

package main

import (
	"net"
	"runtime"
	"syscall"
	"time"
)

// result is the result of one measurement.
type result struct {
	rate         float64       // maximum deliveries per second
	p50, p99     time.Duration // latency at half that rate, from when a message was due until it was read
	joe50, joe99 time.Duration // latency at half of Joe's rate
	cpu          float64       // seconds per million deliveries, including clients and sender
	allocations  float64       // per delivery, including clients and sender
}

// trial is a running side with its readers.
type trial struct {
	running
	*readers
	n          int
	broadcasts bool
	end        chan struct{} // closed to stop sending
	sent       int           // rounds sent; a round is one message to each
	batches    int           // sent but not yet read by all
}

// begin starts s and subscribes n readers. due may be nil; see readers.due.
func begin(s side, n int, broadcasts bool, due func(reader, message int) time.Time) (*trial, net.Addr, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	t := &trial{running: s.start(l, n), n: n, broadcasts: broadcasts, end: make(chan struct{})}
	t.readers, err = connect(l.Addr(), n, t.path, due)
	time.Sleep(settle)
	return t, l.Addr(), err
}

// settle is a pause for Joe, which sends the headers before it subscribes. Messages sent
// in between would be lost and waited for.
const settle = 100 * time.Millisecond

func (t *trial) close() {
	t.readers.close()
	t.stop()
}

// measure measures s. joes is Joe's rate, or 0 if s is Joe.
func measure(s side, n int, broadcasts bool, length time.Duration, joes float64) (r result, err error) {
	t, _, err := begin(s, n, broadcasts, nil)
	if err != nil {
		return r, err
	}
	t.sendFor(length / 4) // warm up
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, start, total := cpuTime(), time.Now(), t.total.Load()
	t.sendFor(length)
	took, delivered := time.Since(start).Seconds(), float64(t.total.Load()-total)
	used := cpuTime() - cpu
	runtime.ReadMemStats(&after)
	t.close()
	r.rate = delivered / took
	r.cpu = used.Seconds() / delivered * 1e6
	r.allocations = float64(after.Mallocs-before.Mallocs) / delivered

	if r.p50, r.p99, err = pace(s, n, broadcasts, length, r.rate/2); err != nil {
		return r, err
	}
	if joes == 0 {
		r.joe50, r.joe99 = r.p50, r.p99
		return r, nil
	}
	r.joe50, r.joe99, err = pace(s, n, broadcasts, length, joes/2)
	return r, err
}

func (t *trial) sendFor(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		t.round(nil)
	}
}

// pace returns the latency when rate messages per second are delivered, as evenly as the
// system's timers allow. It includes delays of the sender.
func pace(s side, n int, broadcasts bool, length time.Duration, rate float64) (p50, p99 time.Duration, err error) {
	step := time.Duration(float64(time.Second) / rate) // between deliveries
	if broadcasts {
		step = time.Duration(float64(time.Second) * float64(n) / rate)
	}
	start := time.Now().Add(2*settle + time.Duration(n)*time.Millisecond) // when all have subscribed
	due := func(reader, message int) time.Time {
		if broadcasts {
			return start.Add(time.Duration(message) * step)
		}
		return start.Add(time.Duration(message*n+reader) * step)
	}
	t, _, err := begin(s, n, broadcasts, due)
	if err != nil {
		return 0, 0, err
	}
	for end := start.Add(length); due(0, t.sent).Before(end); {
		t.round(func(i int) { time.Sleep(time.Until(due(i, t.sent))) })
	}
	time.Sleep(length / 10) // until the last message has arrived
	t.close()
	h := t.latency()
	return time.Duration(h.ValueAtPercentile(50)), time.Duration(h.ValueAtPercentile(99)), nil
}

// round sends one message to each reader, calling wait, if not nil, before each. Then it
// waits for the readers if they are too far behind. It returns false when t.end is closed.
func (t *trial) round(wait func(reader int)) bool {
	if t.broadcasts {
		if wait != nil {
			wait(0)
		}
		t.broadcast()
	} else {
		for i := range t.n {
			if wait != nil {
				wait(i)
			}
			t.send(i)
		}
	}
	if t.sent++; t.sent%batch != 0 {
		return true
	}
	if t.batches++; t.batches < underWay {
		return true
	}
	select {
	case <-t.whole:
		t.batches--
		return true
	case <-t.end:
		return false
	}
}

// beside returns the deliveries per second to ten subscribers while another one never
// reads, in the first and in the fifth second.
func beside(s side) (first, last float64, err error) {
	t, addr, err := begin(s, 10, true, nil)
	if err != nil {
		return 0, 0, err
	}
	stuck, _, err := open(addr, t.path(10))
	if err != nil {
		return 0, 0, err
	}
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for t.round(nil) {
			select {
			case <-t.end:
				return
			default:
			}
		}
	}()
	var seconds [5]float64
	for i := range seconds {
		before := t.total.Load()
		time.Sleep(time.Second)
		seconds[i] = float64(t.total.Load() - before)
	}
	close(t.end)
	stuck.Close()
	t.readers.close()
	<-sent
	t.stop()
	return seconds[0], seconds[4], nil
}

// cpuTime returns the CPU time that this process has used, in user and kernel mode.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

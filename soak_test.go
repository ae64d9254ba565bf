package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/crc64"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/message"
)

// pour sends n messages, or endlessly if n is 0, from an embedded server through a real
// subscription into a journal in dir. received is called for each event once it is
// appended. pour returns the checksum of what was sent.
func pour(ctx context.Context, dir string, n int, received func(count int64)) (checksum uint64, err error) {
	srv := server.New(server.Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	var stopped atomic.Value
	log, err := journal.Create(journal.Config{Dir: dir, Notify: func(n journal.Notice) { stopped.Store(fmt.Errorf("journal: %+v", n)) }})
	if err != nil {
		return 0, err
	}

	// The sender keeps fewer messages in flight than the queue of a subscriber holds.
	underWay := make(chan struct{}, 200)
	events := int64(0)
	c := &client.Client{Record: func(r record.Record) {
		log.Append(r)
		if r.Kind == record.Event {
			events++
			received(events)
			<-underWay
		}
	}}
	to := endpoint.Demo(fmt.Sprintf("http://%s/demo/sse", l.Addr()), endpoint.Auto)
	call, err := c.Resolve(&to, record.Subscribe, endpoint.Values{ClientID: "soak"})
	if err != nil {
		return 0, err
	}
	sub := c.Subscribe(ctx, call, client.Options{})
	<-sub.Settled()
	sum := crc64.New(crc64.MakeTable(crc64.ECMA))
	for i := 0; n == 0 || i < n; i++ {
		data := soakMessage(i)
		fmt.Fprintln(sum, data)
		underWay <- struct{}{}
		if reached, err := srv.Send(message.Message{To: []string{"soak"}, Data: data}); reached != 1 || err != nil {
			return 0, fmt.Errorf("message %d reached %d: %w", i, reached, err)
		}
	}
	for range cap(underWay) { // until nothing is in flight
		underWay <- struct{}{}
	}
	sub.Cancel(nil)
	<-sub.Done()
	c.CloseIdleConnections()
	err = errors.Join(srv.Shutdown(ctx), <-served, log.Close())
	if fault := stopped.Load(); fault != nil {
		err = errors.Join(err, fault.(error))
	}
	return sum.Sum64(), err
}

// kept returns the number of events in the only run in dir, and their checksum.
func kept(t *testing.T, dir string) (count int, checksum uint64, bytes int64) {
	t.Helper()
	runs, err := journal.Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	run, err := journal.OpenRun(runs[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	sum := crc64.New(crc64.MakeTable(crc64.ECMA))
	for r := range run.Scan(run.Bounds()) {
		if r.Kind == record.Event {
			fmt.Fprintln(sum, r.Data)
			count++
		}
	}
	return count, sum.Sum64(), run.Run.Bytes
}

// Everything that the embedded server sends reaches the journal's file complete and in
// order, through a real subscription. SSECONSOLE_SOAK is the number of events (make soak:
// 5 million).
func TestEveryEventReachesTheFile(t *testing.T) {
	n := number("SSECONSOLE_SOAK", 20_000)
	dir, began := t.TempDir(), time.Now()
	sent, err := pour(t.Context(), dir, n, func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	count, checksum, bytes := kept(t, dir)
	if count != n || checksum != sent {
		t.Errorf("%d events with checksum %x in the file, want %d with %x", count, checksum, n, sent)
	}
	t.Logf("%d events in %v, %.0f a second; %d bytes in the file; checksum %x", n, took, float64(n)/took.Seconds(), bytes, checksum)
}

// soakChild is set for a process that pours until it is killed, to the directory of its
// run.
const soakChild = "SSECONSOLE_SOAK_CHILD"

// pourUntilKilled prints from time to time how many events were appended, and when.
func pourUntilKilled(dir string) {
	_, err := pour(context.Background(), dir, 0, func(count int64) {
		if count%500 == 0 {
			fmt.Println(count, time.Now().UnixMilli())
		}
	})
	fmt.Fprintln(os.Stderr, err)
}

// A killed process loses only the last moment: the file has the beginning of what was
// sent, without a gap. SSECONSOLE_SOAK_KILLS is the number of kills (make soak: 20).
func TestAKillLosesTheLastMomentAlone(t *testing.T) {
	for kill := range number("SSECONSOLE_SOAK_KILLS", 2) {
		dir := t.TempDir()
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), soakChild+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		type sign struct{ count, at int64 }
		var signs []sign
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var s sign
			if _, err := fmt.Sscan(lines.Text(), &s.count, &s.at); err != nil {
				break // torn
			}
			signs = append(signs, s)
			if s.at-signs[0].at > int64(400+37*kill) { // a different moment each time
				_ = child.Process.Kill()
			}
		}
		_ = child.Wait()
		if len(signs) == 0 {
			t.Fatal("the child appended nothing")
		}
		count, checksum, _ := kept(t, dir)
		sum := crc64.New(crc64.MakeTable(crc64.ECMA))
		for i := range count {
			fmt.Fprintln(sum, soakMessage(i))
		}
		if checksum != sum.Sum64() {
			t.Errorf("the %d events in the file are not the first ones that were sent", count)
		}
		last := signs[len(signs)-1]
		var age int64 // of the oldest lost event
		if i := slices.IndexFunc(signs, func(s sign) bool { return s.count > int64(count) }); i >= 0 {
			age = last.at - signs[i].at
		}
		t.Logf("killed after %d events: lost the last %d, of %d ms", last.count, max(0, last.count-int64(count)), age)
	}
}

// number returns the value of an environment variable, or a default.
func number(variable string, usual int) int {
	if n, _ := strconv.Atoi(os.Getenv(variable)); n > 0 {
		return n
	}
	return usual
}

// soakMessage returns a unique message of some 100 bytes, occasionally a long one or one
// of several lines.
func soakMessage(i int) string {
	text := fmt.Sprintf(`{"n":%d,"symbol":"ACME","bid":%.2f,"note":"消息 %x, of some hundred bytes in two scripts"}`, i, float64(i%9973)/100, i*i)
	if i%1000 == 0 {
		for range 20 {
			text += "\n" + text[:80]
		}
	}
	return text
}

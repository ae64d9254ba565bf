package main

import (
	"fmt"
	"hash/crc64"
	"net"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"sseconsole/client"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/client/target"
	"sseconsole/server"
)

// Everything that the embedded server sends arrives, in order and whole, through
// a real subscription in the journal's file. SSECONSOLE_SOAK is how many events
// (make soak: 5 million).
func TestEveryEventReachesTheFile(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SSECONSOLE_SOAK"))
	if n == 0 {
		n = 20_000
	}
	srv := server.New(server.Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	dir := t.TempDir()
	log, err := journal.Create(journal.Config{Dir: dir, Notify: func(n journal.Notice) { t.Errorf("journal: %+v", n) }})
	if err != nil {
		t.Fatal(err)
	}

	// The sender keeps fewer messages under way than the server queues for a
	// subscriber before it cuts it off.
	underWay := make(chan struct{}, 200)
	var events atomic.Int64
	c := &client.Client{Record: func(r record.Record) {
		log.Append(r)
		if r.Kind == record.Event {
			events.Add(1)
			<-underWay
		}
	}}
	to, err := target.Parse(fmt.Sprintf("http://%s/demo/sse", l.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	sub := c.Subscribe(t.Context(), to, "soak")
	<-sub.Settled()

	began := time.Now()
	sent := crc64.New(crc64.MakeTable(crc64.ECMA))
	for i := range n {
		data := message(i)
		fmt.Fprintln(sent, data)
		underWay <- struct{}{}
		if reached, err := srv.Send(server.Message{To: []string{"soak"}, Data: data}); reached != 1 || err != nil {
			t.Fatalf("message %d reached %d: %v", i, reached, err)
		}
	}
	for range cap(underWay) { // until nothing is under way
		underWay <- struct{}{}
	}
	took := time.Since(began)
	sub.Cancel(nil)
	<-sub.Done()
	c.CloseIdleConnections()
	if err := srv.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}

	runs, err := journal.Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	run, err := journal.OpenRun(runs[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	kept, count := crc64.New(crc64.MakeTable(crc64.ECMA)), 0
	for r := range run.Scan(run.Bounds()) {
		if r.Kind == record.Event {
			fmt.Fprintln(kept, r.Data)
			count++
		}
	}
	if count != n || kept.Sum64() != sent.Sum64() {
		t.Errorf("%d events with checksum %x in the file, want %d with %x", count, kept.Sum64(), n, sent.Sum64())
	}
	t.Logf("%d events in %v, %.0f a second; %d bytes in the file; checksum %x", n, took, float64(n)/took.Seconds(), run.Run.Bytes, kept.Sum64())
}

// message is unlike all others, of some 100 bytes, and now and then long or of
// several lines.
func message(i int) string {
	text := fmt.Sprintf(`{"n":%d,"symbol":"ACME","bid":%.2f,"note":"消息 %x, of some hundred bytes in two scripts"}`, i, float64(i%9973)/100, i*i)
	if i%1000 == 0 {
		for range 20 {
			text += "\n" + text[:80]
		}
	}
	return text
}

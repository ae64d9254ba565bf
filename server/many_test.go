package server_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/message"
)

// servesForAnother is the environment variable of a process that runs the server for a test,
// so that it has memory and files of its own. Its value is the limit of open files; 0 means
// none.
const servesForAnother = "SSECONSOLE_SERVES"

// burst is the number of messages that it sends for each request.
const burst = 100

// serveForAnother runs the server. It prints its address, and then executes each line of
// its input as a command and prints the result.
func serveForAnother() error {
	limit, err := strconv.Atoi(os.Getenv(servesForAnother))
	if err == nil && limit > 0 {
		err = limitFiles(limit)
	}
	if err != nil {
		return err
	}
	s := server.New(server.Config{KeepAlive: time.Second})
	l, err := s.Listen(context.Background(), "127.0.0.1:0")
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	fmt.Println(l.Addr())
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		n := 0
		switch verb, rest, _ := strings.Cut(in.Text(), " "); verb {
		case "broadcast":
			for range burst {
				n, err = s.Send(message.Message{Data: rest})
			}
			fmt.Println(n, err)
		case "memory":
			// Otherwise memory returns to the system at unpredictable times.
			debug.FreeOSMemory()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			fmt.Println(m.HeapInuse+m.StackInuse, resident())
		}
	}
	if err := s.Shutdown(context.Background()); err != nil {
		return err
	}
	return <-served
}

// resident returns the resident memory of this process in bytes, or 0 if it is unknown.
func resident() (bytes int) {
	text, _ := os.ReadFile("/proc/self/statm")
	var size, pages int
	fmt.Sscan(string(text), &size, &pages)
	return pages * os.Getpagesize()
}

// other is a process that runs the server.
type other struct {
	t    *testing.T
	addr string
	in   io.Writer
	out  *bufio.Scanner
}

func startOther(t *testing.T, files int) *other {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprint(servesForAnother, "=", files))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the serving process: %v", err)
		}
	})
	o := &other{t: t, in: in, out: bufio.NewScanner(out)}
	o.addr = o.answer()
	return o
}

func (o *other) answer() string {
	o.t.Helper()
	if !o.out.Scan() {
		o.t.Fatal("no answer from the serving process: ", o.out.Err())
	}
	return o.out.Text()
}

func (o *other) ask(line string) string {
	o.t.Helper()
	fmt.Fprintln(o.in, line)
	return o.answer()
}

// memory returns the bytes of heap and stacks in use, and the resident bytes.
func (o *other) memory() (inUse, resident int) {
	fmt.Sscan(o.ask("memory"), &inUse, &resident)
	return inUse, resident
}

// subscribe returns the connection, a reader of the rest of the response, and its status
// line.
func (o *other) subscribe(i int) (conn net.Conn, r *bufio.Reader, status string) {
	o.t.Helper()
	// Each local address has some 28,000 ports for clients.
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(1+i/20_000))}
	if runtime.GOOS != "linux" {
		from = nil // only there all of 127.0.0.0/8 is
	}
	conn, err := (&net.Dialer{LocalAddr: from}).Dial("tcp", o.addr)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET /demo/sse/subscribe?clientId=%d HTTP/1.1\r\nHost: localhost\r\n\r\n", i)
	r = bufio.NewReaderSize(conn, 512)
	status, err = r.ReadString('\n')
	if err != nil {
		o.t.Fatalf("subscriber %d: %v", i, err)
	}
	return conn, r, strings.TrimSpace(status)
}

// Many subscribers take little memory each, and all receive every message. There are
// 500 of them, or SSECONSOLE_SUBSCRIBERS (make soak: 10,000).
func TestManySubscribersTakeLittleMemory(t *testing.T) {
	const (
		most     = 40 << 10 // bytes of memory for each
		messages = 1100     // more than are stored for replay
	)
	n, _ := strconv.Atoi(os.Getenv("SSECONSOLE_SUBSCRIBERS"))
	n = cmp.Or(n, 500)
	o := startOther(t, 0)
	inUse0, resident0 := o.memory()
	var reading sync.WaitGroup
	var got atomic.Int64
	var conns []net.Conn
	for i := range n {
		conn, r, status := o.subscribe(i)
		if status != "HTTP/1.1 200 OK" {
			t.Fatalf("subscriber %d of %d: %s", i, n, status)
		}
		conns = append(conns, conn)
		reading.Go(func() {
			var buf [4096]byte
			for {
				k, err := r.Read(buf[:])
				got.Add(int64(bytes.Count(buf[:k], []byte{'#'})))
				if err != nil {
					return
				}
			}
		})
	}
	check := func(when string) {
		t.Helper()
		var each, eachResident int
		little := eventually(func() bool { // quiet sessions free their queues
			inUse, resident := o.memory()
			each, eachResident = (inUse-inUse0)/n, (resident-resident0)/n
			// The growth of the process itself weighs more if there are few.
			return server.RaceEnabled || each < most && (eachResident < most || n < 5000)
		})
		t.Logf("%d subscribers, %s: %.1f KiB of heap and stacks for each, %.1f KiB resident", n, when, float64(each)/1024, float64(eachResident)/1024)
		if !little {
			t.Errorf("more than %d KiB", most>>10)
		}
	}
	check("nothing sent")
	for sent := burst; sent <= messages; sent += burst {
		if answer := o.ask("broadcast #" + strings.Repeat("x", 99)); answer != fmt.Sprint(n, " <nil>") {
			t.Fatalf("message %d reached %s", sent, answer)
		}
		if !eventually(func() bool { return got.Load() == int64(sent*n) }) {
			t.Fatalf("of %d messages to %d subscribers %d arrived", sent, n, got.Load())
		}
	}
	check(fmt.Sprintf("after %d messages to all", messages))
	for _, conn := range conns {
		conn.Close()
	}
	reading.Wait()
}

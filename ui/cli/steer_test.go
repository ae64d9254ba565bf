package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"testing/synctest"
)

// steered is a `sseconsole serve` with a scenario of three sends, and the two
// ends of a person who types.
type steered struct {
	running
	t       *testing.T
	in      io.Writer
	answers *bufio.Reader
}

func startSteered(t *testing.T, scenario string) steered {
	t.Helper()
	checkLeaks(t)
	file := filepath.Join(t.TempDir(), "steered.txt")
	if err := os.WriteFile(file, []byte(scenario), 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, in := io.Pipe()
	r, stdout := startServeWith(t, stdin, "-listen", "127.0.0.1:0", "-scenario", file)
	t.Cleanup(func() {
		in.Close() // or its reader would stay
		io.Copy(io.Discard, stdout)
	})
	if _, err := stdout.ReadString('\n'); err != nil { // the other base URL
		t.Fatal(err)
	}
	return steered{r, t, in, stdout}
}

// say types a line and expects part in the line that answers it.
func (s steered) say(line, part string) {
	s.t.Helper()
	fmt.Fprintln(s.in, line)
	got, err := s.answers.ReadString('\n')
	if err != nil || !strings.Contains(got, part) {
		s.t.Fatalf("%s: %q, %v; want %q in it", line, got, err, part)
	}
}

// dataOf reads on in a stream until an event has come, and returns its data.
func dataOf(t *testing.T, stream *bufio.Reader) string {
	t.Helper()
	for {
		line, err := stream.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			return strings.TrimSpace(data)
		}
	}
}

func TestAScenarioIsSteeredFromStandardInput(t *testing.T) {
	s := startSteered(t, "send one\nwait 1h\nsend two\nwait 1h\nsend three\nwait 1h\n")
	expect := func(stream *bufio.Reader, want string) {
		t.Helper()
		if got := dataOf(t, stream); got != want {
			t.Fatalf("%q came, want %q", got, want)
		}
	}
	s.say("pause", "no subscribers now; the next one starts paused")
	_, alice := get(t, s.url+"/subscribe?clientId=alice")
	s.say("step", "one step: alice (line 1 of 6)")
	expect(alice, "one")
	s.say("step alice", "alice")
	s.say("step", "alice")
	expect(alice, "two")
	s.say("resume bob", `no scenario is played to "bob"`)
	s.say("resume", "resumed: alice")
	_, bob := get(t, s.url+"/subscribe?clientId=bob")
	expect(bob, "one") // which begins at once again
	s.say("speed 0", "expected a number")
	s.say("stop alice", "stopped: alice")
	s.say("start", "1 from the beginning, 1 resumed")
	expect(alice, "one")
	s.say("stop", "alice")
	_, carol := get(t, s.url+"/subscribe?clientId=carol")
	s.say("stop", "no subscribers now; the next one gets nothing until start")
	s.say("start carol", "1 from the beginning")
	expect(carol, "one")
	s.say("speed inf", "speed: +Inf")
	expect(carol, "two")
	expect(carol, "three")
	s.say("jump", `unknown command "jump"; type help for a list`)
	fmt.Fprint(s.in, "quit\n")
	if line, _ := s.answers.ReadString('\n'); line != "stopping\n" {
		t.Errorf("quit answers %q", line)
	}
	if rest, err := io.ReadAll(alice); err != nil {
		t.Errorf("the stream of alice did not end cleanly: %q, %v", rest, err)
	}
	if _, err := s.stop(); err != nil {
		t.Errorf("serve ended with %v", err)
	}
}

func TestStatusTellsToWhomAScenarioIsPlayed(t *testing.T) {
	s := startSteered(t, "send one\nwait 1h\nsend two\n")
	_, alice := get(t, s.url+"/subscribe?clientId=alice")
	dataOf(t, alice)
	s.say("pause", "alice")
	s.say("status", "alice")
	if line, _ := s.answers.ReadString('\n'); !strings.Contains(line, "next subscriber  starts paused") {
		t.Errorf("then %q", line)
	}
	s.say("help", "pause [clientId]")
}

// What ends, says nothing or cannot be read takes nothing away from the server.
func TestServeGoesOnWithoutStandardInput(t *testing.T) {
	for name, stdin := range map[string]io.Reader{
		"none":   nil,
		"ended":  strings.NewReader(""),
		"half":   strings.NewReader("paus"),
		"broken": io.MultiReader(strings.NewReader("\x00\xff\n"), iotest.ErrReader(os.ErrClosed)),
	} {
		t.Run(name, func(t *testing.T) {
			checkLeaks(t)
			r, stdout := startServeWith(t, stdin, "-listen", "127.0.0.1:0", "-scenario", "tokens", "-speed", "inf")
			go io.Copy(io.Discard, stdout)
			_, stream := get(t, r.url+"/subscribe?clientId=alice")
			for dataOf(t, stream) != "[DONE]" {
			}
			if stderr, err := r.stop(); err != nil {
				t.Errorf("%v: %s", err, stderr)
			}
		})
	}
}

// A job in the background of a shell cannot read from the terminal, until it is
// fetched to the foreground.
func TestCommandsAreReadAgainInTheForeground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		steering{words: english, out: &out}.read(t.Context(), io.MultiReader(&inBackground{2}, strings.NewReader("help\n")))
		if out.String() != english.T("steer.help")+"\n" {
			t.Errorf("the answer was %q", out.String())
		}
	})
}

// inBackground is a terminal whose first reads fail.
type inBackground struct{ left int }

func (b *inBackground) Read([]byte) (int, error) {
	if b.left--; b.left < 0 {
		return 0, io.EOF
	}
	return 0, &os.PathError{Op: "read", Path: "/dev/stdin", Err: syscall.EIO}
}

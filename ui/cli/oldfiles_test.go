package cli

import (
	"bufio"
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/scenario"
)

// oldFiles are files that earlier versions wrote. The tests that read them change
// into the root of the module, from where one of the files names another.
const oldFiles = "testdata/files-of-0.1"

func oldFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(oldFiles, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEarlierScenariosArePlayedAsTheyWere(t *testing.T) {
	t.Chdir("../..")
	play := func(name string) *bufio.Reader {
		s := startServe(t, "-listen", "127.0.0.1:0", "-scenario", filepath.Join(oldFiles, name), "-speed", "inf")
		_, stream := get(t, s.url+"/subscribe?clientId=alice")
		return stream
	}
	ids := regexp.MustCompile(`(?m)^id: [a-z0-9]+\.1\.1-`) // each run of the server has its own
	body, err := io.ReadAll(play("scenario.txt"))
	got, want := ids.ReplaceAll(body, []byte("id: ")), ids.ReplaceAll(oldFile(t, "scenario-played.txt"), []byte("id: "))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got\n%s%v, want\n%s", got, err, want)
	}

	recorded := play("scenario-recorded.txt")
	for range 2 { // the block of its id, and the empty line
		if _, err := recorded.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	bytesThen := oldFile(t, "stream.txt")
	bytesNow := make([]byte, len(bytesThen))
	if _, err := io.ReadFull(recorded, bytesNow); err != nil || !bytes.Equal(bytesNow, bytesThen) {
		t.Errorf("the recorded stream is\n%q, %v, was\n%q", bytesNow, err, bytesThen)
	}

	for name, title := range map[string]string{"quotes": "Quotes ticker", "chat": "Chat", "progress": "Progress bar", "tokens": "LLM tokens", "bad-day": "Bad day"} {
		sc, err := scenario.Parse(bytes.NewReader(oldFile(t, "scenario-"+name+".txt")))
		if err != nil || sc.Title != title || sc.TitleZH == "" || sc.Steps() == 0 {
			t.Errorf("%s is called %q, %q, and has %d steps, %v", name, sc.Title, sc.TitleZH, sc.Steps(), err)
		}
	}
}

func TestEarlierOptionsAreRead(t *testing.T) {
	t.Chdir("../..")
	got := newServeOptions()
	if err := readConfig(got.options(), filepath.Join(oldFiles, "serve.conf")); err != nil {
		t.Fatal(err)
	}
	var scenarios []string
	for _, sc := range got.scenarios {
		scenarios = append(scenarios, sc.name+": "+sc.Scenario.Title)
	}
	if want := []string{"quotes: Quotes ticker", oldFiles + "/scenario.txt: Every step"}; !slices.Equal(scenarios, want) {
		t.Errorf("scenarios %q, want %q", scenarios, want)
	}
	got.scenarios = nil
	want := &serveOptions{
		listen: "127.0.0.1:0", hosts: []string{"example.org", "test.example.org:8443", "::1"},
		origins: []string{"https://example.org", "http://localhost:3000", "null"}, token: "a secret with spaces", insecure: true, keepAlive: -1,
		policy: "share", mode: "long", maxSessions: 100, replayEvents: 50, replayBytes: 65536, tlsCert: "cert.pem", tlsKey: "key.pem",
		faults: []fault.Fault{
			{Kind: "cut-after-events", N: 5, ClientID: "alice", Next: 3},
			{Kind: "status", Status: 503, RetryAfter: 2 * time.Second, Share: 0.25},
			{Kind: "delay-events", Delay: time.Second, Jitter: 100 * time.Millisecond},
		},
		speed: math.Inf(1),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want\n%+v", got, want)
	}
}

package cli

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"sseconsole/client/regularfile"
	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/scenario"
	"sseconsole/ui/wording"
)

// serveOptions is the command line of `sseconsole serve`.
type serveOptions struct {
	listen    string
	hosts     []string
	origins   []string
	token     string
	insecure  bool
	keepAlive time.Duration
	policy    hub.Policy
	mode      hub.Mode
	noIDBlock bool

	maxSessions, maxPerAddress int
	replayEvents, replayBytes  int    // 0: the server's own
	maxMemory                  int    // MiB; 0: the server's own
	tlsCert, tlsKey            string // files

	faults    []fault.Fault
	scenarios []namedScenario
	speed     float64

	words wording.Words // of the log, and of the answers to what steers scenarios
}

func newServeOptions() *serveOptions { return &serveOptions{listen: "127.0.0.1:8080"} }

// options returns the flags that set the options.
func (o *serveOptions) options() []*option {
	list := []*option{
		newOption("listen", "ADDR", "host and port (127.0.0.1:8080); port 0 takes a free one", func(s string) error {
			o.listen = s
			if _, _, err := net.SplitHostPort(s); err != nil || strings.ContainsAny(s, "@/?#") {
				return errors.New("want host:port, such as 127.0.0.1:8080")
			}
			return nil
		}),
		newOption("host", "NAME", "a further name or address that this server is called by; may be repeated", func(s string) error {
			o.hosts = append(o.hosts, s)
			if !server.ValidHost(s) {
				return errors.New("want a host's name alone, such as example.org, or its address; not one such as 0.0.0.0, which foreign pages use")
			}
			return nil
		}),
		newOption("origin", "O", "an origin whose pages may call, such as https://example.org, or null; may be repeated; behind a reverse proxy also the public one", func(s string) error {
			o.origins = append(o.origins, s)
			return wantOrigin(s)
		}),
		newOption("token", "T", "the token that every call needs; beyond loopback one is made if none is given", func(s string) error {
			o.token = s
			if s == "" {
				return errors.New("a token has at least one character")
			}
			return nil
		}),
		yes(&o.insecure, "insecure", "beyond loopback, go without a token"),
		newOption("keepalive", "D", "time between keep-alive comments (15s); 0 sends none", func(s string) (err error) {
			o.keepAlive, err = time.ParseDuration(s)
			switch {
			case err != nil || o.keepAlive < 0:
				return errors.New("want a time such as 15s, or 0 for none")
			case o.keepAlive == 0:
				o.keepAlive = -1
			}
			return nil
		}),
		choice(&o.policy, "policy", "P", "what a second subscriber of one clientId does: replace (default), refuse, share, or spring, which races as the demo's original back end does", hub.Policies()),
		choice(&o.mode, "mode", "M", "how a subscribe that does not say it is answered: streaming (default), long or short (polling)", hub.Modes()),
		yes(&o.noIDBlock, "no-id-block", "begin streams without the block that has only an id, for which some clients dispatch an empty event"),
		number(&o.maxSessions, 0, "max-sessions", "sessions at most, in all; 0 (default): no bound", "want a number, or 0 for no bound"),
		number(&o.maxPerAddress, 0, "max-per-address", "sessions at most from one remote address; 0 (default): no bound", "want a number, or 0 for no bound"),
		number(&o.replayEvents, 1, "replay-events", "messages kept at most, for each clientId, for one that comes back (1000)", "want a number from 1"),
		number(&o.replayBytes, 1, "replay-bytes", "their bytes at most, for each clientId (1048576)", "want a number from 1"),
		newOption("max-memory", "N", "MiB that all of that may take, with queues, subscribers and requests (512); at the bound the replay of whoever is absent longest goes, "+
			"then whoever has the most left to read is cut off, then a send gets 503", func(s string) (err error) {
			const most = 1 << 30 // a pebibyte; more would not fit the bytes that the server counts
			if o.maxMemory, err = strconv.Atoi(s); err != nil || o.maxMemory < 1 || o.maxMemory > most {
				return fmt.Errorf("want a number of MiB, from 1 to %d", most)
			}
			return nil
		}),
		text(&o.tlsCert, "tls-cert", "FILE", "serve HTTPS, with HTTP/2, with this certificate (PEM)"),
		text(&o.tlsKey, "tls-key", "FILE", "the certificate's key (PEM)"),
		newOption("scenario", "FILE", "play a scenario to each who subscribes: a file, or "+strings.Join(scenario.Names(), ", ")+"; may be repeated", func(s string) error {
			sc, err := openScenario(s)
			o.scenarios = append(o.scenarios, namedScenario{s, sc})
			return err
		}).offering(scenario.Names()...),
		newOption("speed", "N", "of the scenarios: 2 is twice as fast, inf goes without waits", func(s string) (err error) {
			o.speed, err = parseSpeed(s)
			return err
		}),
		newOption("fault", "LINE", "make something go wrong on purpose, such as 'cut-after-events n=5 next=1'; may be repeated", func(s string) error {
			f, err := fault.Parse(s)
			o.faults = append(o.faults, f)
			return err
		}),
	}
	return append(list, newOption("config", "FILE", "options from a file, one a line, without the dash: policy share", func(path string) error {
		return readConfig(list, path)
	}))
}

// number returns a flag whose value is a number, from least.
func number(to *int, least int, name, usage, want string) *option {
	return newOption(name, "N", usage, func(s string) (err error) {
		if *to, err = strconv.Atoi(s); err != nil || *to < least {
			return errors.New(want)
		}
		return nil
	})
}

// readConfig sets options from a file: one a line, its name and then its value. A
// line that begins with # is a comment.
func readConfig(options []*option, path string) error {
	text, err := regularfile.Read(path, regularfile.Small)
	if err != nil {
		return err
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, _ := strings.Cut(line, " ")
		value = strings.TrimSpace(value)
		at := slices.IndexFunc(options, func(o *option) bool { return o.Name == name })
		if at < 0 {
			name, _, _ = strings.Cut(name, "=") // what follows may be a token
			return fmt.Errorf("%s, line %d: there is no option %q", path, number, name)
		}
		if value == "" && !options[at].TakesValue() {
			value = "true"
		}
		if err := options[at].Set(name, value); err != nil {
			return fmt.Errorf("%s, line %d: %s: %w", path, number, name, err)
		}
	}
	return nil
}

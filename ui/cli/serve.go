package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sseconsole/client/regularfile"
	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/scenario"
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

	maxSessions, maxPerAddress int
	replayEvents, replayBytes  int    // 0: the server's own
	maxMemory                  int    // MiB; 0: the server's own
	tlsCert, tlsKey            string // files

	faults    []fault.Fault
	scenarios []namedScenario
	speed     float64
}

// serveFlags defines the flags of serve; the options are theirs once they are parsed.
func serveFlags(flags *flag.FlagSet) *serveOptions {
	opts := &serveOptions{listen: "127.0.0.1:8080"}
	flags.Func("listen", "", func(s string) error {
		opts.listen = s
		if _, _, err := net.SplitHostPort(s); err != nil || strings.ContainsAny(s, "@/?#") {
			return errors.New("want host:port, such as 127.0.0.1:8080")
		}
		return nil
	})
	flags.Func("host", "", func(s string) error {
		opts.hosts = append(opts.hosts, s)
		if !server.ValidHost(s) {
			return errors.New("want a host's name alone, such as example.org, or its address; not one such as 0.0.0.0, which foreign pages use")
		}
		return nil
	})
	flags.Func("origin", "", func(s string) error {
		opts.origins = append(opts.origins, s)
		return wantOrigin(s)
	})
	flags.Func("token", "", func(s string) error {
		opts.token = s
		if s == "" {
			return errors.New("a token has at least one character")
		}
		return nil
	})
	flags.BoolVar(&opts.insecure, "insecure", false, "")
	flags.Func("keepalive", "", func(s string) (err error) {
		opts.keepAlive, err = time.ParseDuration(s)
		switch {
		case err != nil || opts.keepAlive < 0:
			return errors.New("want a time such as 15s, or 0 for none")
		case opts.keepAlive == 0:
			opts.keepAlive = -1
		}
		return nil
	})
	flags.Func("policy", "", func(s string) error { return choose(&opts.policy, s, hub.Policies()) })
	flags.Func("mode", "", func(s string) error { return choose(&opts.mode, s, hub.Modes()) })
	bound := func(n *int) func(string) error {
		return func(s string) (err error) {
			if *n, err = strconv.Atoi(s); err != nil || *n < 0 {
				return errors.New("want a number, or 0 for no bound")
			}
			return nil
		}
	}
	flags.Func("max-sessions", "", bound(&opts.maxSessions))
	flags.Func("max-per-address", "", bound(&opts.maxPerAddress))
	kept := func(n *int) func(string) error {
		return func(s string) (err error) {
			if *n, err = strconv.Atoi(s); err != nil || *n < 1 {
				return errors.New("want a number from 1")
			}
			return nil
		}
	}
	flags.Func("replay-events", "", kept(&opts.replayEvents))
	flags.Func("replay-bytes", "", kept(&opts.replayBytes))
	flags.Func("max-memory", "", func(s string) (err error) {
		const most = 1 << 30 // a pebibyte; more would not fit the bytes that the server counts
		if opts.maxMemory, err = strconv.Atoi(s); err != nil || opts.maxMemory < 1 || opts.maxMemory > most {
			return fmt.Errorf("want a number of MiB, from 1 to %d", most)
		}
		return nil
	})
	flags.StringVar(&opts.tlsCert, "tls-cert", "", "")
	flags.StringVar(&opts.tlsKey, "tls-key", "", "")
	flags.Func("fault", "", func(s string) error {
		f, err := fault.Parse(s)
		opts.faults = append(opts.faults, f)
		return err
	})
	flags.Func("scenario", "", func(s string) error {
		sc, err := openScenario(s)
		opts.scenarios = append(opts.scenarios, namedScenario{s, sc})
		return err
	})
	flags.Func("speed", "", func(s string) (err error) {
		opts.speed, err = parseSpeed(s)
		return err
	})
	flags.Func("config", "", func(path string) error { return readConfig(flags, path) })
	return opts
}

// namedScenario is a scenario and what the command line calls it.
type namedScenario struct {
	name     string
	Scenario *scenario.Scenario
}

// openScenario returns the scenario that ships under a name, or that is in a file.
func openScenario(name string) (*scenario.Scenario, error) {
	if slices.Contains(scenario.Names(), name) {
		sc, _, err := scenario.Shipped(name)
		return sc, err
	}
	file, err := regularfile.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w; a file, or one of %s", err, strings.Join(scenario.Names(), ", "))
	}
	defer file.Close()
	return scenario.Parse(file)
}

// readConfig sets flags from a file: one a line, its name and then its value. A
// line that begins with # is a comment.
func readConfig(flags *flag.FlagSet, path string) error {
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
		if name == "insecure" && value == "" {
			value = "true"
		}
		if flags.Lookup(name) == nil || name == "config" {
			name, _, _ = strings.Cut(name, "=") // what follows may be a token
			return fmt.Errorf("%s, line %d: there is no option %q", path, number, name)
		}
		if err := flags.Set(name, value); err != nil {
			return fmt.Errorf("%s, line %d: %s: %w", path, number, name, err)
		}
	}
	return nil
}

// choose sets value to the text of a flag, if that is one of the choices.
func choose[T ~string](value *T, text string, choices []T) error {
	*value = T(text)
	if !slices.Contains(choices, *value) {
		return fmt.Errorf("want one of %v", choices)
	}
	return nil
}

// tlsConfig returns nil without certificate files.
func (opts *serveOptions) tlsConfig() (*tls.Config, error) {
	if opts.tlsCert == "" && opts.tlsKey == "" {
		return nil, nil
	}
	if opts.tlsCert == "" || opts.tlsKey == "" {
		return nil, usageError("-tls-cert and -tls-key belong together")
	}
	chain, err := regularfile.Read(opts.tlsCert, regularfile.Small)
	var key []byte
	if err == nil {
		key, err = regularfile.Read(opts.tlsKey, regularfile.Small)
	}
	var cert tls.Certificate
	if err == nil {
		cert, err = tls.X509KeyPair(chain, key)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot serve TLS: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}}, nil
}

// serve runs the embedded server until ctx ends; it is shut down when serve
// returns. The base URLs go to stdout, one a line, once the server accepts
// calls; everything else that is worth telling goes to stderr. With a scenario,
// stdin has commands, if it is not nil, whose answers go to stdout.
func serve(ctx context.Context, opts serveOptions, stdin io.Reader, stdout, stderr io.Writer) error {
	ctx, quit := context.WithCancel(ctx)
	defer quit()
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	if opts.insecure && opts.token != "" {
		return usageError("-token and -insecure exclude each other")
	}
	secure, err := opts.tlsConfig()
	if err != nil {
		return err
	}
	if !server.LoopbackOnly(opts.listen) {
		switch {
		case opts.insecure:
			logger.Warn("other machines can call this server without a token")
		case opts.token == "":
			opts.token = server.NewToken()
			logger.Info("other machines can reach this server, so calls need the token in the URLs")
		}
	}

	srv := server.New(opts.config(secure, func(n server.Notice) {
		logger.LogAttrs(ctx, level(n.Kind), "notice", slog.Any("", n))
	}))
	for _, f := range opts.faults {
		if _, err := srv.SetFault(f); err != nil {
			return err
		}
	}
	steer := steering{out: stdout, quit: quit}
	for _, sc := range opts.scenarios {
		steer.scenarios = append(steer.scenarios, playedScenario{sc.name, srv.PlayForEach(sc.Scenario, opts.speed)})
		logger.Info("a scenario is played to each who subscribes; type help for what steers it", "title", sc.Scenario.Title)
	}
	l, err := srv.Listen(ctx, opts.listen)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op.Err
		}
		return fmt.Errorf("cannot listen on %s: %w; choose another address with -listen (-listen 127.0.0.1:0 takes a free port)", opts.listen, err)
	}
	opts.announce(l.Addr(), stdout, logger)

	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	if len(opts.scenarios) > 0 && stdin != nil {
		stayInBackground()
		go steer.read(ctx, stdin) // not waited for: nothing ends a read from a terminal
	}
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	if err := srv.Shutdown(context.WithoutCancel(ctx)); err != nil {
		logger.Warn("shutdown", "err", err)
	}
	return <-served
}

// config is what the options make of a server.
func (opts *serveOptions) config(secure *tls.Config, observe func(server.Notice)) server.Config {
	return server.Config{
		KeepAlive: opts.keepAlive,
		Hosts:     opts.hosts,
		Origins:   opts.origins,
		Token:     opts.token,
		Policy:    opts.policy,
		Mode:      opts.mode,
		TLS:       secure,

		MaxSessions:   opts.maxSessions,
		MaxPerAddress: opts.maxPerAddress,

		ReplayEvents: opts.replayEvents,
		ReplayBytes:  opts.replayBytes,
		MaxMemory:    opts.maxMemory << 20,

		Observe: observe,
	}
}

// announce says where the server listens, for programs on stdout and for people in
// the log, and how many sessions there is room for.
func (opts *serveOptions) announce(at net.Addr, stdout io.Writer, logger *slog.Logger) {
	secure := opts.tlsCert != ""
	for _, u := range server.BaseURLs(at, opts.token) {
		if secure {
			u = "https" + strings.TrimPrefix(u, "http")
		}
		fmt.Fprintln(stdout, u)
	}
	view := "the browser's view"
	if opts.token != "" {
		view += ", with the token as in the URLs on standard output" // the log is kept, and sent to others
	}
	logger.Info(view, "url", pageURL(server.BaseURLs(at, "")[0], secure))

	if files, sessions := server.FileLimit(); files > 0 {
		logger.Info("each session takes one of the files that may be open", "files", files, "sessions", sessions)
		if opts.maxSessions > sessions {
			logger.Warn("-max-sessions is more than the limit on open files leaves room for; raise that (ulimit -n)", "maxSessions", opts.maxSessions, "sessions", sessions)
		}
	}
}

// pageURL is where a browser finds the page of the server that has this base URL.
func pageURL(base string, secure bool) string {
	u, err := url.Parse(base)
	if err != nil {
		return "" // not one of BaseURLs
	}
	u.Path = "/"
	if secure {
		u.Scheme = "https"
	}
	return u.String()
}

// wantOrigin says what is wrong with the text of an origin.
func wantOrigin(s string) error {
	u, err := url.Parse(s)
	if s != "null" && (err != nil || u.Host == "" || s != u.Scheme+"://"+u.Host) {
		return errors.New("want scheme://host or scheme://host:port and no more, or null")
	}
	return nil
}

func level(k server.Kind) slog.Level {
	switch k {
	case server.CutOff, server.FaultOn, server.RefusedHost, server.RefusedOrigin, server.RefusedToken, server.RefusedLimit:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client/regularfile"
	"sseconsole/server"
	"sseconsole/server/scenario"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/wording"
)

func (p *Program) serveCommand() *urfave.Command {
	o := newServeOptions()
	return &urfave.Command{
		Name: "serve", Usage: "run the embedded server without a window",
		Description: `Serve runs until SIGINT, SIGTERM or SIGHUP, and prints its base URLs, one a line. Everything else that is worth
telling goes to standard error. While a scenario is played, pause, step, stop and the like on standard input steer
it; help lists them. docs/server.md tells of the server, docs/guard.md of who may call it.`,
		Flags: flags(o.options()...),
		Action: func(ctx context.Context, _ *urfave.Command) error {
			o.words = p.words()
			return serve(ctx, *o, p.Stdin, p.Stdout, p.Stderr)
		},
	}
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
		return nil, errors.New(opts.words.T("serve.no_tls", "Why", err.Error()))
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
	words, logger := opts.words, slog.New(slog.NewTextHandler(stderr, nil))
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
			logger.Warn(words.T("serve.without_token"))
		case opts.token == "":
			opts.token = server.NewToken()
			logger.Info(words.T("serve.needs_token"))
		}
	}

	srv := server.New(opts.config(secure, func(n server.Notice) {
		logger.LogAttrs(ctx, level(n.Kind), noticeText(words, n), slog.Any("", n))
	}))
	for _, f := range opts.faults {
		if _, err := srv.SetFault(f); err != nil {
			return err
		}
	}
	steer := steering{words: words, out: stdout, quit: quit}
	for _, sc := range opts.scenarios {
		steer.scenarios = append(steer.scenarios, playedScenario{sc.name, srv.PlayForEach(sc.Scenario, opts.speed)})
		logger.Info(words.T("serve.plays"), "title", sc.Scenario.Title)
	}
	l, err := srv.Listen(ctx, opts.listen)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op.Err
		}
		return errors.New(words.T("serve.cannot_listen", "Address", opts.listen, "Why", err.Error()))
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
		logger.Warn(words.T("serve.shutdown"), "err", err)
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
		NoIDBlock: opts.noIDBlock,
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
	words, secure := opts.words, opts.tlsCert != ""
	for _, u := range server.BaseURLs(at, opts.token) {
		if secure {
			u = "https" + strings.TrimPrefix(u, "http")
		}
		fmt.Fprintln(stdout, u)
	}
	view := words.T("serve.view")
	if opts.token != "" {
		view = words.T("serve.view_with_token") // the log is kept, and sent to others
	}
	logger.Info(view, "url", pageURL(server.BaseURLs(at, "")[0], secure))

	if files, sessions := server.FileLimit(); files > 0 {
		logger.Info(words.T("serve.files"), "files", files, "sessions", sessions)
		if opts.maxSessions > sessions {
			logger.Warn(words.T("serve.too_few_files"), "maxSessions", opts.maxSessions, "sessions", sessions)
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

// noticeText words a notice as the window does.
func noticeText(words wording.Words, n server.Notice) string {
	if r, ok := embedded.RecordOf(n); ok {
		return words.Notice(&r)
	}
	return words.ServerNotice(n)
}

func level(k server.Kind) slog.Level {
	switch k {
	case server.CutOff, server.FaultOn, server.RefusedHost, server.RefusedOrigin, server.RefusedToken, server.RefusedLimit:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

package console

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/intake"
	"sseconsole/client/journal"
	"sseconsole/client/record"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/file"
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/life"
	"sseconsole/ui/console/saved"
	"sseconsole/ui/console/session"
	"sseconsole/ui/console/settings"
)

// Embedded is the target of the embedded server in records.
const Embedded = record.EmbeddedTarget

// Pair identifies a subscription by its target and clientId.
type Pair struct {
	Saved    string // the name of a saved target, or ""
	Remote   string // base URL of a server with the demo's calls, or ""
	ClientID string
}

// Embedded reports whether p goes to the embedded server: it names no other target.
func (p Pair) Embedded() bool { return p.Saved == "" && p.Remote == "" }

// Target returns the name of p's target in records and rows.
func (p Pair) Target() string {
	if p.Saved != "" {
		return p.Saved
	}
	return TargetName(p.Remote)
}

// How long things may take.
const (
	openWait     = 5 * time.Second // how long a Send waits for the Subscribe before it
	shutdownWait = 2 * time.Second // for everything that Shutdown does
)

// Config configures a Console. The zero value stores nothing on disk.
type Config struct {
	SettingsPath string            // the settings file; "": none
	Targets      string            // the targets file; "": none
	Runs         string            // the directory of the journal; "": in memory only
	RunsErr      error             // why Runs is empty although a directory was wanted; may be nil
	Retention    journal.Retention // of the runs there; the zero value means as set in the settings
	Limit        int64             // on what the journal has only in memory, in bytes; 0: the default
}

// Console is the controller behind a window. Create it with New and end it with
// Shutdown.
type Console struct {
	Journal *journal.Journal
	runs    string  // the directory of its file, "" if it is only in memory
	notKept Keeping // why it is only in memory, if a file was wanted

	client *client.Client
	life   *life.Life

	Intake   *intake.Intake // every record goes through it
	watching sync.Once      // starts Intake.Watch with the first subscription
	ending   sync.Once

	mu    sync.Mutex
	lanes map[Pair]*lane
	order []Pair // of the lanes, oldest first

	untold untold

	Files    *files.Files
	Embedded *embedded.Server
	Targets  *saved.Targets
	Session  *session.Store // what the window shows and has not sent yet
	settings *settings.Store
}

// New returns a Console with the stored settings. The embedded server is not started.
func New(cfg Config) *Console {
	c := &Console{lanes: map[Pair]*lane{}}
	c.Intake = intake.New(c.store)
	c.life = life.New(c.Intake.Add)
	c.client = &client.Client{Record: c.Intake.Add}
	store, wrong := settings.Open(cfg.SettingsPath, func(err error) { c.life.Notice(record.NoticeSettingsNotSaved, cfg.SettingsPath, err.Error()) })
	c.settings = store
	c.Embedded = embedded.New(c.life, store, c.strand)
	if cfg.Retention == (journal.Retention{}) {
		cfg.Retention = c.Settings().Retention()
	}
	c.openJournal(cfg)
	tellSettings(c.life, cfg.SettingsPath, wrong)
	c.openSession(cfg.SettingsPath)
	for _, p := range client.UnreadableProxies() {
		c.life.Notice(record.NoticeProxyUnreadable, p.Name, p.Value)
	}
	c.Files = &files.Files{Life: c.life, Runs: c.runs}
	c.Targets = saved.Open(c.life, cfg.Targets)
	return c
}

// tellSettings records what was wrong with the settings. The journal must be open.
func tellSettings(l *life.Life, path string, err error) {
	var broken *settings.BrokenError
	var newer *settings.NewerError
	switch {
	case errors.As(err, &broken):
		l.Notice(record.NoticeSettingsBroken, broken.Path, broken.Err.Error())
	case errors.As(err, &newer):
		l.Notice(record.NoticeSettingsNewer, path, strconv.Itoa(newer.Version))
	case err != nil:
		l.Notice(record.NoticeSettingsNotRead, path, err.Error())
	}
}

// openSession opens the state beside the settings, and records what was wrong with it.
func (c *Console) openSession(settingsPath string) {
	dir := ""
	if settingsPath != "" {
		dir = filepath.Dir(settingsPath)
	}
	tell := func(code record.NoticeCode, about string, err error) { c.life.Notice(code, about, file.Cause(err)) }
	store, err := session.Open(dir, settings.DefaultContent, func() []string { return c.Settings().Secrets },
		func(err error) { tell(record.NoticeSessionNotSaved, dir, err) })
	c.Session = store
	var broken *session.BrokenError
	var newer *session.NewerError
	switch {
	case errors.As(err, &broken):
		tell(record.NoticeSessionBroken, broken.Path, broken.Err)
	case errors.As(err, &newer):
		c.life.Notice(record.NoticeSessionNewer, newer.Path, strconv.Itoa(newer.Version))
	case err != nil:
		tell(record.NoticeSessionNotRead, dir, err)
	}
}

// Settings returns the current settings.
func (c *Console) Settings() settings.Settings { return c.settings.Get() }

// UpdateSettings changes the settings; they are written soon after.
func (c *Console) UpdateSettings(change func(*settings.Settings)) { c.settings.Update(change) }

// Changes returns a number that grows whenever the result of Subscriptions or
// Embedded.Status changes, other than by the passing of time. New records change
// only the journal's bounds.
func (c *Console) Changes() int64 { return c.life.Changes.Load() }

// lane returns the lane of p. It creates the lane if needed.
func (c *Console) lane(p Pair) *lane {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lanes[p]
	if l == nil {
		l = &lane{}
		c.lanes[p] = l
		c.order = append(c.order, p)
	}
	return l
}

// add queues an action on p's lane.
func (c *Console) add(p Pair, kind record.Kind, run func(l *lane, hurry <-chan struct{})) {
	if c.life.IsClosing() {
		return
	}
	l := c.lane(p)
	l.actions.Add(c.life, life.Action{Kind: kind, Since: time.Now(), Run: func(hurry <-chan struct{}) {
		if !c.life.IsClosing() {
			run(l, hurry)
		}
	}}, c.life.Changed)
	c.life.Changed()
}

// TargetName returns the short name of a remote target for rows: its address without
// scheme, credentials and parameters. For "" it returns Embedded.
func TargetName(remote string) string {
	if remote == "" {
		return Embedded
	}
	name := remote
	if _, rest, ok := strings.Cut(name, "://"); ok {
		name = rest
	}
	name, _, _ = strings.Cut(name, "?")
	if i := strings.LastIndex(name, "@"); i >= 0 { // user name and password
		name = name[i+1:]
	}
	return name
}

// fail records that a call could not be attempted.
func (c *Console) fail(p Pair, call record.Kind, why record.Failure, err error) {
	r := record.Record{Kind: record.Fail, Call: call, Target: p.Target(), ClientID: p.ClientID, Failure: why}
	if err != nil {
		r.Detail = err.Error()
	}
	c.life.Record(r)
}

// noTarget returns the failure for a call whose target could not be resolved.
func noTarget(err error) record.Failure {
	if errors.Is(err, embedded.ErrStopped) {
		return record.ServerStopped
	}
	if _, ok := errors.AsType[endpoint.Problems](err); ok || errors.Is(err, saved.ErrNoTarget) || errors.Is(err, endpoint.ErrNoCall) {
		return record.NotReady
	}
	return record.BadAddress
}

// Subscribe opens p, after the actions queued before. It first ends an earlier
// subscription of p on our side. content is for targets whose Subscribe call uses it.
func (c *Console) Subscribe(p Pair, content string) {
	c.add(p, record.Subscribe, func(l *lane, hurry <-chan struct{}) {
		end(l.current())
		sub, err := c.subscribe(p, content)
		if err != nil {
			c.fail(p, record.Subscribe, noTarget(err), err)
			return
		}
		c.watching.Do(func() { c.life.Run(func() { c.Intake.Watch(c.life.Context) }) })
		l.setCurrent(sub)
		c.life.Changed()
		// Let a following Send find the stream open, unless that takes too long.
		wait := time.NewTimer(openWait)
		defer wait.Stop()
		select {
		case <-sub.Settled():
		case <-hurry:
		case <-wait.C:
		}
	})
}

// store appends a record to the journal and returns its number.
func (c *Console) store(r record.Record) int64 {
	seq := c.Journal.Append(r)
	switch r.Kind {
	case record.Event, record.Comment, record.Chunk, record.Text, record.Difference: // these change no state
	case record.Notice:
		c.untold.add(r)
		c.life.Changed()
	default:
		c.life.Changed()
	}
	return seq
}

// end ends s on our side and waits for its last record. s may be nil.
func end(s *client.Subscription) {
	if s != nil {
		s.Cancel(nil)
		<-s.Done()
	}
}

// Send sends content to p's clientId.
func (c *Console) Send(p Pair, content string) {
	c.add(p, record.Send, func(*lane, <-chan struct{}) {
		if err := c.call(c.life.Context, p, record.Send, content); err != nil {
			c.fail(p, record.Send, noTarget(err), err)
		}
	})
}

// Close ends p on our side and then tells the server. In this order nothing
// reconnects.
func (c *Console) Close(p Pair) {
	c.add(p, record.Close, func(l *lane, _ <-chan struct{}) {
		end(l.current())
		c.tellClose(c.life.Context, p)
	})
}

// CloseServerOnly tells the server to end p's stream and does nothing on our side, which
// then reconnects. The original demo warns of this.
func (c *Console) CloseServerOnly(p Pair) {
	c.add(p, record.Send, func(*lane, <-chan struct{}) { c.tellClose(c.life.Context, p) })
}

func (c *Console) tellClose(ctx context.Context, p Pair) {
	err := c.call(ctx, p, record.Close, "")
	if err != nil && !errors.Is(err, embedded.ErrStopped) && !errors.Is(err, endpoint.ErrNoCall) { // nobody to tell
		c.fail(p, record.Close, noTarget(err), err)
	}
}

// Shutdown ends everything within two seconds: the subscriptions on our side, their
// close calls, the embedded server, the settings file and the journal. A slow disk
// gets two more seconds for the journal. It blocks until this is done; later actions
// do nothing.
func (c *Console) Shutdown() { c.ending.Do(c.end) }

func (c *Console) end() {
	c.life.End()
	ctx, cancel := context.WithTimeout(context.Background(), shutdownWait)
	defer cancel()

	open := map[Pair]*client.Subscription{}
	c.mu.Lock()
	for p, l := range c.lanes {
		l.actions.Drop()
		if sub := l.current(); sub != nil && sub.Status().ReadyState != client.Closed {
			open[p] = sub
			sub.Cancel(nil)
		}
	}
	c.mu.Unlock()
	c.life.Cancel() // and the calls in progress

	var calls sync.WaitGroup
	for p, sub := range open {
		calls.Go(func() {
			<-sub.Done() // our side first, so that nothing reconnects
			c.tellClose(ctx, p)
		})
	}
	calls.Wait()
	c.Embedded.Lane.Add(c.life, life.Action{Run: func(<-chan struct{}) { c.Embedded.Shutdown(ctx) }}, c.life.Changed)
	c.life.Wait()
	c.client.CloseIdleConnections()
	c.settings.Write()
	c.Session.Close()
	c.closeJournal()
}

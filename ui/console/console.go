package console

import (
	"context"
	"errors"
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
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/life"
	"sseconsole/ui/console/saved"
	"sseconsole/ui/console/settings"
)

// Embedded is the name of the embedded server's target in records.
const Embedded = record.EmbeddedTarget

// Pair names a subscription: where it goes and as whom.
type Pair struct {
	Saved    string // the name of a saved target, or ""
	Remote   string // base URL of a server like the demo's, or ""
	ClientID string
}

// Embedded reports whether p goes to the embedded server, that is nowhere else.
func (p Pair) Embedded() bool { return p.Saved == "" && p.Remote == "" }

// Target is the name of p's target in records and rows.
func (p Pair) Target() string {
	if p.Saved != "" {
		return p.Saved
	}
	return TargetName(p.Remote)
}

// How long things may take.
const (
	openWait     = 5 * time.Second // a Send waits so long for the Subscribe before it
	shutdownWait = 2 * time.Second // for everything that closing the window does
)

// Config is what New needs. Its zero value is a console without settings file.
type Config struct {
	SettingsPath string            // where settings are kept; "" keeps none
	Targets      string            // the file that targets are kept in; "" keeps none
	Runs         string            // the directory that the journal is kept in; "" keeps it in memory alone
	RunsErr      error             // why there is no such directory though there should be one; may be nil
	Retention    journal.Retention // of the runs there; its zero value is what the settings say
	Limit        int64             // of what the journal has in memory alone, in bytes; 0 is its default
}

// Console is the controller behind a window. Make one with New and end it
// with Shutdown.
type Console struct {
	Journal *journal.Journal
	runs    string  // the directory it is kept in, "" if in memory alone
	notKept Keeping // why it is in memory alone, if it should not be

	client *client.Client
	life   *life.Life

	Intake   *intake.Intake // through which every record goes
	watching sync.Once      // begins to watch with the first subscription
	ending   sync.Once

	mu    sync.Mutex
	lanes map[Pair]*lane
	order []Pair // of the lanes, oldest first

	Files    *files.Files
	Embedded *embedded.Server
	Targets  *saved.Targets
	settings *settings.Store
}

// New makes a console, with the settings of the last run. It starts nothing.
func New(cfg Config) *Console {
	c := &Console{lanes: map[Pair]*lane{}}
	c.Intake = intake.New(c.keep)
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
	for _, p := range client.UnreadableProxies() {
		c.life.Notice(record.NoticeProxyUnreadable, p.Name, p.Value)
	}
	c.Files = &files.Files{Life: c.life, Runs: c.runs}
	c.Targets = saved.Open(c.life, cfg.Targets)
	return c
}

// tellSettings says what was wrong with the settings, once there is a journal.
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

// Settings returns the settings as they are now.
func (c *Console) Settings() settings.Settings { return c.settings.Get() }

// UpdateSettings changes the settings; they are written soon after.
func (c *Console) UpdateSettings(change func(*settings.Settings)) { c.settings.Update(change) }

// Changes returns a number that grows whenever Subscriptions or Server would
// tell something new, other than the passing of time. New records grow the
// journal's bounds instead.
func (c *Console) Changes() int64 { return c.life.Changes.Load() }

// lane returns the lane of p, made if need be.
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

// TargetName is the short name of a target for rows: the address without
// scheme and parameters, or Embedded for "".
func TargetName(remote string) string {
	if remote == "" {
		return Embedded
	}
	name := remote
	if _, rest, ok := strings.Cut(name, "://"); ok {
		name = rest
	}
	name, _, _ = strings.Cut(name, "?")
	if i := strings.LastIndex(name, "@"); i >= 0 { // a user name and password
		name = name[i+1:]
	}
	return name
}

// fail records that a call could not even be tried.
func (c *Console) fail(p Pair, call record.Kind, why record.Failure, err error) {
	r := record.Record{Kind: record.Fail, Call: call, Target: p.Target(), ClientID: p.ClientID, Failure: why}
	if err != nil {
		r.Detail = err.Error()
	}
	c.life.Record(r)
}

// noTarget is the failure of a call whose target could not be resolved.
func noTarget(err error) record.Failure {
	if errors.Is(err, embedded.ErrStopped) {
		return record.ServerStopped
	}
	if _, ok := errors.AsType[endpoint.Problems](err); ok || errors.Is(err, saved.ErrNoTarget) || errors.Is(err, endpoint.ErrNoCall) {
		return record.NotReady
	}
	return record.BadAddress
}

// Subscribe opens p anew: an earlier subscription of p is ended on our side
// first, and actions asked for before are waited for. content is for the targets
// whose subscribe carries one.
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
		// A Send that follows finds the stream open, unless it takes long.
		wait := time.NewTimer(openWait)
		defer wait.Stop()
		select {
		case <-sub.Settled():
		case <-hurry:
		case <-wait.C:
		}
	})
}

// keep puts a record into the journal and returns its number.
func (c *Console) keep(r record.Record) int64 {
	seq := c.Journal.Append(r)
	switch r.Kind {
	case record.Event, record.Comment, record.Chunk, record.Text, record.Difference: // those change no state
	default:
		c.life.Changed()
	}
	return seq
}

// end ends a subscription on our side and waits for its last record.
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

// Close ends p on our side first and then tells the server, in that order, so
// that nothing reconnects.
func (c *Console) Close(p Pair) {
	c.add(p, record.Close, func(l *lane, _ <-chan struct{}) {
		end(l.current())
		c.tellClose(c.life.Context, p)
	})
}

// CloseServerOnly lets the server end p's stream and leaves our side as it is:
// it reconnects by itself, which is what the original demo warns of.
func (c *Console) CloseServerOnly(p Pair) {
	c.add(p, record.Send, func(*lane, <-chan struct{}) { c.tellClose(c.life.Context, p) })
}

func (c *Console) tellClose(ctx context.Context, p Pair) {
	err := c.call(ctx, p, record.Close, "")
	if err != nil && !errors.Is(err, embedded.ErrStopped) && !errors.Is(err, endpoint.ErrNoCall) { // there is nothing to be told
		c.fail(p, record.Close, noTarget(err), err)
	}
}

// Shutdown ends everything within two seconds: all subscriptions on our side,
// then their close calls, then the embedded server, then the settings file and
// the journal, for which a slow disk gets two seconds more. It blocks until that
// is done. Further actions do nothing.
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
	c.life.Cancel() // also the calls under way

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
	c.closeJournal()
}

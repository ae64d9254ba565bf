package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/ui/command"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// listWidth is the width of the list of targets.
const listWidth = 620

// Open opens the list of targets, with typed in its field.
func (t *Target) Open(typed string) {
	if t.f.k.Asking() {
		return
	}
	if t.kept != "" && typed == "" {
		typed = t.kept
	}
	initial := typed
	t.List = t.f.k.Pick(kit.Picking{
		Below: t.Where, Width: listWidth, Filter: t.f.k.T("where.hint"),
		Choices: func(typed string) []kit.Choice {
			if typed == initial && typed != t.kept { // not typed by the user: show all
				typed = ""
			}
			return t.choices(typed)
		},
	}, typed)
}

// destination returns what the where-to field shows.
func (t *Target) destination() destination {
	T := t.f.k.T
	switch t.side {
	case SideEmbedded:
		shape, state := t.serverState()
		return destination{T("target.embedded"), t.serverAddress(), shape, state}
	case SideSaved:
		d := destination{name: t.Saved.Name()}
		switch {
		case d.name == "":
			d.name, d.shape, d.state = T("target.saved"), kit.ShapeClosed, T("where.none")
		case t.f.con.Targets.Unverified(d.name):
			d.shape, d.state = kit.ShapeFailed, T("saved.unverified")
		default:
			d.shape, d.state = t.subscriptionState()
		}
		return d
	}
	d := destination{name: T("target.remote"), address: endpoint.Mask(t.URL)}
	switch _, why := t.pair(); why {
	case console.NoAddress:
		d.shape, d.state = kit.ShapeClosed, T("where.none")
	case console.BadAddress:
		d.shape, d.state = kit.ShapeFailed, T("where.bad")
	default:
		d.shape, d.state = t.subscriptionState()
	}
	return d
}

// serverAddress returns where the embedded server listens or would listen.
func (t *Target) serverAddress() string {
	if s := t.f.con.Embedded.Status(); s.State == embedded.Running {
		return s.Address
	}
	return embedded.NormalizeAddress(t.f.con.Settings().Address)
}

// serverState returns the state of the embedded server as a shape and a word.
func (t *Target) serverState() (kit.Shape, string) {
	T := t.f.k.T
	s := t.f.con.Embedded.Status()
	switch s.State {
	case embedded.Running:
		return kit.ShapeOpen, T("server.running")
	case embedded.Starting:
		return kit.ShapeConnecting, T("server.starting")
	case embedded.Stopping:
		return kit.ShapeConnecting, T("server.stopping")
	}
	if s.Problem != "" {
		return kit.ShapeFailed, T("server.failed")
	}
	return kit.ShapeClosed, T("server.stopped")
}

// problem says why the embedded server was not started, for which the system has the
// words why.
func (t *Target) problem(why string) string {
	address := t.serverAddress()
	if err := embedded.CheckAddress(address); err != nil {
		return t.f.listenError(address, err)
	}
	return t.f.k.T("listen.failed", "Address", address, "Why", why)
}

// subscriptionState returns the state of the subscription in the form, if it has one.
func (t *Target) subscriptionState() (kit.Shape, string) {
	p, _ := t.f.Pair()
	sub, listed := t.f.con.Subscription(p)
	T := t.f.k.T
	switch {
	case !listed:
		return kit.ShapeClosed, T("where.idle")
	case sub.Failed != "":
		return kit.ShapeFailed, T("state.failed")
	case sub.Status.ReadyState == client.Open:
		return kit.ShapeOpen, T("state.open")
	case sub.Status.ReadyState == client.Connecting:
		return kit.ShapeConnecting, T("state.connecting_alone")
	}
	return kit.ShapeClosed, T("state.closed")
}

// choices returns what the list offers for a text: what the text means, then all targets
// that contain it. A word that could be a host is taken as one if it is in no target.
func (t *Target) choices(typed string) []kit.Choice {
	typed = strings.TrimSpace(typed)
	choices := t.meanings(typed)
	choices = append(choices, t.matches(typed)...)
	if len(choices) > 0 {
		return choices
	}
	if !strings.ContainsAny(typed, " \t\n") {
		choices = t.remoteChoices(typed)
	}
	return append(choices, kit.Choice{Title: t.f.k.T("where.nothing")})
}

// matches returns all targets that contain a text.
func (t *Target) matches(typed string) []kit.Choice {
	var choices []kit.Choice
	add := func(heading string, group []kit.Choice) {
		group = slices.DeleteFunc(group, func(c kit.Choice) bool { return !contains(c, typed) })
		if heading != "" && len(group) > 0 {
			group = slices.Insert(group, 0, kit.Choice{Title: heading})
		}
		choices = append(choices, group...)
	}
	T := t.f.k.T
	add("", []kit.Choice{t.embeddedChoice()})
	add(T("where.recent"), t.recentChoices())
	_, environments, active := t.f.con.Targets.Names()
	heading := T("where.saved")
	if active != "" {
		heading = T("where.saved_in", "Environment", t.f.k.Brief(active))
	} else if len(environments) > 0 {
		heading = T("where.saved_in", "Environment", T("saved.no_environment"))
	}
	add(heading, t.savedChoices())
	keys := func(name fyne.KeyName, m fyne.KeyModifier) string { return command.On(name, m).String() }
	add(T("where.more"), []kit.Choice{
		{Title: T("menu.manage"), Hint: keys(fyne.KeyM, command.Ctrl), Run: t.f.cfg.Manage},
		{Title: T("menu.from_curl"), Hint: keys(fyne.KeyV, command.Ctrl|command.Shift), Run: func() { t.f.cfg.FromCurl("") }},
	})
	return choices
}

// contains reports whether a choice has the typed words, in any case.
func contains(c kit.Choice, typed string) bool {
	text := strings.ToLower(c.Title + " " + c.Note)
	for _, word := range strings.Fields(strings.ToLower(typed)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// choose returns a function that calls set and focuses what is to be done next.
func (t *Target) choose(set func()) func() {
	return func() {
		t.kept = ""
		set()
		t.f.focusNext()
	}
}

func (t *Target) embeddedChoice() kit.Choice {
	T := t.f.k.T
	shape, state := t.serverState()
	verb := T("server.start")
	if shape == kit.ShapeOpen {
		verb = T("server.stop")
	}
	note := t.serverAddress() + " · " + state
	if s := t.f.con.Embedded.Status(); shape == kit.ShapeFailed {
		note = t.problem(s.Problem)
	}
	return kit.Choice{
		Shape: shape, Title: T("where.embedded"), Note: note + " · " + T("where.port_hint"), Hint: command.On(fyne.KeyE, command.Ctrl).String(),
		Chosen: t.side == SideEmbedded, Run: t.choose(func() { t.SetSide(SideEmbedded) }),
		Side: []kit.Side{
			{Text: verb, Enabled: t.canToggle(), Run: t.ToggleServer},
			{Text: T("server.copy_url"), Enabled: t.hasURL(), Run: t.copyURL},
		},
	}
}

func (t *Target) recentChoices() []kit.Choice {
	urls := t.f.con.Settings().RemoteURLs
	if t.URL != "" && !slices.Contains(urls, t.URL) {
		urls = slices.Insert(slices.Clone(urls), 0, t.URL)
	}
	var choices []kit.Choice
	for _, url := range urls {
		c := kit.Choice{Title: endpoint.Mask(url), Chosen: t.side == SideRemote && url == t.URL, Run: t.choose(func() { t.SetURL(url) })}
		if _, err := endpoint.Parse(url); err != nil {
			c.Why = wording.Of(t.f.k.Texts).TargetError(err)
		}
		choices = append(choices, c)
	}
	return choices
}

func (t *Target) savedChoices() []kit.Choice {
	names, _, _ := t.f.con.Targets.Names()
	var choices []kit.Choice
	for _, name := range names {
		c := kit.Choice{Title: name, Chosen: t.side == SideSaved && name == t.Saved.Name(), Run: t.choose(func() {
			t.Saved.Choose(name)
			t.SetSide(SideSaved)
		})}
		if t.f.con.Targets.Unverified(name) {
			c.Shape, c.Hint = kit.ShapeFailed, t.f.k.T("saved.unverified")
		}
		p := console.Pair{Saved: name, ClientID: t.f.ClientID.Text}
		r, err := t.f.con.Preview(p, "")
		switch {
		case err == nil:
			c.Note = r.Verb() + " " + r.URL
		default:
			c.Note = wording.Of(t.f.k.Texts).TargetError(err) // it can be chosen: an environment may have what is missing
		}
		choices = append(choices, c)
	}
	return choices
}

// meanings returns what a typed text can be: a curl command, an address of a server, or
// an address at which the embedded server can listen.
func (t *Target) meanings(typed string) []kit.Choice {
	if typed == "" {
		return nil
	}
	if isCommand(typed) {
		return []kit.Choice{t.commandChoice(typed)}
	}
	if !isAddress(typed) {
		return nil
	}
	var choices []kit.Choice
	remote, listen := t.remoteChoices(typed), t.listenChoices(typed)
	if t.side == SideEmbedded {
		choices = append(listen, remote...)
	} else {
		choices = append(remote, listen...)
	}
	if isPort(typed) {
		choices = listen
	}
	return choices
}

// commandChoice returns what a curl command becomes: the demo's server with the clientId
// of the command, or a new target.
func (t *Target) commandChoice(typed string) kit.Choice {
	T := t.f.k.T
	demo, err := readDemo(typed)
	if err != nil {
		return kit.Choice{Shape: kit.ShapeFailed, Title: T("where.curl"), Why: wording.Of(t.f.k.Texts).CurlError(err), Run: func() {}}
	}
	if demo.base == "" {
		return kit.Choice{Title: T("where.curl"), Note: T("where.curl_note"), Run: func() { t.f.cfg.FromCurl(typed) }}
	}
	return t.demoChoice(demo)
}

// demoChoice offers a server with the demo's calls.
func (t *Target) demoChoice(d demoCall) kit.Choice {
	T := t.f.k.T
	c := kit.Choice{Title: T("where.use", "URL", endpoint.Mask(d.base)), Note: T("where.use_note")}
	use := func() { t.SetURL(d.base) }
	if t.isOurs(d.base) {
		c.Title = T("where.embedded")
		use = func() { t.SetSide(SideEmbedded) }
	}
	if d.clientID != "" {
		c.Note = T("where.use_id", "ClientID", t.f.k.Brief(d.clientID))
	}
	c.Run = t.choose(func() {
		if d.clientID != "" {
			t.f.ClientID.SetText(d.clientID)
		}
		use()
	})
	return c
}

// isOurs reports whether base is the embedded server's own.
func (t *Target) isOurs(base string) bool {
	own, running := t.f.con.Embedded.RunningAt()
	public := t.f.con.Embedded.Status().URL
	return running && (base == own || base == public)
}

// remoteChoices returns what the address of a server becomes, or what is wrong with it.
func (t *Target) remoteChoices(typed string) []kit.Choice {
	T := t.f.k.T
	d, err := readAddress(typed)
	if err != nil {
		return []kit.Choice{{Shape: kit.ShapeFailed, Title: T("where.use", "URL", endpoint.Mask(typed)), Why: wording.Of(t.f.k.Texts).TargetError(err), Run: func() {}}}
	}
	choices := []kit.Choice{t.demoChoice(d)}
	if d.call == "" && strings.Contains(typed, "://") { // it may be any other stream
		if spec, err := endpoint.New(endpoint.ShapeGET, typed); err == nil {
			choices = append(choices, kit.Choice{Title: T("where.stream"), Note: T("where.stream_note"), Run: func() { t.f.cfg.AddTarget(spec) }})
		}
	}
	return choices
}

// listenChoices offers to let the embedded server listen at an address without scheme
// and path, if it is one of this machine.
func (t *Target) listenChoices(typed string) []kit.Choice {
	if !isLocal(typed) {
		return nil
	}
	T := t.f.k.T
	address := embedded.NormalizeAddress(typed)
	c := kit.Choice{Title: T("where.listen", "Address", address), Note: T("where.listen_note"), Stay: true, Run: func() { t.moveServer(typed, address) }}
	switch err := embedded.CheckAddress(address); {
	case err != nil:
		c.Shape, c.Why = kit.ShapeFailed, t.f.listenError(address, err)
	case !t.canToggle():
		c.Why = T("why.server_stopping")
	}
	return []kit.Choice{c}
}

package ui

import (
	"cmp"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/ui/command"
	"sseconsole/ui/console"
	"sseconsole/ui/console/file"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/form"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/kit/system"
	"sseconsole/ui/lab"
	"sseconsole/ui/logpane"
	"sseconsole/ui/palette"
	"sseconsole/ui/runs"
	"sseconsole/ui/stats"
	"sseconsole/ui/tabs"
	"sseconsole/ui/targets"
	"sseconsole/ui/widgets"
	"sseconsole/ui/widgets/text"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// The window's size on a first run, in Fyne's units.
const (
	firstWidth  = 1200
	firstHeight = 800
	leastWidth  = 480
	leastHeight = 300
)

// The tabs of the right side.
const (
	tabLog = iota
	tabServer
)

// window is the program's window. Its methods must be called on the UI thread, unless
// documented otherwise.
type window struct {
	k       *kit.Kit
	con     *console.Console
	version string
	quit    func() // ends the program; the last function posted

	form    *form.Form
	scope   *tabs.Bar
	log     *logpane.Pane
	stats   *stats.Bar
	history *runs.History
	server  *lab.Tab
	tabs    *kit.TabBar // of the right side: log, server
	targets *targets.Targets
	palette *palette.Palette

	warnings      *kit.Warnings // what a toast must not let pass
	serverStarted bool          // a notice has said so
	absence       absence
	notify        func(title, text string) error // shows a notification of the desktop; blocks

	commands  command.Table      // of all parts
	languages []*catalogue.Texts // all, once the palette was opened
	menu      *menu

	pump    pump
	frames  frames
	closing bool
}

// newWindow builds the window without showing it. post posts a function to the UI thread.
func newWindow(fonts *text.Fonts, a fyne.App, con *console.Console, version string, post func(func())) *window {
	saved := con.Settings()
	w := &window{
		k: &kit.Kit{
			App: a, Win: a.NewWindow("SSE Console"), Fonts: fonts, Tip: widgets.NewTip(fonts), Texts: kit.TextsOf(saved.Language),
			Post: post, Work: func(work func()) { go work() },
		},
		con: con, version: version, quit: a.Quit,
	}
	w.k.TypedKey = w.typedKey
	w.k.Further = func(s fyne.Shortcut) bool { return w.menu.runFurther(s) }
	w.k.Leave = func() bool { return w.targets.Leave() }
	w.k.FileError = w.fileError
	w.k.Folder = func() string { return con.Settings().SaveFolder }
	w.k.SetFolder = func(folder string) { con.UpdateSettings(func(s *settings.Settings) { s.SaveFolder = folder }) }
	w.frames.post = post
	w.pump = pump{look: w.look, post: post, refresh: w.refresh, cost: w.frames.cost}
	kit.TeachFyne(w.k.Texts)
	look.Use(a, lookOf(saved))

	w.makeRooms()
	w.log.View.OnDraw = w.frames.begin
	w.layOut()
	w.restore()
	w.k.Win.Resize(fyne.NewSize(cmp.Or(saved.Width, firstWidth), cmp.Or(saved.Height, firstHeight)))
	w.k.Win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { w.typedKey(e.Name) })
	w.k.Win.SetCloseIntercept(w.history.AskClose)
	w.k.Win.SetOnDropped(w.history.Dropped)
	w.refresh()
	return w
}

// makeRooms creates the parts of the window and connects them. It is the only place
// where they meet.
func (w *window) makeRooms() {
	w.form = form.New(form.Config{
		Kit: w.k, Console: w.con, Refresh: w.refresh, Tools: w.newTools(),
		OpenFaults: func() { w.server.Open(lab.SectionFaults) },
		Manage:     func() { w.targets.Manage() },
		FromCurl:   func(command string) { w.targets.FromCurl(command) },
		AddTarget:  func(spec endpoint.Spec) { w.targets.Add(spec) },
		Calling: func(call record.Kind, p console.Pair) {
			w.history.ShowCurrent()
			w.scope.Calling(call, p)
		},
	})
	w.scope = tabs.New(tabs.Config{
		Kit: w.k, Console: w.con, Refresh: w.refresh,
		Open:        w.showLog,
		Live:        func() { w.history.ShowCurrent() },
		LogShown:    func() bool { return w.tabs.Chosen == tabLog && w.log.From == w.con.Journal },
		Scoped:      func(s console.Scope) { w.log.SetScope(s) },
		Choose:      w.form.Choose,
		New:         w.form.FocusClientID,
		Subscribe:   w.form.DoSubscribe,
		NextFinding: func() { w.log.NextFinding() },
	})
	w.log = logpane.New(logpane.Config{
		Kit: w.k, Console: w.con, Open: w.showLog,
		Changed: func() {
			if w.menu != nil {
				w.menu.refresh()
			}
		},
		Subscribe: func() { w.form.DoSubscribe() },
		CopyCurl:  func(secrets bool) { w.targets.CopyCurl(secrets) },
	})
	w.targets = targets.New(targets.Config{
		Kit: w.k, Console: w.con,
		Chosen:   w.form.Target.Saved.Name,
		Address:  func() string { return w.form.Target.URL },
		ClientID: func() string { return w.form.ClientID.Text },
		Selected: w.log.Selected,
		Use: func(name string) {
			w.form.Target.Saved.Choose(name)
			w.form.Target.SetSide(form.SideSaved)
			w.refresh()
			w.k.Win.Canvas().Focus(w.form.Subscribe)
		},
		UseEmbedded: func() { w.form.Target.SetSide(form.SideEmbedded) },
		Renamed:     w.form.Target.Saved.Renamed,
		Refresh:     w.refresh,
	})
	w.stats = stats.New(stats.Config{
		Kit: w.k, Console: w.con, Of: w.scope.Of,
		StateWord: func(sub console.Subscription) string { return tabs.StateWord(wording.Of(w.k.Texts), sub) },
	})
	w.history = runs.New(runs.Config{
		Kit: w.k, Console: w.con, Log: runLog{w.log, w.scope}, Version: w.version,
		Refresh: w.refresh, Close: w.close, Closing: func() bool { return w.closing },
	})
	w.notify = func(title, text string) error { return system.Notify(w.k.App, title, text) }
	w.palette = w.newPalette()
	w.warnings = kit.NewWarnings(w.k)
	w.server = lab.New(lab.Config{
		Kit: w.k, Console: w.con,
		Open:  func() { w.tabs.Choose(tabServer) },
		Shown: func() bool { return w.tabs.Chosen == tabServer },
		Mark: func(tab, chip string, fault bool) {
			w.tabs.Warn(tabServer, tab, fault)
			w.form.Target.MarkFaults(chip)
		},
		Subscribe: func() {
			w.form.Target.SetSide(form.SideEmbedded)
			w.form.DoSubscribe()
		},
		Start: w.form.Target.StartServer, IsTarget: w.form.Target.IsEmbedded, ShowRowsOf: w.showRowsOf,
	})
}

// layOut puts the parts and the menu into the window.
func (w *window) layOut() {
	w.tabs = kit.NewTabBar(w.refresh, w.log.Layout(w.history.Banner.Content), w.server.Content)
	body := kit.Border(
		kit.Border(nil, nil, nil, w.tabs.Content, w.scope.Content),
		nil, nil, nil, w.tabs.Pages)
	w.k.Text(func() { w.tabs.Buttons[tabLog].SetText(w.k.T("server.log")) })
	w.commands = command.Join(w.form.Commands(), w.scope.Commands(), w.log.Commands(), w.targets.Commands(), w.history.Commands(), w.server.Commands(), w.ownCommands(), w.menuBarCommands())
	w.showKeysInTips()
	w.menu = newMenu(w)
	toasts := kit.NewToastLayer()
	w.k.ToastsIn(toasts)
	parts := container.NewScroll(kit.Border( // where the window is too small for them
		container.NewVBox(w.form.Target.Content, w.form.Content, widget.NewSeparator()),
		container.NewVBox(w.warnings.Content, w.history.Unkept.Content, w.history.Jobs.Content, widget.NewSeparator(), w.stats.Content),
		nil, nil,
		body))
	parts.SetMinSize(fyne.NewSize(leastWidth, leastHeight))
	w.k.Win.SetContent(container.NewStack(parts, toasts, w.k.Tip))
}

// start starts the embedded server and the pump, and focuses Subscribe. It is called
// once the window is shown.
func (w *window) start() {
	w.con.Embedded.Start(w.con.Settings().Address)
	w.refresh()
	w.k.Win.Canvas().Focus(w.form.Subscribe)
	system.Hear(w.k, w.hears, w.left, func() bool { return w.closing })
	w.watchFocus()
	w.pump.start()
	w.rememberRegularly()
}

// left is called when the mouse has left the window, which widgets are not told.
func (w *window) left() {
	w.stats.Left()
	w.k.Tip.Clear()
}

// close saves the window's size, shuts everything down in the background, and then
// ends the program. The window stays responsive meanwhile.
func (w *window) close() {
	if w.closing {
		return
	}
	w.closing = true
	size := w.k.Win.Canvas().Size()
	w.con.UpdateSettings(func(s *settings.Settings) { s.Width, s.Height = size.Width, size.Height })
	w.form.Remember()
	w.remember()
	w.k.Win.SetTitle("SSE Console · " + w.k.T("closing"))
	go func() {
		w.log.End()
		w.con.Shutdown()
		w.k.Post(w.quit)
	}()
}

// setLanguage changes the language of the window.
func (w *window) setLanguage(name string) {
	w.con.UpdateSettings(func(s *settings.Settings) { s.Language = name })
	w.k.Speak(kit.TextsOf(name))
	w.refresh()
}

// setTheme changes the theme; "" is the system's.
func (w *window) setTheme(name string) {
	w.con.UpdateSettings(func(s *settings.Settings) { s.Theme = name })
	look.Use(w.k.App, lookOf(w.con.Settings()))
	w.menu.refresh()
}

// showLog shows the log's tab.
func (w *window) showLog() { w.tabs.Choose(tabLog) }

// runLog is the log for earlier runs. The tabs are those of this run, so an earlier one is
// shown whole.
type runLog struct {
	*logpane.Pane
	scope *tabs.Bar
}

// Show shows an earlier run; nil means the current one.
func (l runLog) Show(from logmodel.Records) {
	if from != nil {
		l.scope.Choose(l.scope.All)
	}
	l.Pane.Show(from)
}

// showRowsOf shows the log, filtered by a clientId of the embedded server.
func (w *window) showRowsOf(clientID string) {
	w.scope.Choose(w.scope.All)
	w.log.Bar.Only.SetChecked(true)
	w.log.Bar.Field.SetText("target:" + console.Embedded + " client:" + filter.Quote(clientID))
	w.log.Bar.Apply()
}

// fileError says why a file could not be read.
func (w *window) fileError(err error) string {
	if errors.Is(err, file.ErrTooLarge) {
		return w.k.T("file.too_large", "Size", w.k.Texts.Size(file.Max))
	}
	return wording.Of(w.k.Texts).FileError(err)
}

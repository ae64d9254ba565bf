package ui

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/lab"
	"sseconsole/ui/runs"
	"sseconsole/ui/targets"
	"sseconsole/ui/widgets"
)

// The window's size on a first run, in Fyne's units.
const (
	firstWidth  = 1200
	firstHeight = 800
	formWidth   = 264
)

// The tabs of the right side.
const (
	tabLog = iota
	tabServer
)

// window is the one window. All its methods run on the UI thread, except where
// they say otherwise.
type window struct {
	k       *kit.Kit
	con     *console.Console
	version string
	quit    func() // ends the program

	target  *targetBar
	form    *form
	strip   *strip
	log     *logPane
	stats   *statsBar
	history *runs.History
	server  *lab.Tab
	tabs    *kit.TabBar // of the right side: log, server
	menu    *menu
	targets *targets.Targets

	pump    pump
	closing bool
}

// newWindow builds the window without showing it, with fonts of its own. post is
// fyne.Do, or in tests what stands in for it.
func newWindow(a fyne.App, con *console.Console, version string, post func(func())) *window {
	fonts, err := kit.NewFonts()
	if err != nil {
		panic(err) // an embedded font, read by a test
	}
	return newWindowWith(fonts, a, con, version, post)
}

func newWindowWith(fonts *widgets.Fonts, a fyne.App, con *console.Console, version string, post func(func())) *window {
	settings := con.Settings()
	w := &window{
		k: &kit.Kit{
			App: a, Win: a.NewWindow("SSE Console"), Fonts: fonts, Texts: kit.TextsOf(settings.Language),
			Post: post, Work: func(work func()) { go work() },
		},
		con: con, version: version, quit: a.Quit,
	}
	w.k.TypedKey, w.k.Further, w.k.Leave, w.k.FileError = w.typedKey, w.further, func() bool { return w.targets.Leave() }, w.fileError
	w.k.Folder = func() string { return con.Settings().SaveFolder }
	w.k.SetFolder = func(folder string) { con.UpdateSettings(func(s *console.Settings) { s.SaveFolder = folder }) }
	w.pump = pump{look: w.look, post: post, refresh: w.refresh}
	kit.TeachFyne(w.k.Texts)
	kit.UseTheme(a, settings.Theme)

	w.target = newTargetBar(w)
	w.form = newForm(w)
	w.strip = newStrip(w)
	w.log = newLogPane(logConfig{
		Kit: w.k, Console: con, Turn: w.showLog,
		Changed: func() {
			if w.menu != nil {
				w.menu.refresh()
			}
		},
		CopyCurl: func(secrets bool) { w.targets.CopyCurl(secrets) },
	})
	w.targets = targets.New(targets.Config{
		Kit: w.k, Console: con,
		Chosen:   w.target.saved.name,
		Address:  func() string { return w.target.url.Text },
		ClientID: func() string { return w.form.clientID.Text },
		Selected: w.log.selected,
		Use: func(name string) {
			w.target.saved.choose(name)
			w.target.setSide(sideSaved)
			w.refresh()
			w.k.Win.Canvas().Focus(w.form.subscribe)
		},
		UseEmbedded: func() { w.target.setSide(sideEmbedded) },
		Renamed:     w.target.saved.renamed,
		Refresh:     w.refresh,
	})
	w.stats = newStatsBar(w)
	w.history = runs.New(runs.Config{
		Kit: w.k, Console: con, Log: w.log, Version: version,
		Refresh: w.refresh, Close: w.close, Closing: func() bool { return w.closing },
	})
	w.server = lab.New(lab.Config{
		Kit: w.k, Console: con,
		Open:  func() { w.tabs.Choose(tabServer) },
		Shown: func() bool { return w.tabs.Chosen == tabServer },
		Mark: func(tab, chip string, fault bool) {
			w.tabs.Warn(tabServer, tab, fault)
			w.target.markFaults(chip)
		},
		Start: w.target.startServer, IsTarget: w.target.isEmbedded, ShowRowsOf: w.showRowsOf,
	})

	w.tabs = kit.NewTabBar(func() {
		w.refresh()
		w.menu.refresh()
	}, w.log.layout(w.history.Banner.Content), w.server.Content)
	body := container.NewBorder(
		container.NewBorder(nil, nil, container.NewHBox(w.tabs.Content, widget.NewSeparator()), nil, w.strip.content),
		nil, nil, nil, w.tabs.Pages)
	w.k.Text(func() { w.tabs.Buttons[tabLog].SetText(w.k.T("server.log")) })
	w.menu = newMenu(w)
	left := container.New(kit.FixedWidth(formWidth), w.form.content)
	w.k.Win.SetContent(container.NewBorder(
		container.NewVBox(w.target.content, widget.NewSeparator()),
		container.NewVBox(w.history.Unkept.Content, w.history.Jobs.Content, widget.NewSeparator(), w.stats.content),
		container.NewHBox(left, widget.NewSeparator()), nil,
		body))
	w.k.Win.Resize(fyne.NewSize(cmp.Or(settings.Width, firstWidth), cmp.Or(settings.Height, firstHeight)))
	w.k.Win.SetCloseIntercept(w.history.AskClose)
	w.k.Win.SetOnDropped(w.history.Dropped)
	w.refresh()
	return w
}

// start begins what a first-time user finds running: the embedded server, and
// the focus on Subscribe.
func (w *window) start() {
	w.con.StartServer(w.con.Settings().Address)
	w.refresh()
	w.k.Win.Canvas().Focus(w.form.subscribe)
	w.k.Hear(w.hears, w.stats.left, func() bool { return w.closing })
	w.pump.start()
}

// close remembers the window's size, ends everything and then the program. The
// window stays responsive meanwhile.
func (w *window) close() {
	if w.closing {
		return
	}
	w.closing = true
	size := w.k.Win.Canvas().Size()
	w.con.UpdateSettings(func(s *console.Settings) { s.Width, s.Height = size.Width, size.Height })
	w.form.remember()
	w.k.Win.SetTitle("SSE Console · " + w.k.T("closing"))
	go func() {
		w.log.end()
		w.con.Shutdown()
		w.k.Post(w.quit)
	}()
}

// setLanguage switches every text of the window.
func (w *window) setLanguage(name string) {
	w.con.UpdateSettings(func(s *console.Settings) { s.Language = name })
	w.k.Speak(kit.TextsOf(name))
	w.refresh()
}

// setTheme switches between light, dark and the system's theme.
func (w *window) setTheme(name string) {
	w.con.UpdateSettings(func(s *console.Settings) { s.Theme = name })
	kit.UseTheme(w.k.App, name)
	w.menu.refresh()
}

// pair is what the form names: where to and as whom. It is false while the
// remote address is no good.
func (w *window) pair() (console.Pair, bool) {
	p, why := w.target.pair()
	p.ClientID = w.form.clientID.Text
	return p, why == ""
}

// choose puts a pair into the form.
func (w *window) choose(p console.Pair) {
	w.target.show(p)
	w.form.clientID.SetText(p.ClientID)
	w.refresh()
}

// can tells what may be done with what the form names.
func (w *window) can() console.Can {
	if _, why := w.target.pair(); why != "" {
		return console.Can{Why: why}
	}
	p, _ := w.pair()
	return w.con.Can(p)
}

// showLog turns to the log.
func (w *window) showLog() { w.tabs.Choose(tabLog) }

// showRowsOf shows the log, and in it only what concerns a clientId of the
// embedded server.
func (w *window) showRowsOf(clientID string) {
	w.showLog()
	w.log.bar.only.SetChecked(true)
	w.log.bar.field.SetText("target:" + console.Embedded + ` client:"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(clientID) + `"`)
	w.log.bar.apply()
}

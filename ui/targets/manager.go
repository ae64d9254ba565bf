package targets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Config is what this package needs from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Chosen      func() string          // returns the saved target in the form, or ""
	Address     func() string          // returns the remote address in the form
	ClientID    func() string          // returns the clientId in the form
	Selected    func() *record.Record  // returns the selected record of the log, or nil
	Use         func(name string)      // selects a saved target in the form
	UseEmbedded func()                 // selects the embedded server in the form
	Renamed     func(old, name string) // tells the form that a target was renamed
	Refresh     func()                 // refreshes the window
}

// Targets manages saved targets and environments, and curl commands.
type Targets struct {
	cfg     Config
	k       *kit.Kit
	con     *console.Console
	Manager *manager // nil until it is opened
}

// New returns Targets whose panel is closed.
func New(cfg Config) *Targets {
	return &Targets{cfg: cfg, k: cfg.Kit, con: cfg.Console}
}

// Refresh updates the panel, if it is open.
func (t *Targets) Refresh() {
	if t.Manager != nil {
		t.Manager.refresh()
	}
}

// manager is the panel in which saved targets and environments are created and
// edited. It covers the window.
type manager struct {
	t       *Targets
	Popup   *widget.PopUp
	content fyne.CanvasObject // scrolls where the window is too small for it
	toasts  *fyne.Container   // shows them while the panel covers the window

	pages        *kit.TabBar
	Targets      *itemList
	environments *itemList
	secrets      *widget.Label // says where secrets are stored if there is no keyring
	size         fyne.Size     // of the window, at the last refresh
	Form         *specForm
	environment  *environmentForm
	Make         *kit.Button
	embedded     *kit.Button // selects the embedded server, which is not saved
	Asked        *newTarget  // the last dialog for a new target
	shape        string      // of the target in the form, which has no field for it
}

// Manage opens the panel, or closes it if it is open.
func (t *Targets) Manage() {
	if t.Manager != nil && t.Manager.Popup.Visible() {
		t.Manager.leave(t.Manager.hide)
		return
	}
	if t.k.Asking() {
		return
	}
	if t.Manager == nil {
		t.Manager = newManager(t)
	}
	t.Manager.show()
}

func newManager(t *Targets) *manager {
	m := &manager{t: t}
	m.Targets = newTargetList(t, m)
	m.environments = newEnvironmentList(t, m)
	m.secrets = widget.NewLabel("")
	m.secrets.Wrapping = fyne.TextWrapWord
	m.pages = kit.NewTabBar(func() { m.refresh() }, m.Targets.content, m.environments.content)
	title := kit.NewHeading()
	done := kit.NewButton(theme.CancelIcon(), func() { m.leave(m.hide) })
	head := kit.Border(nil, nil, container.NewHBox(kit.Flush(title), kit.NewGap(kit.DialogMargin), m.pages.Content), done)
	m.content = kit.DialogMargins(kit.Border(
		container.NewVBox(head, widget.NewSeparator()),
		m.secrets, nil, nil, m.pages.Pages))
	m.toasts = kit.NewToastLayer()
	m.Popup = widget.NewModalPopUp(container.NewStack(container.NewScroll(m.content), m.toasts), t.k.Win.Canvas())
	m.Popup.Hide()
	t.k.Text(func() {
		T := t.k.T
		title.SetText(T("manager.title"))
		m.pages.Buttons[0].SetText(T("manager.targets"))
		m.pages.Buttons[1].SetText(T("manager.environments"))
		done.SetText(T("manager.close"))
		m.refresh()
	})
	return m
}

func (m *manager) show() {
	m.Popup.Show()
	m.t.k.ToastsIn(m.toasts)
	m.Targets.load(m.t.cfg.Chosen())
	_, _, active := m.t.con.Targets.Names()
	m.environments.load(active)
	m.refresh()
}

func (m *manager) hide() {
	m.Popup.Hide()
	m.t.k.ToastsIn(nil)
	m.t.cfg.Refresh()
}

// leave calls then once there are no unsaved changes: at once, or after asking.
func (m *manager) leave(then func()) {
	m.Targets.leave(func() { m.environments.leave(then) })
}

// refresh updates the size of the panel, the lists, and where secrets are stored.
func (m *manager) refresh() {
	if m.Popup == nil || !m.Popup.Visible() {
		return
	}
	if size := m.t.k.Win.Canvas().Size(); size != m.size {
		m.size = size
		m.Popup.Resize(fyne.NewSize(min(1000, size.Width*0.96), min(760, size.Height*0.96)))
	}
	m.Targets.refresh()
	m.environments.refresh()
	text := ""
	if path, why := m.t.con.Targets.SecretsFile(); path != "" {
		text = m.t.k.T("manager.secrets_file", "Why", wording.Of(m.t.k.Texts).NoKeyring(why), "Path", path)
	}
	if m.secrets.Text != text {
		m.secrets.SetText(text)
	}
	kit.SetVisible(m.secrets, text != "")
}

// use selects a target in the form and closes the panel.
func (m *manager) use(name string) {
	m.hide()
	m.t.con.UpdateSettings(func(s *settings.Settings) { s.Target = name })
	m.t.cfg.Use(name)
}

// listAndPage lays out a list of a fixed width to the left of a page.
func listAndPage(list, page fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewBorderLayout(nil, nil, list, nil), list, page)
}

// SaveAddress saves the remote address in the form as a target.
func (t *Targets) SaveAddress() {
	if t.k.Asking() {
		return
	}
	spec, err := endpoint.FromBase(t.cfg.Address())
	if err != nil {
		t.k.Inform(t.k.T("menu.keep_address"), t.k.T("why.bad_address"))
		return
	}
	t.Add(spec)
}

// TargetFromCurl asks for a curl command and saves it as a target.
func (t *Targets) TargetFromCurl() { t.FromCurl("") }

// FromCurl is TargetFromCurl with a command to begin with.
func (t *Targets) FromCurl(command string) {
	if !t.k.Asking() {
		t.AskCurl(t.Add).Text.SetText(command)
	}
}

// Add saves a new target and opens the panel with it.
func (t *Targets) Add(spec endpoint.Spec) {
	if !t.k.Asking() {
		t.Manage()
		t.Manager.add(spec)
	}
}

// Leave closes the panel, if it is on top, and reports whether it was. It asks what to
// do with unsaved changes.
func (t *Targets) Leave() bool {
	if t.Manager == nil || !t.Manager.Popup.Visible() || len(t.k.Win.Canvas().Overlays().List()) != 1 {
		return false
	}
	t.Manager.leave(t.Manager.hide)
	return true
}

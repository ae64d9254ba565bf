// Package targets is where saved targets and environments are made and changed, and
// where curl commands come in and go out.
package targets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
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

// Config is what saved targets need of the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Chosen      func() string          // the saved target that the form goes to, or ""
	Address     func() string          // the remote address in the form
	ClientID    func() string          // in the form
	Selected    func() *record.Record  // the row that is selected in the log, or nil
	Use         func(name string)      // lets the form go to a saved target
	UseEmbedded func()                 // or to the embedded server
	Renamed     func(old, name string) // tells the form
	Refresh     func()
}

// Targets is saved targets and environments, and curl commands in and out.
type Targets struct {
	cfg     Config
	k       *kit.Kit
	con     *console.Console
	Manager *manager // nil until it was asked for
}

func New(cfg Config) *Targets {
	return &Targets{cfg: cfg, k: cfg.Kit, con: cfg.Console}
}

// Refresh brings the panel up to date, if it is there.
func (t *Targets) Refresh() {
	if t.Manager != nil {
		t.Manager.refresh()
	}
}

// manager is the panel in which saved targets and environments are made and
// changed. It lies over the window.
type manager struct {
	t     *Targets
	Popup *widget.PopUp

	pages        *kit.TabBar
	Targets      *keptList
	environments *keptList
	secrets      *widget.Label // says where secrets are kept if there is no keyring
	size         fyne.Size
	Form         *specForm
	environment  *environmentForm
	Make         *kit.Button
	embedded     *kit.Button // the first of all targets, which is never saved
	Asked        *newTarget  // what was asked last
	shape        string      // of the target in the form
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
	title := widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	done := kit.NewButton(theme.CancelIcon(), func() { m.leave(m.hide) })
	head := container.NewBorder(nil, nil, container.NewHBox(title, m.pages.Content), done)
	content := container.NewPadded(container.NewBorder(
		container.NewVBox(head, widget.NewSeparator()),
		m.secrets, nil, nil, m.pages.Pages))
	m.Popup = widget.NewModalPopUp(content, t.k.Win.Canvas())
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
	m.Targets.load(m.t.cfg.Chosen())
	_, _, active := m.t.con.Targets.Names()
	m.environments.load(active)
	m.refresh()
}

func (m *manager) hide() {
	m.Popup.Hide()
	m.t.cfg.Refresh()
}

// leave calls then once no unsaved change is left: at once, or after asking.
func (m *manager) leave(then func()) {
	m.Targets.leave(func() { m.environments.leave(then) })
}

// refresh follows the window's size, what is saved and where secrets go.
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

// use makes a target the one that is called, and closes the panel.
func (m *manager) use(name string) {
	m.hide()
	m.t.con.UpdateSettings(func(s *settings.Settings) { s.Target = name })
	m.t.cfg.Use(name)
}

// besides lays a list of a fixed width beside what it leads to.
func besides(list, page fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewBorderLayout(nil, nil, list, nil), list, page)
}

// KeepAddress saves the address that is typed under Remote as a target.
func (t *Targets) KeepAddress() {
	if t.k.Asking() {
		return
	}
	spec, err := endpoint.FromBase(t.cfg.Address())
	if err != nil {
		dialog.ShowInformation(t.k.T("menu.keep_address"), t.k.T("why.bad_address"), t.k.Win)
		return
	}
	t.Manage()
	t.Manager.add(spec)
}

// TargetFromCurl asks for a curl command and saves it as a target.
func (t *Targets) TargetFromCurl() {
	if t.k.Asking() {
		return
	}
	t.AskCurl(func(spec endpoint.Spec) {
		t.Manage()
		t.Manager.add(spec)
	})
}

// Leave leaves the dialog of targets, if it is the one on top, and reports
// whether it was. It asks what to do with changes.
func (t *Targets) Leave() bool {
	if t.Manager == nil || !t.Manager.Popup.Visible() || len(t.k.Win.Canvas().Overlays().List()) != 1 {
		return false
	}
	t.Manager.leave(t.Manager.hide)
	return true
}

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/target"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// manager is the panel in which saved targets and environments are made and
// changed. It lies over the window.
type manager struct {
	w     *window
	popup *widget.PopUp

	pages        *kit.TabBar
	targets      *keptList
	environments *keptList
	secrets      *widget.Label // says where secrets are kept if there is no keyring
	size         fyne.Size
	form         *specForm
	environment  *environmentForm
	make         *kit.Button
	embedded     *kit.Button // the first of all targets, which is never saved
	asked        *newTarget  // what was asked last
	shape        string      // of the target in the form
}

// manage opens the panel, or closes it if it is open.
func (w *window) manage() {
	if w.manager != nil && w.manager.popup.Visible() {
		w.manager.leave(w.manager.hide)
		return
	}
	if w.k.Asking() {
		return
	}
	if w.manager == nil {
		w.manager = newManager(w)
	}
	w.manager.show()
}

func newManager(w *window) *manager {
	m := &manager{w: w}
	m.targets = newTargetList(w, m)
	m.environments = newEnvironmentList(w, m)
	m.secrets = widget.NewLabel("")
	m.secrets.Wrapping = fyne.TextWrapWord
	m.pages = kit.NewTabBar(func() { m.refresh() }, m.targets.content, m.environments.content)
	title := widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	done := kit.NewButton(theme.CancelIcon(), func() { m.leave(m.hide) })
	head := container.NewBorder(nil, nil, container.NewHBox(title, m.pages.Content), done)
	content := container.NewPadded(container.NewBorder(
		container.NewVBox(head, widget.NewSeparator()),
		m.secrets, nil, nil, m.pages.Pages))
	m.popup = widget.NewModalPopUp(content, w.k.Win.Canvas())
	m.popup.Hide()
	w.k.Text(func() {
		T := w.k.T
		title.SetText(T("manager.title"))
		m.pages.Buttons[0].SetText(T("manager.targets"))
		m.pages.Buttons[1].SetText(T("manager.environments"))
		done.SetText(T("manager.close"))
		m.refresh()
	})
	return m
}

func (m *manager) show() {
	m.popup.Show()
	m.targets.load(m.w.target.saved.name())
	_, _, active := m.w.con.TargetNames()
	m.environments.load(active)
	m.refresh()
}

func (m *manager) hide() {
	m.popup.Hide()
	m.w.refresh()
}

// leave calls then once no unsaved change is left: at once, or after asking.
func (m *manager) leave(then func()) {
	m.targets.leave(func() { m.environments.leave(then) })
}

// refresh follows the window's size, what is saved and where secrets go.
func (m *manager) refresh() {
	if m.popup == nil || !m.popup.Visible() {
		return
	}
	if size := m.w.k.Win.Canvas().Size(); size != m.size {
		m.size = size
		m.popup.Resize(fyne.NewSize(min(1000, size.Width*0.96), min(760, size.Height*0.96)))
	}
	m.targets.refresh()
	m.environments.refresh()
	text := ""
	if path, why := m.w.con.SecretsFile(); path != "" {
		text = m.w.k.T("manager.secrets_file", "Why", wording.Of(m.w.k.Texts).NoKeyring(why), "Path", path)
	}
	if m.secrets.Text != text {
		m.secrets.SetText(text)
	}
	kit.SetVisible(m.secrets, text != "")
}

// use makes a target the one that is called, and closes the panel.
func (m *manager) use(name string) {
	m.hide()
	m.w.con.UpdateSettings(func(s *console.Settings) { s.Target = name })
	m.w.target.saved.choose(name)
	m.w.target.setSide(sideSaved)
	m.w.refresh()
	m.w.k.Win.Canvas().Focus(m.w.form.subscribe)
}

// besides lays a list of a fixed width beside what it leads to.
func besides(list, page fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewBorderLayout(nil, nil, list, nil), list, page)
}

// keepAddress saves the address that is typed under Remote as a target.
func (w *window) keepAddress() {
	if w.k.Asking() {
		return
	}
	parsed, err := target.Parse(w.target.url.Text)
	if err == nil {
		var spec target.Spec
		if spec, err = target.FromTarget(parsed); err == nil {
			w.manage()
			w.manager.add(spec)
			return
		}
	}
	dialog.ShowInformation(w.k.T("menu.keep_address"), w.k.T("why.bad_address"), w.k.Win)
}

// targetFromCurl asks for a curl command and saves it as a target.
func (w *window) targetFromCurl() {
	if w.k.Asking() {
		return
	}
	w.askCurl(func(spec target.Spec) {
		w.manage()
		w.manager.add(spec)
	})
}

// leave leaves the dialog of targets, if it is the one on top, and reports
// whether it was. It asks what to do with changes.
func (w *window) leave() bool {
	if w.manager == nil || !w.manager.popup.Visible() || len(w.k.Win.Canvas().Overlays().List()) != 1 {
		return false
	}
	w.manager.leave(w.manager.hide)
	return true
}

package lab

import (
	"net/url"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/mask"
	"sseconsole/server/hub"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
)

// Settings is the section that sets how the embedded server delivers, and lists the
// URLs of its page, sessions and metrics.
type Settings struct {
	k       *kit.Kit
	con     *console.Console
	content fyne.CanvasObject

	mode, policy                   *widget.Select
	idBlock                        *widget.Check
	modeWhy, policyWhy, idBlockWhy *widget.Label
	setting                        bool // the choices are being filled in, not made by the user

	urls  []*widget.Label // in the order of LabURLs
	wrong *widget.Label   // why the browser could not be opened
	shown embedded.Lab
}

// say shows err, why the browser could not be opened; nil hides the line.
func (s *Settings) say(err error) {
	kit.SetVisible(s.wrong, err != nil)
	if err != nil {
		s.wrong.SetText(s.k.T("settings.no_browser", "Detail", mask.Error(err).Error())) // it may contain the token
	}
}

func newSettings(k *kit.Kit, con *console.Console) *Settings {
	s := &Settings{k: k, con: con}
	s.modeWhy, s.policyWhy, s.idBlockWhy = widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")
	for _, why := range []*widget.Label{s.modeWhy, s.policyWhy, s.idBlockWhy} {
		why.Wrapping = fyne.TextWrapWord
	}
	s.mode = widget.NewSelect(nil, func(string) {
		if !s.setting {
			con.Embedded.SetMode(hub.Modes()[s.mode.SelectedIndex()])
		}
		s.explain()
	})
	s.policy = widget.NewSelect(nil, func(string) {
		if !s.setting {
			con.Embedded.SetPolicy(hub.Policies()[s.policy.SelectedIndex()])
		}
		s.explain()
	})
	s.idBlock = widget.NewCheck("", func(on bool) {
		if !s.setting {
			con.Embedded.SetIDBlock(on)
		}
	})
	modeLabel, policyLabel := widget.NewLabel(""), widget.NewLabel("")
	boxes := container.NewVBox(
		container.New(layout.NewFormLayout(),
			modeLabel, s.mode, kit.NewGap(0), s.modeWhy,
			policyLabel, s.policy, kit.NewGap(0), s.policyWhy,
			kit.NewGap(0), s.idBlock, kit.NewGap(0), s.idBlockWhy),
		widget.NewSeparator())
	var copies []*kit.Button
	browse := kit.NewButton(theme.ComputerIcon(), func() {
		if page, err := url.Parse(LabURLs(s.shown.URL)[0]); err == nil {
			s.say(k.App.OpenURL(page))
		}
	})
	for i := range LabURLs("") {
		address := widget.NewLabel("")
		address.Truncation = fyne.TextTruncateEllipsis
		s.urls = append(s.urls, address)
		copies = append(copies, kit.NewButton(theme.ContentCopyIcon(), func() { k.Copy(LabURLs(s.shown.URL)[i], k.T("toast.copied_url")) }))
		right := container.NewHBox(copies[i])
		if i == 0 {
			right.Objects = []fyne.CanvasObject{browse, copies[i]}
		}
		boxes.Add(kit.Border(nil, nil, nil, right, address))
	}
	s.wrong = widget.NewLabel("")
	s.wrong.Importance = widget.WarningImportance
	s.wrong.Hide()
	boxes.Add(s.wrong)
	s.content = section(boxes)
	k.Text(func() {
		T := k.T
		modeLabel.SetText(T("settings.mode"))
		policyLabel.SetText(T("settings.policy"))
		s.idBlock.SetText(T("settings.id_block"))
		s.idBlockWhy.SetText(T("settings.id_block.why"))
		for _, b := range copies {
			b.SetText(T("server.copy_url"))
		}
		browse.SetText(T("settings.browse"))
		s.mode.Options, s.policy.Options = nil, nil
		for _, m := range hub.Modes() {
			s.mode.Options = append(s.mode.Options, T("mode."+string(m)))
		}
		for _, p := range hub.Policies() {
			s.policy.Options = append(s.policy.Options, T("policy."+string(p)))
		}
		s.show(con.Embedded.Lab())
	})
	return s
}

// show shows how the server delivers, and its URLs.
func (s *Settings) show(lab embedded.Lab) {
	s.shown = lab
	s.setting = true
	s.mode.SetSelectedIndex(slices.Index(hub.Modes(), lab.Mode))
	s.policy.SetSelectedIndex(slices.Index(hub.Policies(), lab.Policy))
	s.idBlock.SetChecked(lab.IDBlock)
	s.setting = false
	s.explain()
	for i, u := range LabURLs(lab.URL) {
		if s.urls[i].Text != u {
			s.urls[i].SetText(u)
		}
	}
}

// explain describes the chosen mode and policy.
func (s *Settings) explain() {
	set := func(l *widget.Label, key string) {
		if text := s.k.T(key + ".why"); l.Text != text {
			l.SetText(text)
		}
	}
	set(s.modeWhy, "mode."+string(hub.Modes()[max(0, s.mode.SelectedIndex())]))
	set(s.policyWhy, "policy."+string(hub.Policies()[max(0, s.policy.SelectedIndex())]))
}

// LabURLs returns the URLs of the server's page, sessions and metrics, with the token
// of base.
func LabURLs(base string) []string {
	u, err := url.Parse(base)
	if err != nil || base == "" {
		return []string{"", "", ""}
	}
	page := *u
	page.Path = "/"
	return []string{page.String(), u.JoinPath("sessions").String(), u.JoinPath("metrics").String()}
}

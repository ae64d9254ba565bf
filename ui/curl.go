package ui

import (
	"errors"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/client/target"
	"sseconsole/client/target/curl"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// curlForm asks for a curl command that becomes a target.
type curlForm struct {
	w    *window
	ask  *dialog.CustomDialog
	text *kit.ContentField
	says *widget.Label // what it becomes and what of it does not, or what is wrong
	ok   *kit.Button
}

// askCurl asks for a curl command and passes its target on.
func (w *window) askCurl(take func(target.Spec)) *curlForm {
	T := w.k.T
	c := &curlForm{w: w, says: widget.NewLabel("")}
	c.text = kit.NewContentField(w.k, func(string) {
		c.says.Importance = widget.DangerImportance
		c.says.SetText(T("curl.too_long", "Size", w.k.Texts.Size(kit.LargeContent)))
	})
	c.text.SetMinRowsVisible(6)
	c.text.SetPlaceHolder("curl -N -H 'Authorization: Bearer …' https://host/stream")
	c.text.OnChanged = func(string) { c.check() }
	c.says.Wrapping = fyne.TextWrapWord
	c.ok = kit.NewButton(nil, func() {
		if spec, _, err := c.spec(); err == nil {
			c.ask.Hide()
			take(spec)
		}
	})
	c.ok.SetText(T("manager.make"))
	c.ok.Importance = widget.HighImportance
	cancel := kit.NewButton(nil, func() { c.ask.Hide() })
	cancel.SetText(T("fyne.Cancel"))
	says := container.NewVScroll(c.says)
	says.SetMinSize(fyne.NewSize(0, 96))
	c.ask = dialog.NewCustomWithoutButtons(T("curl.title"), container.NewBorder(nil, says, nil, nil, c.text), w.k.Win)
	c.ask.SetButtons([]fyne.CanvasObject{cancel, c.ok})
	c.check()
	c.ask.Resize(w.k.DialogSize())
	c.ask.Show()
	w.k.Win.Canvas().Focus(c.text)
	return c
}

// spec reads the command. The target is named after the host and the path.
func (c *curlForm) spec() (target.Spec, curl.Command, error) {
	command, err := curl.Parse(c.text.Text)
	if err != nil {
		return target.Spec{}, command, err
	}
	name := command.Request.URL
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Host
	}
	spec := command.Spec(target.Mask(name))
	for _, p := range spec.Check() {
		if !p.Warning() {
			return spec, command, target.Problems{p}
		}
	}
	return spec, command, nil
}

// check says what the command becomes.
func (c *curlForm) check() {
	w, T := c.w, c.w.k.T
	_, command, err := c.spec()
	kit.SetEnabled(c.ok, err == nil)
	c.says.Importance = widget.MediumImportance
	var text string
	var wrong *curl.Error
	switch {
	case strings.TrimSpace(c.text.Text) == "":
		text = T("curl.hint")
	case errors.As(err, &wrong):
		c.says.Importance = widget.DangerImportance
		text = strings.TrimSpace(T("curl.error."+string(wrong.Code), "Flag", wrong.Flag, "Detail", wrong.Detail))
	case err != nil:
		c.says.Importance = widget.DangerImportance
		text = wording.Of(w.k.Texts).TargetError(err)
	default:
		lines := []string{T("curl.becomes", "Method", command.Request.Verb(), "URL", target.Mask(command.Request.URL), "N", len(command.Request.Header))}
		if len(command.Variables) > 0 {
			lines = append(lines, T("curl.variables", "Names", strings.Join(command.Variables, ", ")))
		}
		for _, n := range command.Notes {
			c.says.Importance = widget.WarningImportance
			lines = append(lines, "⚠ "+strings.TrimSpace(n.Flag+" "+n.Value)+": "+T("curl.note."+string(n.Code)))
		}
		text = strings.Join(lines, "\n")
	}
	c.says.SetText(w.k.ShownText(text))
}

// copyCurl copies the request of the selected row as a curl command: what was
// sent, with its secrets masked, or what its target would send now, with them.
func (w *window) copyCurl(secrets bool) {
	if w.k.Asking() {
		return
	}
	T, r := w.k.T, w.log.selected()
	tell := func(text string) { dialog.ShowInformation(T("curl.copy"), text, w.k.Win) }
	if r == nil || !isRequest(r) {
		tell(T("curl.no_request"))
		return
	}
	command, left, err := w.con.Curl(r, secrets)
	switch {
	case err != nil && !secrets:
		tell(wording.Of(w.k.Texts).TargetError(err))
		return
	case err != nil:
		tell(T("curl.no_secrets"))
		return
	}
	w.k.App.Clipboard().SetContent(command)
	if len(left) > 0 {
		tell(T("curl.left", "Names", strings.Join(left, ", ")))
	}
}

// rowMenu offers what can be copied of the selected row.
func (w *window) rowMenu(at fyne.Position) {
	T, r := w.k.T, w.log.selected()
	if r == nil {
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(T("menu.copy_row"), w.details.copy)}
	if isRequest(r) {
		items = append(items,
			fyne.NewMenuItem(T("menu.copy_curl"), func() { w.copyCurl(false) }),
			fyne.NewMenuItem(T("menu.copy_curl_secrets"), func() { w.copyCurl(true) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.k.Win.Canvas(), at)
}

func isRequest(r *record.Record) bool {
	return r.Kind == record.Subscribe || r.Kind == record.Send || r.Kind == record.Close
}

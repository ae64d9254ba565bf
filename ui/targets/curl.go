package targets

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/curl"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// curlForm is a dialog that asks for a curl command to create a target from.
type curlForm struct {
	t    *Targets
	ask  *kit.Dialog
	Text *kit.ContentField
	Says *widget.Label // the resulting request and the ignored flags, or an error
	Ok   *kit.Button
}

// AskCurl asks for a curl command and calls accept with the target created from it.
func (t *Targets) AskCurl(accept func(endpoint.Spec)) *curlForm {
	T := t.k.T
	c := &curlForm{t: t, Says: widget.NewLabel("")}
	c.Text = kit.NewContentField(t.k, func(string) {
		c.Says.Importance = widget.DangerImportance
		c.Says.SetText(T("curl.too_long", "Size", t.k.Texts.Size(kit.LargeContent)))
	})
	c.Text.SetMinRowsVisible(6)
	c.Text.SetPlaceHolder("curl -N -H 'Authorization: Bearer …' https://host/stream")
	c.Text.OnChanged = func(string) { c.check() }
	c.Says.Wrapping = fyne.TextWrapWord
	says := container.NewVScroll(c.Says)
	says.SetMinSize(fyne.NewSize(0, 96))
	c.ask = t.k.NewDialog(T("curl.title"), kit.Border(nil, says, nil, nil, c.Text), t.k.DialogSize().Width)
	c.ask.Cancel()
	c.Ok = c.ask.Agree(T("manager.make"), func() {
		if spec, _, err := c.spec(); err == nil {
			c.ask.Hide()
			accept(spec)
		}
	})
	c.check()
	c.ask.ShowOfHeight(t.k.DialogSize().Height, c.Text)
	return c
}

// spec parses the command. The target is named after the host, or the whole URL if it
// has none.
func (c *curlForm) spec() (endpoint.Spec, curl.Command, error) {
	command, err := curl.Parse(c.Text.Text)
	if err != nil {
		return endpoint.Spec{}, command, err
	}
	name := command.Request.URL
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Host
	}
	spec := command.Spec(endpoint.Mask(name))
	for _, p := range spec.Check() {
		if !p.Warning() {
			return spec, command, endpoint.Problems{p}
		}
	}
	return spec, command, nil
}

// check shows what the command becomes, or what is wrong with it.
func (c *curlForm) check() {
	t, T := c.t, c.t.k.T
	_, command, err := c.spec()
	kit.SetEnabled(c.Ok, err == nil)
	c.Says.Importance = widget.MediumImportance
	var text string
	switch {
	case strings.TrimSpace(c.Text.Text) == "":
		text = T("curl.hint")
	case err != nil:
		c.Says.Importance = widget.DangerImportance
		text = wording.Of(t.k.Texts).CurlError(err)
	default:
		lines := []string{T("curl.becomes", "Method", command.Request.Verb(), "URL", endpoint.Mask(command.Request.URL), "N", len(command.Request.Header))}
		if len(command.Variables) > 0 {
			lines = append(lines, T("curl.variables", "Names", wording.Of(t.k.Texts).List(command.Variables...)))
		}
		for _, n := range command.Notes {
			c.Says.Importance = widget.WarningImportance
			lines = append(lines, "⚠ "+wording.Of(t.k.Texts).Labelled(strings.TrimSpace(n.Flag+" "+n.Value), T("curl.note."+string(n.Code))))
		}
		text = strings.Join(lines, "\n")
	}
	c.Says.SetText(t.k.ShownText(text))
}

// CopyCurl copies the request of the selected row as a curl command. Without secrets
// it is the request as sent, with secrets masked; with secrets it is the request that
// its target would send now.
func (t *Targets) CopyCurl(secrets bool) {
	if t.k.Asking() {
		return
	}
	T, r := t.k.T, t.cfg.Selected()
	tell := func(text string) { t.k.Inform(T("curl.copy"), text) }
	if r == nil || !r.IsRequest() {
		tell(T("curl.no_request"))
		return
	}
	command, left, err := t.con.Targets.Curl(r, secrets)
	switch {
	case err != nil && !secrets:
		tell(wording.Of(t.k.Texts).TargetError(err))
		return
	case err != nil:
		tell(T("curl.no_secrets"))
		return
	}
	said := T("toast.copied_curl")
	if secrets {
		said = T("toast.copied_curl_secrets")
	}
	t.k.Copy(command, said)
	if len(left) > 0 {
		tell(T("curl.left", "Names", wording.Of(t.k.Texts).List(left...)))
	}
}

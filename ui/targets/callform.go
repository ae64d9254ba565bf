package targets

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
)

// callForm edits one call of a target.
type callForm struct {
	has *widget.Check // nil for Subscribe, which every target has
	URL *kit.Field
}

// newCallForm adds the fields of a call to f's page.
func newCallForm(f *fields[endpoint.Spec], name string) *callForm {
	c := &callForm{}
	var hides []func(bool)
	hide := func(h func(bool)) { hides = append(hides, h) }
	call := func(t *endpoint.Spec) *endpoint.Call { return t.Call(name) }
	at := func(get func(*endpoint.Call) *string) func(*endpoint.Spec) *string {
		return func(t *endpoint.Spec) *string {
			if c := call(t); c != nil {
				return get(c)
			}
			return nil
		}
	}
	paramsAt := func(get func(*endpoint.Call) *[]endpoint.Param) func(*endpoint.Spec) *[]endpoint.Param {
		return func(t *endpoint.Spec) *[]endpoint.Param {
			if c := call(t); c != nil {
				return get(c)
			}
			return nil
		}
	}
	if name != endpoint.Subscribe {
		c.has = hasCall(f, name)
	}
	method, h := f.value(name+".method", "spec.method", at(func(c *endpoint.Call) *string { return &c.Method }))
	hide(h)
	c.URL, h = f.value(name+".url", "spec.url", at(func(c *endpoint.Call) *string { return &c.URL }))
	hide(h)
	c.URL.SetPlaceHolder("https://host/path/{clientId}")
	_, h = f.params(name+".query", "spec.query", paramLines, paramsAt(func(c *endpoint.Call) *[]endpoint.Param { return &c.Query }))
	hide(h)
	_, h = f.params(name+".header", "spec.header", headerLines, paramsAt(func(c *endpoint.Call) *[]endpoint.Param { return &c.Header }))
	hide(h)

	bodyFields(f, name, hide)
	if name != endpoint.Subscribe {
		responseFields(f, name, at, hide)
	}
	authFields(f, name+".auth", true, func(t *endpoint.Spec) **endpoint.Auth {
		if c := call(t); c != nil {
			return &c.Auth
		}
		return nil
	})
	f.shape = append(f.shape, func(t *endpoint.Spec) {
		for _, h := range hides {
			h(call(t) == nil)
		}
	})
	f.k.Text(func() { method.SetPlaceHolder(f.k.T("spec.method_hint")) })
	return c
}

// bodyFields adds the fields of a call's body. It passes hide functions that hide
// fields if the target does not have the call.
func bodyFields(f *fields[endpoint.Spec], name string, hide func(func(bool))) {
	body := func(t *endpoint.Spec) *endpoint.Body {
		if c := t.Call(name); c != nil {
			return c.Body
		}
		return nil
	}
	word := func(kind string) string {
		if kind == "" {
			kind = "none"
		}
		return f.k.T("body." + kind)
	}
	kind := func(t *endpoint.Spec) string {
		if b := body(t); b != nil {
			return b.Kind
		}
		return ""
	}
	_, h := f.choice(name+".body.kind", "spec.body", []string{"", endpoint.BodyJSON, endpoint.BodyForm, endpoint.BodyText}, word, kind, func(t *endpoint.Spec, kind string) {
		if c := t.Call(name); c != nil && kind != "" {
			c.Body = &endpoint.Body{Kind: kind}
		}
	})
	hide(h)
	_, hideText := f.lines(name+".body.text", "spec.body_text", 5, func(t *endpoint.Spec) *string {
		if b := body(t); b != nil && b.Kind != endpoint.BodyForm {
			return &b.Text
		}
		return nil
	})
	_, hideForm := f.params(name+".body.form", "spec.body_form", paramLines, func(t *endpoint.Spec) *[]endpoint.Param {
		if b := body(t); b != nil && b.Kind == endpoint.BodyForm {
			return &b.Form
		}
		return nil
	})
	f.shape = append(f.shape, func(t *endpoint.Spec) {
		k := kind(t)
		hideText(k == "" || k == endpoint.BodyForm)
		hideForm(k != endpoint.BodyForm)
	})
}

// responseFields adds the fields of what is expected of a call's response.
func responseFields(f *fields[endpoint.Spec], name string, at func(func(*endpoint.Call) *string) func(*endpoint.Spec) *string, hide func(func(bool))) {
	status, h := f.value(name+".expect.status", "spec.expect_status", at(func(c *endpoint.Call) *string { return &c.Expect.Status }))
	hide(h)
	status.SetPlaceHolder("2xx")
	jq, h := f.value(name+".expect.jq", "spec.expect_jq", at(func(c *endpoint.Call) *string { return &c.Expect.JQ }))
	hide(h)
	jq.SetPlaceHolder(".code == 200")
	_, h = f.check(name+".long_as_form", "spec.long_as_form", func(t *endpoint.Spec) *bool {
		if c := t.Call(name); c != nil {
			return &c.LongAsForm
		}
		return nil
	})
	hide(h)
}

// hasCall adds the check box that says whether a target has a call.
func hasCall(f *fields[endpoint.Spec], name string) *widget.Check {
	key := map[string]string{endpoint.Send: "spec.has_send", endpoint.Close: "spec.has_close"}[name]
	c := widget.NewCheck("", func(bool) { f.changed() })
	f.k.Text(func() { c.SetText(f.k.T(key)) })
	f.bind(func(t *endpoint.Spec) { c.SetChecked(t.Call(name) != nil) }, func(t *endpoint.Spec) *endpoint.Problem {
		switch {
		case !c.Checked:
		case name == endpoint.Send:
			t.Send = &endpoint.Call{}
		default:
			t.Close = &endpoint.Call{}
		}
		return nil
	})
	f.row(name, "", c)
	return c
}

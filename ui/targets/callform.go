package targets

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/target"
	"sseconsole/ui/kit"
)

// callForm edits one call of a target.
type callForm struct {
	has *widget.Check // nil for the call that every target has
	Url *kit.Field
}

// newCallForm adds the fields of a call to f's page.
func newCallForm(f *fields[target.Spec], name string) *callForm {
	c := &callForm{}
	var hides []func(bool)
	hide := func(h func(bool)) { hides = append(hides, h) }
	call := func(t *target.Spec) *target.Call { return t.Call(name) }
	at := func(get func(*target.Call) *string) func(*target.Spec) *string {
		return func(t *target.Spec) *string {
			if c := call(t); c != nil {
				return get(c)
			}
			return nil
		}
	}
	paramsAt := func(get func(*target.Call) *[]target.Param) func(*target.Spec) *[]target.Param {
		return func(t *target.Spec) *[]target.Param {
			if c := call(t); c != nil {
				return get(c)
			}
			return nil
		}
	}
	if name != target.Subscribe {
		c.has = hasCall(f, name)
	}
	method, h := f.value(name+".method", "spec.method", at(func(c *target.Call) *string { return &c.Method }))
	hide(h)
	c.Url, h = f.value(name+".url", "spec.url", at(func(c *target.Call) *string { return &c.URL }))
	hide(h)
	c.Url.SetPlaceHolder("https://host/path/{clientId}")
	_, h = f.params(name+".query", "spec.query", paramLines, paramsAt(func(c *target.Call) *[]target.Param { return &c.Query }))
	hide(h)
	_, h = f.params(name+".header", "spec.header", headerLines, paramsAt(func(c *target.Call) *[]target.Param { return &c.Header }))
	hide(h)

	body := func(t *target.Spec) *target.Body {
		if c := call(t); c != nil {
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
	kind := func(t *target.Spec) string {
		if b := body(t); b != nil {
			return b.Kind
		}
		return ""
	}
	_, h = f.choice(name+".body.kind", "spec.body", []string{"", target.BodyJSON, target.BodyForm, target.BodyText}, word, kind, func(t *target.Spec, kind string) {
		if c := call(t); c != nil && kind != "" {
			c.Body = &target.Body{Kind: kind}
		}
	})
	hide(h)
	_, hideText := f.lines(name+".body.text", "spec.body_text", 5, func(t *target.Spec) *string {
		if b := body(t); b != nil && b.Kind != target.BodyForm {
			return &b.Text
		}
		return nil
	})
	_, hideForm := f.params(name+".body.form", "spec.body_form", paramLines, func(t *target.Spec) *[]target.Param {
		if b := body(t); b != nil && b.Kind == target.BodyForm {
			return &b.Form
		}
		return nil
	})
	if name != target.Subscribe {
		status, h := f.value(name+".expect.status", "spec.expect_status", at(func(c *target.Call) *string { return &c.Expect.Status }))
		hide(h)
		status.SetPlaceHolder("2xx")
		jq, h := f.value(name+".expect.jq", "spec.expect_jq", at(func(c *target.Call) *string { return &c.Expect.JQ }))
		hide(h)
		jq.SetPlaceHolder(".code == 200")
		_, h = f.check(name+".long_as_form", "spec.long_as_form", func(t *target.Spec) *bool {
			if c := call(t); c != nil {
				return &c.LongAsForm
			}
			return nil
		})
		hide(h)
	}
	authFields(f, name+".auth", true, func(t *target.Spec) **target.Auth {
		if c := call(t); c != nil {
			return &c.Auth
		}
		return nil
	})
	f.shape = append(f.shape, func(t *target.Spec) {
		for _, h := range hides {
			h(call(t) == nil)
		}
		k := kind(t)
		hideText(k == "" || k == target.BodyForm)
		hideForm(k != target.BodyForm)
	})
	f.k.Text(func() { method.SetPlaceHolder(f.k.T("spec.method_hint")) })
	return c
}

// hasCall adds the check box that says whether a target has a call.
func hasCall(f *fields[target.Spec], name string) *widget.Check {
	key := map[string]string{target.Send: "spec.has_send", target.Close: "spec.has_close"}[name]
	c := widget.NewCheck("", func(bool) { f.changed() })
	f.k.Text(func() { c.SetText(f.k.T(key)) })
	f.bind(func(t *target.Spec) { c.SetChecked(t.Call(name) != nil) }, func(t *target.Spec) *target.Problem {
		switch {
		case !c.Checked:
		case name == target.Send:
			t.Send = &target.Call{}
		default:
			t.Close = &target.Call{}
		}
		return nil
	})
	f.row(name, "", c)
	return c
}

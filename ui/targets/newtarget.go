package targets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// newTarget is a dialog that asks for the shape and the address of a new target.
type newTarget struct {
	t       *Targets
	ask     *kit.Dialog
	Shape   *widget.Select
	address *kit.Field
	why     *widget.Label // describes the shape
	Wrong   *widget.Label // what is wrong, or the URL that Subscribe will request
	Ok      *kit.Button
}

// askTarget asks for a new target and calls accept with it.
func (t *Targets) askTarget(accept func(endpoint.Spec)) *newTarget {
	T, shapes := t.k.T, endpoint.Shapes()
	n := &newTarget{t: t, address: kit.NewField(t.k), why: widget.NewLabel(""), Wrong: widget.NewLabel("")}
	n.why.Wrapping, n.Wrong.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	var names []string
	for _, s := range shapes {
		names = append(names, T("shape."+s.ID))
	}
	n.Shape = widget.NewSelect(names, func(string) { n.check() })
	fields := container.New(layout.NewFormLayout(),
		widget.NewLabel(T("manager.shape")), n.Shape, widget.NewLabel(""), n.why,
		widget.NewLabel(T("manager.address")), n.address, widget.NewLabel(""), n.Wrong)
	n.ask = t.k.NewDialog(T("manager.new_title"), fields, 620)
	n.ask.Cancel()
	n.Ok = n.ask.Agree(T("manager.make"), func() {
		if spec, err := n.spec(); err == nil {
			n.ask.Hide()
			accept(spec)
		}
	})
	n.address.OnChanged = func(string) { n.check() }
	n.address.OnSubmitted = func(string) { n.Ok.OnTapped() }
	n.Shape.SetSelectedIndex(0)
	n.ask.Show(n.address)
	return n
}

func (n *newTarget) chosen() endpoint.Shape {
	return endpoint.Shapes()[max(0, n.Shape.SelectedIndex())]
}

func (n *newTarget) spec() (endpoint.Spec, error) { return endpoint.New(n.chosen().ID, n.address.Text) }

// check describes the shape, and shows what is wrong with the address.
func (n *newTarget) check() {
	shape := n.chosen()
	n.address.SetPlaceHolder(shape.Example)
	n.why.SetText(n.t.k.T("shape." + shape.ID + ".why"))
	spec, err := n.spec()
	kit.SetEnabled(n.Ok, err == nil)
	text := ""
	n.Wrong.Importance = widget.DangerImportance
	switch {
	case n.address.Text == "":
		text, n.Wrong.Importance = n.t.k.T("manager.address_hint", "Example", shape.Example), widget.MediumImportance
	case err != nil:
		text = wording.Of(n.t.k.Texts).TargetError(err)
	default:
		n.Wrong.Importance = widget.MediumImportance
		if r, err := spec.Request(endpoint.Subscribe, endpoint.Values{ClientID: n.t.cfg.ClientID()}); err == nil {
			text = n.t.k.T("manager.subscribes", "Method", r.Verb(), "URL", endpoint.Mask(r.URL))
		}
	}
	n.Wrong.SetText(n.t.k.ShownText(text))
}

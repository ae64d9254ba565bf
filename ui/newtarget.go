package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/target"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// newTarget asks for the kind of a new target and its address.
type newTarget struct {
	w       *window
	ask     *dialog.CustomDialog
	shape   *widget.Select
	address *kit.Field
	why     *widget.Label
	wrong   *widget.Label // or what Subscribe will call
	ok      *kit.Button
}

// askTarget asks what a new target is to be like, and passes it on.
func (w *window) askTarget(take func(target.Spec)) *newTarget {
	T, shapes := w.k.T, target.Shapes()
	n := &newTarget{w: w, address: kit.NewField(w.k), why: widget.NewLabel(""), wrong: widget.NewLabel("")}
	n.why.Wrapping, n.wrong.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	var names []string
	for _, s := range shapes {
		names = append(names, T("shape."+s.ID))
	}
	n.shape = widget.NewSelect(names, func(string) { n.check() })
	n.ok = kit.NewButton(nil, func() {
		if spec, err := n.spec(); err == nil {
			n.ask.Hide()
			take(spec)
		}
	})
	n.ok.SetText(T("manager.make"))
	n.ok.Importance = widget.HighImportance
	cancel := kit.NewButton(nil, func() { n.ask.Hide() })
	cancel.SetText(T("fyne.Cancel"))
	n.address.OnChanged = func(string) { n.check() }
	n.address.OnSubmitted = func(string) { n.ok.OnTapped() }
	fields := container.New(layout.NewFormLayout(),
		widget.NewLabel(T("manager.shape")), n.shape, widget.NewLabel(""), n.why,
		widget.NewLabel(T("manager.address")), n.address, widget.NewLabel(""), n.wrong)
	n.ask = dialog.NewCustomWithoutButtons(T("manager.new_title"), fields, w.k.Win)
	n.ask.SetButtons([]fyne.CanvasObject{cancel, n.ok})
	n.shape.SetSelectedIndex(0)
	n.ask.Resize(fyne.NewSize(min(620, w.k.DialogSize().Width), 0))
	n.ask.Show()
	w.k.Win.Canvas().Focus(n.address)
	return n
}

func (n *newTarget) chosen() target.Shape {
	return target.Shapes()[max(0, n.shape.SelectedIndex())]
}

func (n *newTarget) spec() (target.Spec, error) { return target.New(n.chosen().ID, n.address.Text) }

// check tells what the kind is, and what is wrong with the address.
func (n *newTarget) check() {
	shape := n.chosen()
	n.address.SetPlaceHolder(shape.Example)
	n.why.SetText(n.w.k.T("shape." + shape.ID + ".why"))
	spec, err := n.spec()
	kit.SetEnabled(n.ok, err == nil)
	text := ""
	n.wrong.Importance = widget.DangerImportance
	switch {
	case n.address.Text == "":
		text, n.wrong.Importance = n.w.k.T("manager.address_hint", "Example", shape.Example), widget.MediumImportance
	case err != nil:
		text = wording.Of(n.w.k.Texts).TargetError(err)
	default:
		n.wrong.Importance = widget.MediumImportance
		if r, err := spec.Request(target.Subscribe, target.Values{ClientID: n.w.form.clientID.Text}); err == nil {
			text = n.w.k.T("manager.subscribes", "Method", r.Verb(), "URL", target.Mask(r.URL))
		}
	}
	n.wrong.SetText(n.w.k.ShownText(text))
}

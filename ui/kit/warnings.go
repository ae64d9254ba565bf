package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Warnings shows sentences until the user dismisses them: what a toast would let pass. It
// is hidden while there are none.
type Warnings struct {
	k       *Kit
	Content *fyne.Container
	list    []*warning // the newest last
	more    *widget.Label
}

// Warning says what is wrong and what to do, in the current language, and may have a
// button. The zero value of a field means that there is none.
type Warning struct {
	Text   func() (what, remedy string)
	Action func() string // the label of the button
	Run    func()
}

// warning is a Warning in the window.
type warning struct {
	Warning
	content      *fyne.Container
	what, remedy *widget.Label
	action       *Button // nil without an action
	Dismiss      *Button
}

// mostWarnings is how many warnings are shown at once: they take room from the rest.
const mostWarnings = 2

// NewWarnings returns Warnings that show none.
func NewWarnings(k *Kit) *Warnings {
	w := &Warnings{k: k, Content: container.NewVBox(), more: widget.NewLabel("")}
	w.Content.Hide()
	k.Text(func() {
		for _, one := range w.list {
			one.say(k)
		}
		w.refresh()
	})
	return w
}

// Add shows a warning. One with the same words as another takes its place.
func (w *Warnings) Add(new Warning) {
	one := newWarning(w, new)
	w.list = slices.DeleteFunc(w.list, func(other *warning) bool { return other.what.Text == one.what.Text })
	w.list = append(w.list, one)
	w.refresh()
}

// Texts returns what the warnings say, the newest last.
func (w *Warnings) Texts() (texts []string) {
	for _, one := range w.list {
		texts = append(texts, one.what.Text)
	}
	return texts
}

// Dismiss removes the newest warning, if there is one.
func (w *Warnings) Dismiss() {
	if len(w.list) > 0 {
		w.remove(w.list[len(w.list)-1])
	}
}

func (w *Warnings) remove(one *warning) {
	w.list = slices.DeleteFunc(w.list, func(other *warning) bool { return other == one })
	w.refresh()
}

func (w *Warnings) refresh() {
	w.Content.Objects = nil
	left := max(0, len(w.list)-mostWarnings)
	if left > 0 {
		w.more.SetText(w.k.T("warning.more", "N", left))
		w.Content.Objects = append(w.Content.Objects, w.more)
	}
	for _, one := range w.list[left:] {
		w.Content.Objects = append(w.Content.Objects, one.content)
	}
	SetVisible(w.Content, len(w.list) > 0)
	w.Content.Refresh()
}

func newWarning(w *Warnings, new Warning) *warning {
	one := &warning{Warning: new, what: widget.NewLabel(""), remedy: widget.NewLabel("")}
	one.what.TextStyle.Bold = true
	one.what.Importance = widget.WarningImportance
	for _, l := range []*widget.Label{one.what, one.remedy} {
		l.Wrapping = fyne.TextWrapWord
	}
	one.Dismiss = NewButton(theme.CancelIcon(), func() { w.remove(one) })
	one.Dismiss.Importance = widget.LowImportance
	right := container.NewHBox(container.NewCenter(one.Dismiss))
	if new.Run != nil {
		one.action = NewButton(nil, new.Run)
		right.Objects = slices.Insert(right.Objects, 0, fyne.CanvasObject(container.NewCenter(one.action)))
	}
	icon := widget.NewIcon(theme.NewWarningThemedResource(theme.WarningIcon()))
	one.content = container.NewVBox(widget.NewSeparator(),
		Border(nil, nil, container.NewPadded(icon), right, container.NewVBox(one.what, one.remedy)))
	one.say(w.k)
	return one
}

// say sets the texts.
func (one *warning) say(k *Kit) {
	what, remedy := one.Text()
	one.what.SetText(k.ShownText(what))
	one.remedy.SetText(k.ShownText(remedy))
	SetVisible(one.remedy, remedy != "")
	one.Dismiss.SetTip(k.T("warning.dismiss"))
	if one.action != nil {
		one.action.SetText(one.Action())
	}
}

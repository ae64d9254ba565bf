package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// FindBar searches a text view. It is hidden until the user opens it.
type FindBar struct {
	k       *Kit
	view    *widgets.TextView
	Content *fyne.Container
	Open    *Button // shows it
	Field   *findEntry
	Count   *widget.Label
	Shown   func() // is called when the bar was shown or hidden; may be nil
}

// NewFindBar returns a hidden bar that searches view. It sets OnFind and OnFound of
// view.
func NewFindBar(k *Kit, view *widgets.TextView) *FindBar {
	b := &FindBar{k: k, view: view, Field: &findEntry{}, Count: widget.NewLabel("")}
	b.Open = NewButton(theme.SearchIcon(), b.show)
	b.Field.K = k
	b.Field.ExtendBaseWidget(b.Field)
	b.Field.OnChanged = view.Find
	b.Field.OnSubmitted = func(string) { b.step(1) }
	b.Field.escape = b.hide
	b.Field.up = func() { b.step(-1) }
	b.Field.down = func() { b.step(1) }
	previous := NewButton(theme.MoveUpIcon(), func() { b.step(-1) })
	next := NewButton(theme.MoveDownIcon(), func() { b.step(1) })
	done := NewButton(theme.CancelIcon(), b.hide)
	previous.SetTipKeys("↑")
	next.SetTipKeys("↓")
	done.SetTipKeys("Esc")
	b.Content = Border(nil, nil, nil, container.NewHBox(b.Count, previous, next, done), b.Field)
	b.Content.Hide()
	view.OnFind = b.show
	view.OnFound = func(at, n int) {
		switch {
		case view.Finding() == "":
			b.Count.SetText("")
		case n == 0:
			b.Count.SetText(k.T("find.none"))
		default:
			b.Count.SetText(k.T("find.count", "At", at, "All", n))
		}
	}
	k.Text(func() {
		b.Field.SetPlaceHolder(k.T("find.hint"))
		b.Open.SetText(k.T("find.open"))
		previous.SetTip(k.T("find.previous"))
		next.SetTip(k.T("find.next"))
		done.SetTip(k.T("find.close"))
	})
	return b
}

func (b *FindBar) step(by int) { b.view.FindNext(by) }

func (b *FindBar) show() {
	b.setVisible(true)
	if text := b.view.SelectedText(); text != "" && len(text) < 200 {
		b.Field.SetText(text)
	}
	b.k.Win.Canvas().Focus(b.Field)
	b.Field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (b *FindBar) setVisible(visible bool) {
	SetVisible(b.Content, visible)
	if b.Shown != nil {
		b.Shown()
	}
}

// hide ends the search and hides the bar.
func (b *FindBar) hide() {
	b.Field.SetText("")
	b.setVisible(false)
	b.k.Win.Canvas().Focus(b.view)
}

// findEntry is a field that Escape closes, and in which Up and Down step through the
// matches.
type findEntry struct {
	Field
	escape, up, down func()
}

// TypedKey implements fyne.Focusable.
func (e *findEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.escape()
	case fyne.KeyUp:
		e.up()
	case fyne.KeyDown:
		e.down()
	default:
		e.Field.TypedKey(k)
	}
}

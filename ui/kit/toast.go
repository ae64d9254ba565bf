package kit

import (
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/wording/catalogue"
)

// Toast shows a sentence for some seconds, over the window and without taking the focus:
// the answer to something that the user did. action is the label of its button, which
// calls run; "" means no button. A toast with the same text takes the place of the
// earlier one.
func (k *Kit) Toast(text, action string, run func()) { k.toasts.add(k, time.Now(), text, action, run) }

// Copy puts a text on the clipboard. A toast says so, in the words said.
func (k *Kit) Copy(text, said string) {
	k.App.Clipboard().SetContent(text)
	k.Toast(said, "", nil)
}

// NewToastLayer returns an object that can show the toasts. It belongs on top of the
// content of the window, or of a panel that covers it, in its full size.
func NewToastLayer() *fyne.Container { return &fyne.Container{Layout: toastLayout{}} }

// ToastsIn makes layer show the toasts, from now on and those shown now. The first call
// names the layer of the window; nil means that one.
func (k *Kit) ToastsIn(layer *fyne.Container) { k.toasts.moveTo(layer) }

// Toasts returns the texts of the toasts shown, the newest last.
func (k *Kit) Toasts() (texts []string) {
	for _, t := range k.toasts.list() {
		texts = append(texts, t.label.Text)
	}
	return texts
}

// ToastsDue reports whether EndToasts(now) has something to do. Any goroutine may call it.
func (k *Kit) ToastsDue(now time.Time) bool {
	due := k.toasts.due.Load()
	return due != 0 && now.UnixNano() >= due
}

// EndToasts removes the toasts that have been shown long enough.
func (k *Kit) EndToasts(now time.Time) {
	if k.ToastsDue(now) {
		k.toasts.end(k, now)
	}
}

// Times and sizes of toasts.
const (
	toastTime   = 4 * time.Second       // for a short text
	toastRead   = 50 * time.Millisecond // more for each character
	toastAct    = 4 * time.Second       // more for a button
	toastAfter  = 2 * time.Second       // at least, after the mouse or a dialog has left
	mostToasts  = 3
	toastLength = 300 // in bytes
	toastWidth  = 36  // in multiples of the text size
	toastMargin = 12
)

// toasts are those shown now. The zero value is ready to use, and shows none.
type toasts struct {
	window *fyne.Container // the layer of the window
	shown  *fyne.Container // the layer in use; holds only toasts, oldest first
	due    atomic.Int64    // when the next toast ends, in Unix nanoseconds; 0 if none is shown
}

func (ts *toasts) moveTo(layer *fyne.Container) {
	if ts.window == nil {
		ts.window = layer
	}
	if layer == nil {
		layer = ts.window
	}
	before := ts.shown
	ts.shown = layer
	if before == nil || before == layer || len(before.Objects) == 0 {
		return
	}
	layer.Objects, before.Objects = before.Objects, nil
	layer.Refresh()
	before.Refresh()
}

func (ts *toasts) list() (list []*toast) {
	if ts.shown == nil {
		return nil
	}
	for _, o := range ts.shown.Objects {
		list = append(list, o.(*toast))
	}
	return list
}

func (ts *toasts) add(k *Kit, now time.Time, text, action string, run func()) {
	layer := ts.shown
	if layer == nil {
		return // a kit without a window, in a test
	}
	text = k.ShownText(catalogue.Shortened(text, toastLength))
	layer.Objects = slices.DeleteFunc(layer.Objects, func(o fyne.CanvasObject) bool { return o.(*toast).label.Text == text })
	if n := len(layer.Objects); n >= mostToasts {
		layer.Objects = slices.Delete(layer.Objects, 0, n-mostToasts+1)
	}
	t := newToast(k, text, action, run)
	t.until = now.Add(toastTime + toastRead*time.Duration(len([]rune(text))))
	if action != "" {
		t.until = t.until.Add(toastAct)
	}
	layer.Add(t) // lays out and draws
	ts.schedule()
}

// remove removes t if it is shown.
func (ts *toasts) remove(t *toast) {
	ts.shown.Remove(t)
	ts.schedule()
}

// end removes the toasts that are due. Those in use stay, and all below a dialog, which
// hides them.
func (ts *toasts) end(k *Kit, now time.Time) {
	below := ts.shown == ts.window && k.Asking()
	for _, t := range ts.list() {
		if t.inUse() || below {
			if later := now.Add(toastAfter); t.until.Before(later) {
				t.until = later
			}
		} else if !now.Before(t.until) {
			ts.shown.Remove(t)
		}
	}
	ts.schedule()
}

// schedule finds out when the next toast ends.
func (ts *toasts) schedule() {
	var due int64
	for _, t := range ts.list() {
		if at := t.until.UnixNano(); due == 0 || at < due {
			due = at
		}
	}
	ts.due.Store(due)
}

// toast is one sentence, with a button if there is something to do. A click on it
// removes it.
type toast struct {
	widget.BaseWidget
	k      *Kit
	label  *widget.Label
	button *toastButton // nil without an action
	back   *canvas.Rectangle
	width  float32 // what label wants in one line
	until  time.Time
	over   bool
	focus  fyne.Focusable // what had the focus before the mouse was pressed
}

func newToast(k *Kit, text, action string, run func()) *toast {
	t := &toast{k: k, label: widget.NewLabel(text), back: &canvas.Rectangle{StrokeWidth: 1}}
	t.width = t.label.MinSize().Width
	t.label.Wrapping = fyne.TextWrapWord
	t.label.Refresh()
	if action != "" {
		t.button = &toastButton{Button: Button{ring: newRing()}, t: t}
		t.button.Text = k.ShownText(action)
		t.button.OnTapped = func() {
			t.close()
			run()
		}
		t.button.ExtendBaseWidget(t.button)
	}
	t.ExtendBaseWidget(t)
	return t
}

// close removes t and gives the focus, which the mouse has taken, back.
func (t *toast) close() {
	t.k.toasts.remove(t)
	if t.focus != nil {
		t.k.Win.Canvas().Focus(t.focus)
	}
}

func (t *toast) inUse() bool {
	return t.over || t.button != nil && t.k.Win.Canvas().Focused() == t.button
}

// Tapped implements fyne.Tappable.
func (t *toast) Tapped(*fyne.PointEvent) { t.close() }

// MouseIn implements desktop.Hoverable.
func (t *toast) MouseIn(*desktop.MouseEvent) { t.over = true }

// MouseMoved implements desktop.Hoverable.
func (t *toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *toast) MouseOut() { t.over = false }

// MouseDown implements desktop.Mouseable. Fyne takes the focus away only afterwards.
func (t *toast) MouseDown(*desktop.MouseEvent) {
	if focused := t.k.Win.Canvas().Focused(); t.button == nil || focused != t.button {
		t.focus = focused
	}
}

// MouseUp implements desktop.Mouseable.
func (t *toast) MouseUp(*desktop.MouseEvent) {}

// toastButton is the button of a toast. The mouse over it is over the toast, too.
type toastButton struct {
	Button
	t *toast
}

// MouseIn implements desktop.Hoverable.
func (b *toastButton) MouseIn(e *desktop.MouseEvent) {
	b.t.over = true
	b.Button.MouseIn(e)
}

// MouseOut implements desktop.Hoverable.
func (b *toastButton) MouseOut() {
	b.t.over = false
	b.Button.MouseOut()
}

// MouseDown implements desktop.Mouseable.
func (b *toastButton) MouseDown(e *desktop.MouseEvent) { b.t.MouseDown(e) }

// MouseUp implements desktop.Mouseable.
func (b *toastButton) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer implements fyne.Widget.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	r := &toastRenderer{t}
	r.paint()
	return r
}

type toastRenderer struct{ t *toast }

func (r *toastRenderer) Destroy() {}

func (r *toastRenderer) Objects() []fyne.CanvasObject {
	if r.t.button == nil {
		return []fyne.CanvasObject{r.t.back, r.t.label}
	}
	return []fyne.CanvasObject{r.t.back, r.t.label, r.t.button}
}

func (r *toastRenderer) buttonSize() fyne.Size {
	if r.t.button == nil {
		return fyne.Size{}
	}
	return r.t.button.MinSize().AddWidthHeight(2*r.pad(), 2*r.pad())
}

func (r *toastRenderer) pad() float32 { return r.t.Theme().Size(theme.SizeNamePadding) }

// MinSize is the size at the toast's present width.
func (r *toastRenderer) MinSize() fyne.Size {
	button := r.buttonSize()
	return fyne.NewSize(button.Width+r.t.label.MinSize().Width+2*r.pad(), max(button.Height, r.t.label.MinSize().Height+2*r.pad()))
}

func (r *toastRenderer) Layout(size fyne.Size) {
	button := r.buttonSize()
	r.t.back.Resize(size)
	r.t.label.Resize(fyne.NewSize(size.Width-button.Width-2*r.pad(), 0))
	height := r.t.label.MinSize().Height // of the wrapped text
	r.t.label.Resize(fyne.NewSize(r.t.label.Size().Width, height))
	r.t.label.Move(fyne.NewPos(r.pad(), (size.Height-height)/2))
	if b := r.t.button; b != nil {
		b.Resize(b.MinSize())
		b.Move(fyne.NewPos(size.Width-button.Width+r.pad(), (size.Height-b.Size().Height)/2))
	}
}

func (r *toastRenderer) Refresh() {
	r.paint()
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

// paint sets the colours. The border sets it off from the window, whose background is
// nearly the same.
func (r *toastRenderer) paint() {
	th, variant := r.t.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.t.back.FillColor = th.Color(theme.ColorNameOverlayBackground, variant)
	r.t.back.StrokeColor = th.Color(theme.ColorNameInputBorder, variant)
	r.t.back.CornerRadius = th.Size(theme.SizeNameInputRadius)
	r.t.back.Refresh()
}

// toastLayout stacks toasts upward from the middle of the lower edge, the newest lowest.
type toastLayout struct{}

// MinSize is nothing: toasts must not make the window larger.
func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := size.Height - toastMargin
	for _, o := range slices.Backward(objects) {
		t := o.(*toast)
		wanted := t.width + t.MinSize().Width - t.label.MinSize().Width
		width := min(wanted, toastWidth*t.Theme().Size(theme.SizeNameText), size.Width-2*toastMargin)
		t.Resize(fyne.NewSize(width, t.Size().Height)) // wraps the text
		t.Resize(fyne.NewSize(width, t.MinSize().Height))
		y -= t.Size().Height
		t.Move(fyne.NewPos((size.Width-width)/2, y))
		y -= toastMargin / 2
	}
}

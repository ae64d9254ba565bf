package tabs

import (
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// Tab stands for one subscription, or for everything. A press of the mouse chooses it, a
// second one renames it, the middle button closes it, and it can be dragged.
type Tab struct {
	widget.BaseWidget
	b    *Bar
	pair console.Pair
	Sub  console.Subscription
	Name string // given by the user, or ""

	kept    bool // stays although there is no subscription yet
	leaving bool // is removed once its subscription is closed
	closing bool // that was done for the tab to leave

	Unread int64 // events that arrived while the tab was not shown
	told   int64 // the number of them that Count says
	events int64 // of the subscription, when last counted

	State  *kit.StateLabel   // the shape and the name
	Word   *canvas.Text      // the state
	Count  *canvas.Text      // unread events
	pill   *canvas.Rectangle // behind Count
	Again  *mark             // subscribes to a closed subscription
	Remove *mark             // closes the tab
	back   *canvas.Rectangle
	line   *canvas.Rectangle // at the upper edge of the chosen tab; the scroll bar is at the lower one
	edge   *canvas.Rectangle // at the right

	shown   look
	over    bool // the mouse is over it
	clicks  widgets.Clicks
	second  bool // the pressed button is the second one of a double click
	dragged bool
	at      float32 // where it is while it is being dragged
}

func newTab(b *Bar, p console.Pair) *Tab {
	t := &Tab{b: b, pair: p, State: kit.NewStateLabel(), back: &canvas.Rectangle{}, line: &canvas.Rectangle{}, edge: &canvas.Rectangle{}, pill: &canvas.Rectangle{}}
	t.Word, t.Count = canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
	t.Count.TextStyle.Bold = true
	t.Again = newMark(b.k, theme.ViewRefreshIcon(), "tabs.subscribe", func() { b.Subscribe(t) })
	t.Remove = newMark(b.k, theme.CancelIcon(), "tabs.close", func() { b.Close(t) })
	t.ExtendBaseWidget(t)
	return t
}

// Pair returns the subscription that the tab stands for.
func (t *Tab) Pair() console.Pair { return t.pair }

// scope returns what the tab shows.
func (t *Tab) scope() console.Scope {
	if t == t.b.All {
		return console.Scope{}
	}
	return console.Scope{One: true, Pair: t.pair}
}

// label returns the name of the tab: the one given by the user or the clientId.
func (t *Tab) label() string {
	if t.Name != "" {
		return t.Name
	}
	return t.pair.ClientID
}

// title returns the name as it is shown. If there are several targets, it names each but
// the embedded server.
func (t *Tab) title(several bool) string {
	switch {
	case t == t.b.All:
		return t.b.k.T("tabs.all")
	case several && t.Name == "" && !t.pair.Embedded():
		return t.b.k.Brief(t.label()) + " @ " + t.b.k.Brief(t.pair.Target())
	}
	return t.b.k.Brief(t.label())
}

// count counts the events since it was last called, as unread unless they are shown. A
// new subscription counts from 0.
func (t *Tab) count(shown bool) {
	events := t.Sub.Status.Events
	if events < t.events {
		t.events = 0
	}
	t.Unread += events - t.events
	t.events = events
	if shown {
		t.Unread = 0
	}
}

// look is what a tab shows, apart from the seconds of one that is connecting.
type look struct {
	texts           *catalogue.Texts
	name            string
	shape           kit.Shape
	several, chosen bool
	told            int64
}

// show updates the tab, and its number of unread events if told to. It reports whether
// the width may have changed.
func (t *Tab) show(now time.Time, several, count bool) (changed bool) {
	if count || t.Unread == 0 {
		t.told = t.Unread
	}
	shape := kit.ShapeNone
	if t != t.b.All {
		shape = shapeOf(t.Sub)
	}
	is := look{t.b.k.Texts, t.Name, shape, several, t == t.b.chosen, t.told}
	if is == t.shown && shape != kit.ShapeConnecting {
		return false
	}
	title, word, unread := t.title(several), "", ""
	if t != t.b.All {
		word = stateText(wording.Of(t.b.k.Texts), t.Sub, now)
	}
	if t.told > 0 {
		unread = catalogue.ShortCount(uint32(min(t.told, math.MaxUint32)))
	}
	closed := shape == kit.ShapeClosed || shape == kit.ShapeFailed
	changed = title != t.State.Label.Text || word != t.Word.Text || unread != t.Count.Text || closed != t.Again.Visible()
	if !changed && is == t.shown {
		return false
	}
	t.shown = is
	t.State.Set(shape, title)
	t.Word.Text, t.Count.Text = word, unread
	kit.SetVisible(t.Again, closed)
	kit.SetVisible(t.Remove, t != t.b.All)
	t.Refresh()
	return changed
}

// Dragged implements fyne.Draggable.
func (t *Tab) Dragged(e *fyne.DragEvent) {
	if t != t.b.All {
		t.b.drag(t, e.Dragged.DX)
	}
}

// DragEnd implements fyne.Draggable.
func (t *Tab) DragEnd() {
	if t != t.b.All {
		t.b.drop(t)
	}
}

// MouseDown implements desktop.Mouseable.
func (t *Tab) MouseDown(e *desktop.MouseEvent) {
	t.b.k.Tip.Leave(t)
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	t.second = t.clicks.Add(e.AbsolutePosition) == 2
	t.b.pick(t)
}

// MouseUp implements desktop.Mouseable.
func (t *Tab) MouseUp(e *desktop.MouseEvent) {
	switch {
	case e.Button == desktop.MouseButtonTertiary:
		t.b.Close(t)
	case e.Button == desktop.MouseButtonSecondary:
		t.b.tabMenu(t, e.AbsolutePosition)
	case t.second && !t.dragged:
		t.second = false
		t.b.k.Post(func() { t.b.Rename(t) }) // afterwards, Fyne takes the focus away
	}
}

// MouseIn implements desktop.Hoverable.
func (t *Tab) MouseIn(e *desktop.MouseEvent) {
	t.hover(true)
	t.MouseMoved(e)
}

// MouseMoved implements desktop.Hoverable.
func (t *Tab) MouseMoved(e *desktop.MouseEvent) {
	if !t.dragged {
		t.b.k.Tip.Rest(t, e.AbsolutePosition, t.describe)
	}
}

// MouseOut implements desktop.Hoverable.
func (t *Tab) MouseOut() {
	t.hover(false)
	t.b.k.Tip.Leave(t)
}

// describe returns what the tab cuts or leaves out.
func (t *Tab) describe() string {
	if t == t.b.All {
		return t.b.k.T("tabs.all_tip")
	}
	w := wording.Of(t.b.k.Texts)
	text := w.Join("clientId "+t.pair.ClientID, t.pair.Target(), stateText(w, t.Sub, time.Now()))
	if t.Name != "" {
		text = t.Name + "\n" + text
	}
	if t.Unread > 0 {
		text += "\n" + w.T("tabs.unread", "N", t.Unread)
	}
	return text
}

func (t *Tab) hover(over bool) {
	t.over = over
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{t}
	r.paint()
	return r
}

type tabRenderer struct{ t *Tab }

func (r *tabRenderer) Destroy() {}

func (r *tabRenderer) Objects() []fyne.CanvasObject {
	t := r.t
	return []fyne.CanvasObject{t.back, t.line, t.edge, r.head(), t.Word, t.pill, t.Count, t.Again, t.Remove}
}

// head returns the first part: the shape and the name. Everything has no shape.
func (r *tabRenderer) head() fyne.CanvasObject {
	if r.t == r.t.b.All {
		return r.t.State.Label
	}
	return r.t.State.Content
}

// Sizes of a tab, in Fyne's units.
const (
	tabPad    = 6 // after the texts, and before the tab for everything
	lineWidth = 3
)

// walk calls place for each part that is shown, with where it begins, and returns where
// the last one ends.
func (r *tabRenderer) walk(place func(o fyne.CanvasObject, x, width float32)) (x float32) {
	t := r.t
	x = tabPad / 2
	next := func(o fyne.CanvasObject, after float32) {
		width := o.MinSize().Width
		place(o, x, width)
		x += width + after
	}
	next(r.head(), 0)
	if t.Word.Text != "" {
		next(t.Word, tabPad)
	}
	if t.Count.Text != "" {
		x += tabPad
		next(t.Count, 2*tabPad)
	}
	for _, m := range []*mark{t.Again, t.Remove} {
		if m.Visible() {
			next(m, 0)
		}
	}
	return x + tabPad/2
}

func (r *tabRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.walk(func(fyne.CanvasObject, float32, float32) {}), r.t.State.Content.MinSize().Height+lineWidth)
}

func (r *tabRenderer) Layout(size fyne.Size) {
	t := r.t
	t.back.Resize(size)
	t.line.Resize(fyne.NewSize(size.Width, lineWidth))
	t.edge.Move(fyne.NewPos(size.Width, size.Height/4))
	t.edge.Resize(fyne.NewSize(1, size.Height/2))
	r.walk(func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	})
	t.pill.Hidden = t.Count.Text == ""
	t.pill.Move(t.Count.Position().SubtractXY(tabPad, 0))
	t.pill.Resize(t.Count.Size().AddWidthHeight(2*tabPad, 0))
}

func (r *tabRenderer) Refresh() {
	r.paint()
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

// paint sets the colours: the chosen tab is filled and has a line on top, and has a border while
// the row has the focus.
func (r *tabRenderer) paint() {
	t, th, variant := r.t, r.t.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	colour := func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) }
	size := th.Size(theme.SizeNameText)
	t.Word.Color, t.Word.TextSize = colour(theme.ColorNamePlaceHolder), size
	t.Count.Color, t.Count.TextSize = colour(theme.ColorNameForegroundOnPrimary), size
	t.pill.FillColor, t.pill.CornerRadius = colour(theme.ColorNamePrimary), canvas.RadiusMaximum
	t.edge.FillColor = colour(theme.ColorNameSeparator)
	t.back.FillColor, t.line.FillColor, t.back.StrokeWidth = color.Transparent, color.Transparent, 0
	t.back.CornerRadius = th.Size(theme.SizeNameInputRadius)
	if t.shown.chosen || t.over {
		t.Word.Color = colour(theme.ColorNameForeground) // readable on their backgrounds
	}
	switch {
	case t.shown.chosen:
		t.back.FillColor, t.line.FillColor = colour(theme.ColorNameSelection), colour(theme.ColorNamePrimary)
	case t.over:
		t.back.FillColor = colour(theme.ColorNameHover)
	}
	if t.shown.chosen && t.b.strip.focused {
		t.back.StrokeColor, t.back.StrokeWidth = colour(theme.ColorNameForeground), 2
	}
}

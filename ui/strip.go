package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// strip shows every subscription with its state. A tap on one puts it into the
// form.
type strip struct {
	w       *window
	content *fyne.Container
	empty   *widget.Label
	row     *fyne.Container
	scroll  *container.Scroll
	chips   []*chip
	inView  console.Pair // the chip that was last brought into view
	left    float32      // and how far the strip was scrolled for it
	badge   *kit.Button  // says how many problems there are, and leads to the next
}

func newStrip(w *window) *strip {
	s := &strip{w: w, empty: widget.NewLabel(""), row: container.NewHBox()}
	s.empty.Truncation = fyne.TextTruncateEllipsis
	s.badge = kit.NewButton(theme.WarningIcon(), func() { w.log.nextProblem() })
	s.badge.Importance = widget.WarningImportance
	s.badge.Hide()
	s.scroll = container.NewHScroll(s.row)
	s.content = container.NewBorder(nil, nil, nil, s.badge, container.NewStack(
		container.NewVBox(layout.NewSpacer(), s.empty, layout.NewSpacer()), s.scroll))
	w.k.Text(func() { s.empty.SetText(w.k.T("strip.empty")) })
	return s
}

func (s *strip) refresh() {
	subs := s.w.con.Subscriptions()
	for len(s.chips) < len(subs) {
		c := newChip(s.w)
		s.chips = append(s.chips, c)
		s.row.Add(c)
	}
	if len(s.chips) > len(subs) {
		for _, c := range s.chips[len(subs):] {
			s.row.Remove(c)
		}
		s.chips = s.chips[:len(subs)]
	}
	selected, ok := s.w.pair()
	for i, sub := range subs {
		s.chips[i].show(sub, ok && sub.Pair == selected)
	}
	problems := s.w.con.Problems()
	kit.SetVisible(s.badge, problems > 0)
	if text := s.w.k.T("strip.problems", "N", problems); problems > 0 && s.badge.Text != text {
		s.badge.SetText(text)
	}
	kit.SetVisible(s.empty, len(subs) == 0)
	// The chips change their widths with their states. Once the person scrolls, they have their way.
	if (selected != s.inView || s.scroll.Offset.X == s.left) && s.bringIntoView(selected) {
		s.inView, s.left = selected, s.scroll.Offset.X
	}
}

// bringIntoView scrolls as little as it takes to show the chip of a pair, and
// tells whether there is one. It adds up widths, because a new chip is laid out
// only before the next frame.
func (s *strip) bringIntoView(p console.Pair) bool {
	left, gap := float32(0), s.w.k.App.Settings().Theme().Size(theme.SizeNamePadding)
	for _, c := range s.chips {
		right := left + c.MinSize().Width
		if c.sub.Pair == p {
			offset := s.scroll.Offset
			offset.X = max(min(offset.X, left), right-s.scroll.Size().Width, 0)
			s.row.Resize(s.row.MinSize().Max(s.scroll.Size())) // else the offset is cut to the old width
			s.scroll.ScrollToOffset(offset)
			return true
		}
		left = right + gap
	}
	return false
}

// step selects the subscription that stands by places beside the one in the
// form.
func (s *strip) step(by int) {
	if len(s.chips) == 0 {
		return
	}
	at := 0
	if by < 0 {
		at = len(s.chips) - 1
	}
	selected, _ := s.w.pair()
	for i, c := range s.chips {
		if c.sub.Pair == selected {
			at = (i + by + len(s.chips)) % len(s.chips)
		}
	}
	s.w.choose(s.chips[at].sub.Pair)
}

// stateWord words the state of a subscription.
func stateWordText(w wording.Words, s console.Subscription) string {
	switch shapeOf(s) {
	case shapeFailed:
		return w.T("state.failed")
	case shapeOpen:
		return w.T("state.open")
	case shapeConnecting:
		return w.T("state.connecting_alone")
	}
	return w.T("state.closed")
}

// state words the state of a subscription, with the seconds where it waits.
func stateText(w wording.Words, s console.Subscription, now time.Time) string {
	switch {
	case s.Failed != "":
		return w.T("state.failed")
	case s.ReadyState == client.Open:
		return w.T("state.open")
	case s.ReadyState == client.Connecting && !s.RetryAt.IsZero():
		return w.T("state.reconnecting", "Left", w.Texts.Countdown(s.RetryAt.Sub(now)))
	case s.ReadyState == client.Connecting:
		return w.T("state.connecting", "Since", w.T("duration.s", "S", int(now.Sub(s.Since).Seconds())))
	}
	return w.T("state.closed")
}

func shapeOf(s console.Subscription) shape {
	switch {
	case s.Failed != "":
		return shapeFailed
	case s.ReadyState == client.Open:
		return shapeOpen
	case s.ReadyState == client.Connecting:
		return shapeConnecting
	}
	return shapeClosed
}

// chip is one subscription in the strip.
type chip struct {
	widget.BaseWidget
	w        *window
	sub      console.Subscription
	label    *stateLabel
	dismiss  *kit.Button
	selected bool
	focused  bool
	back     *canvas.Rectangle
}

func newChip(w *window) *chip {
	c := &chip{w: w, label: newStateLabel(), back: canvas.NewRectangle(color.Transparent)}
	c.back.CornerRadius = 6
	c.dismiss = kit.NewButton(theme.CancelIcon(), func() {
		w.con.Dismiss(c.sub.Pair)
		w.refresh()
	})
	c.dismiss.Importance = widget.LowImportance
	c.dismiss.Hide()
	c.ExtendBaseWidget(c)
	return c
}

func (c *chip) show(s console.Subscription, selected bool) {
	name := s.ClientID
	if !s.Embedded() {
		name += " @ " + s.Target()
	}
	c.label.set(shapeOf(s), c.w.k.ShownText(name)+"  "+stateText(wording.Of(c.w.k.Texts), s, time.Now()))
	closed := s.ReadyState == client.Closed
	changed := c.sub.Pair != s.Pair || c.selected != selected || c.dismiss.Visible() != closed
	c.sub, c.selected = s, selected
	if !changed {
		return
	}
	if closed {
		c.dismiss.Show()
	} else {
		c.dismiss.Hide()
	}
	c.paint()
}

// paint sets the background and the border: the selected one is filled, the
// focused one has a border.
func (c *chip) paint() {
	th := c.Theme()
	variant := c.w.k.App.Settings().ThemeVariant()
	c.back.FillColor = color.Transparent
	c.back.StrokeColor = th.Color(theme.ColorNameSeparator, variant)
	c.back.StrokeWidth = 1
	if c.selected {
		c.back.FillColor = th.Color(theme.ColorNameSelection, variant)
	}
	if c.focused {
		c.back.StrokeColor = th.Color(theme.ColorNamePrimary, variant)
		c.back.StrokeWidth = 2
	}
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.back, container.NewHBox(kit.NewGap(4), container.NewCenter(c.label.content), container.NewCenter(c.dismiss))))
}

// Tapped implements fyne.Tappable.
func (c *chip) Tapped(*fyne.PointEvent) { c.w.choose(c.sub.Pair) }

// FocusGained implements fyne.Focusable.
func (c *chip) FocusGained() {
	c.focused = true
	c.paint()
}

// FocusLost implements fyne.Focusable.
func (c *chip) FocusLost() {
	c.focused = false
	c.paint()
}

// TypedRune implements fyne.Focusable.
func (c *chip) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space and Return choose, Delete
// dismisses.
func (c *chip) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	case fyne.KeyDelete:
		c.dismiss.OnTapped()
	}
}

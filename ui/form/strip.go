package form

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

// Strip shows every subscription as a chip with its state. Tapping a chip selects its
// subscription in the form.
type Strip struct {
	f       *Form
	Content *fyne.Container
	Empty   *widget.Label
	row     *fyne.Container
	Scroll  *container.Scroll
	Chips   []*Chip
	InView  console.Pair // the chip last brought into view
	left    float32      // scroll offset at that time
	Badge   *kit.Button  // shows the number of findings; a press selects the next one
}

func newStrip(f *Form) *Strip {
	s := &Strip{f: f, Empty: widget.NewLabel(""), row: container.NewHBox()}
	s.Empty.Truncation = fyne.TextTruncateEllipsis
	s.Badge = kit.NewButton(theme.WarningIcon(), func() { f.cfg.NextFinding() })
	s.Badge.Importance = widget.WarningImportance
	s.Badge.Hide()
	s.Scroll = container.NewHScroll(s.row)
	s.Content = container.NewBorder(nil, nil, nil, s.Badge, container.NewStack(
		container.NewVBox(layout.NewSpacer(), s.Empty, layout.NewSpacer()), s.Scroll))
	f.k.Text(func() { s.Empty.SetText(f.k.T("strip.empty")) })
	return s
}

// Refresh updates the chips and the badge.
func (s *Strip) Refresh() {
	subs := s.f.con.Subscriptions()
	for len(s.Chips) < len(subs) {
		c := newChip(s.f)
		s.Chips = append(s.Chips, c)
		s.row.Add(c)
	}
	if len(s.Chips) > len(subs) {
		for _, c := range s.Chips[len(subs):] {
			s.row.Remove(c)
		}
		s.Chips = s.Chips[:len(subs)]
	}
	selected, ok := s.f.Pair()
	for i, sub := range subs {
		s.Chips[i].show(sub, ok && sub.Pair == selected)
	}
	findings := s.f.con.Intake.Findings()
	kit.SetVisible(s.Badge, findings > 0)
	if text := wording.Of(s.f.k.Texts).Problems(int64(findings)); findings > 0 && s.Badge.Text != text {
		s.Badge.SetText(text)
	}
	kit.SetVisible(s.Empty, len(subs) == 0)
	// The widths of the chips change with their states. Once the user has scrolled, the
	// strip stays where it is.
	if (selected != s.InView || s.Scroll.Offset.X == s.left) && s.bringIntoView(selected) {
		s.InView, s.left = selected, s.Scroll.Offset.X
	}
}

// bringIntoView scrolls as little as needed to show the chip of p, and reports whether
// there is one. It adds up widths, because a new chip has no position before the next
// frame.
func (s *Strip) bringIntoView(p console.Pair) bool {
	left, gap := float32(0), s.f.k.App.Settings().Theme().Size(theme.SizeNamePadding)
	for _, c := range s.Chips {
		right := left + c.MinSize().Width
		if c.Sub.Pair == p {
			offset := s.Scroll.Offset
			offset.X = max(min(offset.X, left), right-s.Scroll.Size().Width, 0)
			s.row.Resize(s.row.MinSize().Max(s.Scroll.Size())) // otherwise the old width limits the offset
			s.Scroll.ScrollToOffset(offset)
			return true
		}
		left = right + gap
	}
	return false
}

// Step selects the subscription by places after the one in the form, wrapping around
// at the ends.
func (s *Strip) Step(by int) {
	if len(s.Chips) == 0 {
		return
	}
	at := 0
	if by < 0 {
		at = len(s.Chips) - 1
	}
	selected, _ := s.f.Pair()
	for i, c := range s.Chips {
		if c.Sub.Pair == selected {
			at = (i + by + len(s.Chips)) % len(s.Chips)
		}
	}
	s.f.Choose(s.Chips[at].Sub.Pair)
}

// StateWord names the state of a subscription.
func StateWord(w wording.Words, s console.Subscription) string {
	switch shapeOf(s) {
	case kit.ShapeFailed:
		return w.T("state.failed")
	case kit.ShapeOpen:
		return w.T("state.open")
	case kit.ShapeConnecting:
		return w.T("state.connecting_alone")
	}
	return w.T("state.closed")
}

// stateText names the state of a subscription, with the seconds if it is waiting.
func stateText(w wording.Words, s console.Subscription, now time.Time) string {
	switch {
	case s.Failed != "":
		return w.T("state.failed")
	case s.Status.ReadyState == client.Open:
		return w.T("state.open")
	case s.Status.ReadyState == client.Connecting && !s.Status.RetryAt.IsZero():
		return w.T("state.reconnecting", "Left", w.Texts.Countdown(s.Status.RetryAt.Sub(now)))
	case s.Status.ReadyState == client.Connecting:
		return w.T("state.connecting", "Since", w.Texts.Seconds(now.Sub(s.Status.Since)))
	}
	return w.T("state.closed")
}

func shapeOf(s console.Subscription) kit.Shape {
	switch {
	case s.Failed != "":
		return kit.ShapeFailed
	case s.Status.ReadyState == client.Open:
		return kit.ShapeOpen
	case s.Status.ReadyState == client.Connecting:
		return kit.ShapeConnecting
	}
	return kit.ShapeClosed
}

// Chip is one subscription in the strip.
type Chip struct {
	widget.BaseWidget
	f        *Form
	Sub      console.Subscription
	Label    *kit.StateLabel
	dismiss  *kit.Button
	selected bool
	focused  bool
	back     *canvas.Rectangle
}

func newChip(f *Form) *Chip {
	c := &Chip{f: f, Label: kit.NewStateLabel(), back: canvas.NewRectangle(color.Transparent)}
	c.back.CornerRadius = 6
	c.dismiss = kit.NewButton(theme.CancelIcon(), func() {
		f.con.Dismiss(c.Sub.Pair)
		f.cfg.Refresh()
	})
	c.dismiss.Importance = widget.LowImportance
	c.dismiss.Hide()
	c.ExtendBaseWidget(c)
	return c
}

func (c *Chip) show(s console.Subscription, selected bool) {
	name := s.Pair.ClientID
	if !s.Pair.Embedded() {
		name += " @ " + s.Pair.Target()
	}
	c.Label.Set(shapeOf(s), c.f.k.ShownText(name)+"  "+stateText(wording.Of(c.f.k.Texts), s, time.Now()))
	closed := s.Status.ReadyState == client.Closed
	changed := c.Sub.Pair != s.Pair || c.selected != selected || c.dismiss.Visible() != closed
	c.Sub, c.selected = s, selected
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

// paint sets the background and border: a selected chip is filled, a focused one has
// a thicker border.
func (c *Chip) paint() {
	th := c.Theme()
	variant := c.f.k.App.Settings().ThemeVariant()
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
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.back, container.NewHBox(kit.NewGap(4), container.NewCenter(c.Label.Content), container.NewCenter(c.dismiss))))
}

// Tapped implements fyne.Tappable.
func (c *Chip) Tapped(*fyne.PointEvent) { c.f.Choose(c.Sub.Pair) }

// FocusGained implements fyne.Focusable.
func (c *Chip) FocusGained() {
	c.focused = true
	c.paint()
}

// FocusLost implements fyne.Focusable.
func (c *Chip) FocusLost() {
	c.focused = false
	c.paint()
}

// TypedRune implements fyne.Focusable.
func (c *Chip) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space and Return select the subscription,
// Delete dismisses it.
func (c *Chip) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	case fyne.KeyDelete:
		c.dismiss.OnTapped()
	}
}

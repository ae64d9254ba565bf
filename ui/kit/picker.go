package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Choice is one line of a Picker: what can be picked, or a heading.
type Choice struct {
	Shape  Shape
	Title  string
	Note   string // explains it, below Title; may be ""
	Hint   string // a key or a state, at the right; may be ""
	Why    string // why it cannot be picked, instead of Note; "" if it can
	Chosen bool   // it is what was picked last
	Stay   bool   // the picker stays open
	Run    func() // picks it; nil for a heading
	Side   []Side // what else can be done with it
}

// Side is a button at the right of a Choice. The picker stays open.
type Side struct {
	Text    string
	Enabled bool
	Run     func()
}

// Picking is what a Picker offers.
type Picking struct {
	Below  fyne.CanvasObject // the control that opens it
	Width  float32
	Filter string // the placeholder of the field above the list; "": no field

	// Choices returns what is offered for a text in the field. It is called again for
	// each text, and by Refresh.
	Choices func(typed string) []Choice
}

// Picker is a list that opens below a control, with a field above it in which the user
// types what to find. The arrows move through it, Return picks, Escape closes it.
type Picker struct {
	Picking
	k       *Kit
	popup   *widget.PopUp
	head    *fyne.Container
	scroll  *container.Scroll
	overlay fyne.CanvasObject
	initial string // the text with which the picker was opened
	pasted  string // what the field shows as one line

	Field *pickerField // nil without a field
	Says  *widget.Label
	list  *pickerList
	Rows  []*PickerRow
	At    int // the highlighted row; -1: none
	shown []Choice
}

// Most rows of a picker. A longer list is to be narrowed by typing.
const mostChoices = 100

// Pick opens a picker. The field has typed, selected.
func (k *Kit) Pick(what Picking, typed string) *Picker {
	p := &Picker{Picking: what, k: k, initial: typed, Says: widget.NewLabel(""), At: -1}
	p.Says.Wrapping = fyne.TextWrapWord
	p.Says.Importance = widget.DangerImportance
	p.Says.Hide()
	p.list = newPickerList(p)
	p.scroll = container.NewVScroll(p.list)
	p.head = container.NewVBox()
	if what.Filter != "" {
		p.Field = newPickerField(p)
		p.Field.SetPlaceHolder(what.Filter)
		p.Field.SetText(typed)
		p.Field.OnChanged = func(string) {
			p.Say("")
			p.fill()
		}
		p.head.Add(p.Field)
	}
	p.head.Add(p.Says)
	p.popup = widget.NewPopUp(container.NewPadded(Border(p.head, nil, nil, nil, p.scroll)), k.Win.Canvas())
	p.fill()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(what.Below)
	at.X = max(0, min(at.X, k.Win.Canvas().Size().Width-what.Width-theme.Padding()))
	at.Y += what.Below.Size().Height + 1
	p.popup.ShowAtPosition(at)
	p.fit()
	p.overlay = k.Win.Canvas().Overlays().Top()
	p.focus()
	if p.Field != nil {
		p.Field.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	return p
}

// focus focuses the field or, without one, the list.
func (p *Picker) focus() {
	if p.Field != nil {
		p.k.Win.Canvas().Focus(p.Field)
	} else {
		p.k.Win.Canvas().Focus(p.list)
	}
}

// Open reports whether the picker is on the screen. p may be nil.
func (p *Picker) Open() bool {
	return p != nil && slices.Contains(p.k.Win.Canvas().Overlays().List(), p.overlay)
}

// Close closes the picker, if it is open.
func (p *Picker) Close() {
	if p.Open() {
		p.k.Win.Canvas().Overlays().Remove(p.overlay)
	}
}

// Say shows what is wrong with the text in the field; "" nothing.
func (p *Picker) Say(what string) {
	p.Says.SetText(p.k.ShownText(what))
	SetVisible(p.Says, what != "")
	p.fit()
}

// Refresh shows the present choices, if the picker is open.
func (p *Picker) Refresh() {
	if p.Open() {
		p.fill()
	}
}

// Typed returns the text in the field, with the lines that were pasted.
func (p *Picker) Typed() string {
	if p.Field == nil {
		return ""
	}
	if p.pasted != "" && p.Field.Text == oneLine(p.pasted) {
		return p.pasted
	}
	return p.Field.Text
}

// fill shows the choices for the text in the field, and highlights the first that can
// be picked, or the one picked last while the user has typed nothing.
func (p *Picker) fill() {
	typed := p.Typed()
	choices := p.Choices(typed)
	if len(choices) > mostChoices {
		more := len(choices) - mostChoices
		choices = append(slices.Clip(choices[:mostChoices]), Choice{Title: p.k.T("picker.more", "N", more)})
	}
	if slices.EqualFunc(choices, p.shown, sameChoice) {
		for i, row := range p.Rows { // their functions may differ
			row.Choice = choices[i]
		}
		return
	}
	var kept string
	if p.At >= 0 && len(p.shown) == len(choices) {
		kept = p.shown[p.At].Title
	}
	p.shown, p.Rows = choices, nil
	var rows []fyne.CanvasObject
	p.At = -1
	first := -1
	for i, c := range choices {
		row := newPickerRow(p, i, c)
		p.Rows = append(p.Rows, row)
		rows = append(rows, row)
		switch {
		case !row.pickable():
		case kept != "" && c.Title == kept, kept == "" && c.Chosen && typed == p.initial:
			p.At = i
		case first < 0:
			first = i
		}
	}
	p.list.rows.Objects = rows
	p.list.rows.Refresh()
	if p.At < 0 {
		p.At = first
	}
	p.highlight(p.At)
	p.fit()
}

func sameChoice(a, b Choice) bool {
	return a.Shape == b.Shape && a.Title == b.Title && a.Note == b.Note && a.Hint == b.Hint && a.Why == b.Why && a.Chosen == b.Chosen &&
		(a.Run == nil) == (b.Run == nil) &&
		slices.EqualFunc(a.Side, b.Side, func(a, b Side) bool { return a.Text == b.Text && a.Enabled == b.Enabled })
}

// fit gives the popup the height of its choices, within the window.
func (p *Picker) fit() {
	window := p.k.Win.Canvas().Size()
	height := p.head.MinSize().Height + 4*theme.Padding()
	for _, row := range p.Rows {
		height += row.MinSize().Height
	}
	height = max(p.popup.MinSize().Height, min(height, window.Height-p.popup.Position().Y-theme.Padding()))
	p.popup.Resize(fyne.NewSize(min(p.Width, window.Width), height))
}

// highlight marks row i and scrolls it into view.
func (p *Picker) highlight(i int) {
	p.At = i
	for at, row := range p.Rows {
		row.paint(at == i)
	}
	if i >= 0 {
		p.list.show(p.Rows[i])
	}
}

// step moves the highlight, over rows that cannot be picked, and stops at the ends.
func (p *Picker) step(by int) {
	for i := p.At + by; i >= 0 && i < len(p.Rows); i += by {
		if p.Rows[i].pickable() {
			p.highlight(i)
			return
		}
	}
}

// pick runs the highlighted choice.
func (p *Picker) pick() {
	if p.At < 0 || p.At >= len(p.Rows) || !p.Rows[p.At].pickable() {
		return
	}
	c := p.Rows[p.At].Choice
	if !c.Stay {
		p.Close()
	}
	c.Run()
}

// key handles a key of the field or the list, and reports whether it did.
func (p *Picker) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyUp:
		p.step(-1)
	case fyne.KeyDown:
		p.step(1)
	case fyne.KeyPageUp, fyne.KeyPageDown:
		by := 1
		if name == fyne.KeyPageUp {
			by = -1
		}
		for range 8 {
			p.step(by)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		p.pick()
	case fyne.KeyEscape:
		p.Close()
	default:
		return false
	}
	return true
}

// oneLine joins the lines of a pasted text, as a shell does behind a backslash.
func oneLine(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	return strings.NewReplacer("\\\n", " ", "^\n", " ", "\n", " ").Replace(text)
}

// pickerField is the field above a picker's list.
type pickerField struct {
	Field
	p *Picker
}

func newPickerField(p *Picker) *pickerField {
	f := &pickerField{p: p}
	f.K = p.k
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey implements fyne.Focusable.
func (f *pickerField) TypedKey(k *fyne.KeyEvent) {
	if !f.p.key(k.Name) {
		f.Field.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable. It keeps the lines of a pasted text for
// Typed, because an Entry joins them.
func (f *pickerField) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok {
		f.p.pasted = paste.Clipboard.Content()
		s = &fyne.ShortcutPaste{Clipboard: Clipboard(oneLine(f.p.pasted))}
	}
	f.Field.TypedShortcut(s)
}

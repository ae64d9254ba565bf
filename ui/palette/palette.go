package palette

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// Item is something that can be found and chosen.
type Item struct {
	ID      string   // is remembered when the item is chosen
	Group   string   // what it is, or the menu that it is in
	Name    string   // in the language of the window
	Names   []string // in other languages, by which it is found, too
	Also    []string // other texts by which it is found, after the names
	Keys    string   // as on a keyboard, or ""
	Run     func()   // nil for keys that a control handles
	Enabled func() bool
}

// canRun reports whether choosing i has an effect now.
func (i *Item) canRun() bool { return i.Run != nil && (i.Enabled == nil || i.Enabled()) }

// Config is what the palette needs from the rest of the window.
type Config struct {
	Kit *kit.Kit

	Items func() []Item          // returns what can be found now
	More  func(add func([]Item)) // finds the rest in the background; add must be called on the UI thread
	Keys  func() []Item          // returns all commands with keys, ordered by group

	Recent   func() []string // returns the IDs of chosen items, last first
	Remember func(id string) // puts an ID at the front of Recent
}

// Palette is the list and the field to type in. It is a popup, so that Escape and a
// click beside it close it.
type Palette struct {
	cfg     Config
	k       *kit.Kit
	overlay fyne.CanvasObject // the palette in the window, if it is still there
	Field   *field
	List    *widget.List
	none    *widget.Label // says that nothing matches

	items   []Item
	names   [][]string // of each item, folded
	others  [][]string // the other texts of each item, folded
	byGroup bool       // under a heading for each group, in their order
	rows    []row
	Chosen  int // index in rows, or -1
}

// row is an item or, without one, a heading.
type row struct {
	item    *Item
	heading string
}

// most is how many rows are shown. More nobody reads; one types instead.
const most = 100

// New returns a closed palette.
func New(cfg Config) *Palette { return &Palette{cfg: cfg, k: cfg.Kit, Chosen: -1} }

// Open shows everything that can be chosen, or closes the palette if it is open.
func (p *Palette) Open() {
	if p.shut() || p.k.Asking() {
		return
	}
	p.show(p.cfg.Items(), false, p.k.T("palette.hint"))
	opened := p.overlay
	p.cfg.More(func(more []Item) {
		if p.overlay == opened {
			p.add(more)
			p.filterAgain()
		}
	})
}

// OpenKeys shows all keys, or closes the palette if it is open.
func (p *Palette) OpenKeys() {
	if !p.shut() && !p.k.Asking() {
		p.show(p.cfg.Keys(), true, p.k.T("palette.keys_hint"))
	}
}

// shut closes the palette and reports whether it was open.
func (p *Palette) shut() bool {
	overlays := p.k.Win.Canvas().Overlays()
	if p.overlay == nil || !slices.Contains(overlays.List(), p.overlay) {
		return false
	}
	overlays.Remove(p.overlay)
	return true
}

// show opens the palette with items.
func (p *Palette) show(items []Item, byGroup bool, hint string) {
	p.items, p.names, p.others, p.byGroup = nil, nil, nil, byGroup
	p.add(items)
	p.Field = newField(p)
	p.Field.SetPlaceHolder(hint)
	p.Field.OnChanged = func(string) { p.filter() }
	p.List = widget.NewList(func() int { return len(p.rows) }, func() fyne.CanvasObject { return newLine(p) },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*line).set(i) })
	p.List.HideSeparators = true
	p.none = widget.NewLabelWithStyle(p.k.T("palette.none"), fyne.TextAlignCenter, fyne.TextStyle{})
	content := container.NewPadded(kit.Border(p.Field, nil, nil, nil, container.NewStack(p.List, p.none)))
	popup := widget.NewPopUp(content, p.k.Win.Canvas())
	window, text := p.k.Win.Canvas().Size(), p.Field.Theme().Size(theme.SizeNameText)
	size := fyne.NewSize(min(52*text, window.Width-48), min(44*text, window.Height-72))
	popup.Resize(size)
	popup.ShowAtPosition(fyne.NewPos((window.Width-size.Width)/2, 36))
	p.overlay = p.k.Win.Canvas().Overlays().Top()
	p.filter()
	p.k.Win.Canvas().Focus(p.Field)
}

func (p *Palette) add(items []Item) {
	all := func(some []string, more ...string) (texts []string) {
		for _, text := range append(more, some...) {
			texts = append(texts, folded(text))
		}
		return texts
	}
	for _, i := range items {
		p.names = append(p.names, all(i.Names, i.Name))
		p.others = append(p.others, all(i.Also, i.Keys, i.Group))
	}
	p.items = append(p.items, items...)
}

// Texts returns the names of the rows shown, without headings.
func (p *Palette) Texts() []string {
	var names []string
	for _, r := range p.rows {
		if r.item != nil {
			names = append(names, r.item.Name)
		}
	}
	return names
}

// filter shows the rows that match the text of the field, the best first, and chooses the
// first of them.
func (p *Palette) filter() {
	query := folded(p.Field.Text)
	type found struct {
		item *Item
		rank int
	}
	var all []found
	for i := range p.items {
		if rank, ok := match(query, p.names[i], p.others[i]); ok {
			all = append(all, found{&p.items[i], rank})
		}
	}
	p.rows = nil
	if p.byGroup {
		for i, f := range all {
			if i == 0 || all[i-1].item.Group != f.item.Group {
				p.rows = append(p.rows, row{heading: f.item.Group})
			}
			p.rows = append(p.rows, row{item: f.item})
		}
	} else {
		recent := p.cfg.Recent()
		age := func(i *Item) int {
			if at := slices.Index(recent, i.ID); at >= 0 {
				return at
			}
			return len(recent)
		}
		slices.SortStableFunc(all, func(a, b found) int {
			return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(age(a.item), age(b.item)))
		})
		for _, f := range all[:min(len(all), most)] {
			p.rows = append(p.rows, row{item: f.item})
		}
		if left := len(all) - most; left > 0 {
			p.rows = append(p.rows, row{heading: p.k.T("palette.more", "N", left)})
		}
	}
	kit.SetVisible(p.none, len(p.rows) == 0)
	p.List.UnselectAll()
	p.List.Refresh()
	p.List.ScrollToTop()
	p.Chosen = -1
	p.move(1)
}

// filterAgain is like filter, but the chosen item stays chosen.
func (p *Palette) filterAgain() {
	id := ""
	if p.Chosen >= 0 {
		id = p.rows[p.Chosen].item.ID
	}
	p.filter()
	if at := slices.IndexFunc(p.rows, func(r row) bool { return r.item != nil && r.item.ID == id }); at >= 0 {
		p.move(at - p.Chosen)
	}
}

// move chooses the item by rows further down, or up if by is negative. It skips headings,
// and stops at the ends.
func (p *Palette) move(by int) {
	step := 1
	if by < 0 {
		step = -1
	}
	to := p.Chosen
	for at := p.Chosen + step; at >= 0 && at < len(p.rows) && by != 0; at += step {
		by -= step
		if p.rows[at].item != nil {
			to = at
		} else if by == 0 {
			by += step // a heading is no place to stop
		}
	}
	if to != p.Chosen {
		p.Chosen = to
		p.List.Select(to)
	}
}

// page returns how many rows are in view.
func (p *Palette) page() int {
	height := newLine(p).MinSize().Height + p.List.Theme().Size(theme.SizeNamePadding)
	return max(1, int(p.List.Size().Height/height)-1)
}

// run closes the palette and runs an item, or does nothing if it cannot run now.
func (p *Palette) run(i *Item) {
	if !i.canRun() {
		p.k.Win.Canvas().Focus(p.Field) // a click has taken it
		return
	}
	p.shut()
	p.cfg.Remember(i.ID)
	i.Run()
}

// runChosen runs the chosen item.
func (p *Palette) runChosen() {
	if p.Chosen >= 0 {
		p.run(p.rows[p.Chosen].item)
	}
}

package details

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/filter"
	"sseconsole/client/pretty"
	"sseconsole/client/record"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// value is a value of JSON at the caret. The zero value is none.
type value struct {
	pretty.Value
	text string // that the value is a part of
	one  bool   // it is in the only JSON value of the record's data, so jq finds it by its path
}

// mostFollowed is the length of a text up to which the caret is followed without delay.
const mostFollowed = 1 << 20

// follow finds the value at the caret and shows its path.
func (d *Details) follow() {
	s, caret := d.shown, d.Text.Caret()-d.shown.from
	if s.syntax != pretty.JSON || caret < 0 {
		d.setValue(value{})
		return
	}
	text := s.text[s.from:]
	if len(text) <= mostFollowed {
		d.setValue(valueAt(text, caret))
		return
	}
	d.setValue(value{})
	r := d.record
	d.k.Work(func() {
		v := valueAt(text, caret)
		d.k.Post(func() {
			if d.record == r && d.shown.text == s.text && d.Text.Caret()-s.from == caret {
				d.setValue(v)
			}
		})
	})
}

// valueAt returns the value at an offset of a text laid out by pretty.
func valueAt(text string, offset int) value {
	v, ok := pretty.ValueAt(text, offset)
	if !ok {
		return value{}
	}
	return value{v, text, v.Root == 0 && isOne(text)}
}

// isOne reports whether a text laid out by pretty is one JSON value.
func isOne(text string) bool {
	end := strings.LastIndexByte(text, '\n')
	if end < 0 {
		return true
	}
	for _, opener := range []string{"\n{", "\n["} {
		if strings.Contains(text, opener) {
			return false
		}
	}
	return text[end+1:] == "}" || text[end+1:] == "]"
}

func (d *Details) setValue(v value) {
	d.value = v
	path := ""
	if v.text != "" && v.Path != "." {
		path = d.k.Heading(v.Path)
	}
	if d.path.Text != path {
		d.path.SetText(path)
		d.arrange()
	}
	_, ok := d.filter()
	kit.SetEnabled(d.FilterBy, ok)
	d.inside.follow(v)
}

// scalar reports whether the value at the caret is a string, a number or a literal.
func (v value) scalar() bool { return v.text != "" && v.Scalar(v.text) }

// longestFilter is the length of the longest filter that is made of a value.
const longestFilter = filter.MaxLine / 2

// filter returns the filter that finds records with what the user chose: the selected text,
// the value at the caret, or its line. ok is false if that is nothing to filter by.
func (d *Details) filter() (line string, ok bool) {
	v := d.value
	byPath := v.one && d.record != nil && d.record.Kind != record.Discarded // jq reads only data
	switch selected := d.Text.SelectedText(); {
	case d.record == nil:
		return "", false
	case selected != "":
		line = words(selected)
	case v.scalar() && byPath:
		literal := v.Source(v.text)
		if literal[0] == '"' {
			literal = pretty.Literal(literal)
		}
		line = "jq:" + v.Path + " == " + literal
	case v.text != "" && byPath && v.Path != ".":
		line = "jq:" + v.Path + " != null"
	case v.scalar():
		line = words(v.Text(v.text))
	case v.text == "" && d.Tab() == TabData && hasPayload(d.record):
		text, caret := d.shown.text, d.Text.Caret()
		begin := strings.LastIndexByte(text[:caret], '\n') + 1
		line = words(text[begin:])
	}
	if line == "" || len(line) > longestFilter {
		return "", false
	}
	_, err := filter.Parse(line)
	return line, err == nil
}

func hasPayload(r *record.Record) bool {
	_, ok := wording.Payload(r)
	return ok
}

// words returns a filter for the first line of a text, "" if that is empty.
func words(text string) string {
	text, _, _ = strings.Cut(text[:min(len(text), longestFilter+1)], "\n")
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return filter.Quote(text)
}

// FilterByThis puts the filter for what the user chose into the filter bar.
func (d *Details) FilterByThis() {
	line, ok := d.filter()
	if !ok {
		return
	}
	if v := d.value; d.Text.SelectedText() == "" && v.text != "" && v.Shadowed(v.text) {
		d.k.Toast(d.k.T("details.shadowed"), "", nil)
		if line = words(v.Text(v.text)); line == "" {
			return
		}
	}
	d.cfg.FilterBy(line)
}

// CanFilter reports whether FilterByThis would do something.
func (d *Details) CanFilter() bool { _, ok := d.filter(); return ok }

// HasValue reports whether the caret is on a value of JSON.
func (d *Details) HasValue() bool { return d.value.text != "" }

// CopyValue copies the value at the caret: a string as the text that it stands for.
func (d *Details) CopyValue() {
	if v := d.value; v.text != "" {
		d.clip(v.Text(v.text))
	}
}

// copySource copies the value at the caret as JSON.
func (d *Details) copySource() {
	if v := d.value; v.text != "" {
		d.clip(v.Source(v.text))
	}
}

// CopyPath copies the path of the value at the caret, as a jq expression.
func (d *Details) CopyPath() {
	if v := d.value; v.text != "" {
		d.clip(v.Path)
		if v.Shadowed(v.text) {
			d.k.Toast(d.k.T("details.shadowed"), "", nil)
		}
	}
}

// clip puts a text into the clipboard and says so.
func (d *Details) clip(text string) {
	d.k.Copy(text, d.k.T("toast.copied", "Size", d.k.Texts.Size(int64(len(text)))))
}

// Copy copies all of what the chosen tab shows: data and bytes as received, the rest
// as text. A hex view, five times as long as its bytes, is copied only as far as it is
// shown, as the note says.
func (d *Details) Copy() {
	if d.record == nil {
		return
	}
	now, hasPayload := wording.Payload(d.record)
	var rest func(context.Context) shown
	switch {
	case d.Tab() == TabRaw && !d.hex.Checked:
		now = string(d.record.Raw)
	case d.Tab() == TabRaw:
		var s shown
		s, rest = d.bytes()
		now = s.text
	case d.Tab() == TabData && !hasPayload:
		now = wording.Of(d.k.Texts).Details(d.record)
	case d.Tab() != TabData:
		var s shown
		s, rest = d.texts()
		now = s.text
	}
	if rest == nil {
		d.clip(now)
		return
	}
	d.k.Work(func() { // the text shown may still be incomplete
		text := rest(context.Background()).text
		d.k.Post(func() { d.clip(text) })
	})
}

// copyMenu opens the menu of the button.
func (d *Details) copyMenu() {
	T := d.k.T
	items := []*fyne.MenuItem{fyne.NewMenuItem(T("details.copy_all"), d.Copy)}
	if d.Text.SelectedText() != "" {
		items = append(items, fyne.NewMenuItem(T("details.copy_selection"), d.copySelection))
	}
	items = append(items, d.valueItems()...)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), d.k.Win.Canvas())
	menu.ShowAtRelativePosition(fyne.NewPos(0, -menu.MinSize().Height), d.copies)
}

func (d *Details) copySelection() { d.clip(d.Text.SelectedText()) }

// valueItems returns the menu items for the value at the caret.
func (d *Details) valueItems() []*fyne.MenuItem {
	T, v := d.k.T, d.value
	if v.text == "" {
		return nil
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(T("details.copy_value"), d.CopyValue)}
	if v.scalar() && v.text[v.From] == '"' {
		items = append(items, fyne.NewMenuItem(T("details.copy_json"), d.copySource))
	}
	return append(items, fyne.NewMenuItem(T("details.copy_path"), d.CopyPath))
}

// menu opens the context menu of the text.
func (d *Details) menu(at fyne.Position) {
	if d.record == nil {
		return
	}
	T := d.k.T
	var items []*fyne.MenuItem
	if d.Text.SelectedText() != "" {
		items = append(items, fyne.NewMenuItem(T("details.copy_selection"), d.copySelection))
	}
	items = append(items, d.valueItems()...)
	items = append(items, fyne.NewMenuItem(T("details.copy_all"), d.Copy), fyne.NewMenuItemSeparator())
	by := fyne.NewMenuItem(T("details.filter_by"), d.FilterByThis)
	by.Disabled = !d.CanFilter()
	items = append(items, by)
	if d.Folds() {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem(T("menu.details_fold_all"), d.Text.FoldAll), fyne.NewMenuItem(T("menu.details_unfold_all"), d.Text.UnfoldAll))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.k.Win.Canvas(), at)
}

// Folds reports whether the text has parts that can be folded.
func (d *Details) Folds() bool { return d.shown.syntax != pretty.Plain }

package targets

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// fields is the set of fields of an editor of a T. Each field edits a part of the T,
// and has a line that says what is wrong with it.
type fields[T any] struct {
	k       *kit.Kit
	box     *fyne.Container              // the page to which fields are added
	pages   map[*fyne.Container][]string // the paths of the fields on each page
	changed func()

	bindings []binding[T]
	shape    []func(*T)               // hide fields that do not apply to a T
	labels   map[string]*widget.Label // names of the fields, by path
	Wrong    map[string]*widget.Label // what is wrong with the fields, by path
	folder   string                   // of the last chosen file
	setting  bool                     // the fields are being filled in, not edited by the user
}

// binding connects a field to a part of a T.
type binding[T any] struct {
	show func(*T)
	read func(*T) *endpoint.Problem // returns what is wrong if the text cannot be parsed
}

func newFields[T any](k *kit.Kit, changed func()) *fields[T] {
	f := &fields[T]{k: k, pages: map[*fyne.Container][]string{}, labels: map[string]*widget.Label{}, Wrong: map[string]*widget.Label{}}
	f.changed = func() {
		if !f.setting {
			changed()
		}
	}
	return f
}

// page starts a new page, to which the next fields are added.
func (f *fields[T]) page() *fyne.Container {
	f.box = container.New(layout.NewFormLayout())
	return f.box
}

// row adds a field with its name and a line for what is wrong with it. If key is "",
// setLabel sets the name. path is the JSON path of what the field edits; problems of
// deeper paths are shown here too.
func (f *fields[T]) row(path, key string, field fyne.CanvasObject) (hide func(bool)) {
	label, wrong := widget.NewLabel(""), widget.NewLabel("")
	wrong.Wrapping = fyne.TextWrapWord
	wrong.Hide()
	f.labels[path], f.Wrong[path] = label, wrong
	f.pages[f.box] = append(f.pages[f.box], path)
	if key != "" {
		f.k.Text(func() { label.SetText(f.k.T(key)) })
	}
	cell := container.NewVBox(field, wrong)
	f.box.Add(container.NewVBox(label))
	f.box.Add(cell)
	top := f.box.Objects[len(f.box.Objects)-2]
	return func(hidden bool) {
		kit.SetVisible(top, !hidden)
		kit.SetVisible(cell, !hidden)
	}
}

// setLabel sets the name of a field whose name depends on other fields.
func (f *fields[T]) setLabel(path, text string) {
	if l := f.labels[path]; l.Text != text {
		l.SetText(text)
	}
}

// bind adds functions that fill in a field and read it.
func (f *fields[T]) bind(show func(*T), read func(*T) *endpoint.Problem) {
	f.bindings = append(f.bindings, binding[T]{show, read})
}

// value adds a field for a text. get returns a pointer to the text, or nil if it does
// not apply.
func (f *fields[T]) value(path, key string, get func(*T) *string) (*kit.Field, func(bool)) {
	e := kit.NewField(f.k)
	return e, f.entry(path, key, e, get)
}

// secret adds a field for a secret, whose text is hidden unless it refers to
// variables.
func (f *fields[T]) secret(path, key string, get func(*T) *string) (*kit.Field, func(bool)) {
	e := kit.NewField(f.k)
	e.Password = true
	hide := f.entry(path, key, e, get)
	f.bind(func(*T) { showSecret(e) }, func(*T) *endpoint.Problem { return nil })
	return e, hide
}

// showSecret hides the text of a field unless it refers to variables.
func showSecret(e *kit.Field) {
	if hidden := len(endpoint.Refs(e.Text)) == 0; e.Password != hidden {
		e.Password = hidden
		e.Refresh()
	}
}

// lines adds a multi-line field for a text.
func (f *fields[T]) lines(path, key string, rows int, get func(*T) *string) (*kit.Field, func(bool)) {
	e := newLines(f.k, rows)
	return e, f.entry(path, key, e, get)
}

func newLines(k *kit.Kit, rows int) *kit.Field {
	e := kit.NewField(k)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapOff
	e.SetMinRowsVisible(rows)
	return e
}

func (f *fields[T]) entry(path, key string, e *kit.Field, get func(*T) *string) func(bool) {
	f.bindEntry(e, get)
	return f.row(path, key, e)
}

func (f *fields[T]) bindEntry(e *kit.Field, get func(*T) *string) {
	e.OnChanged = func(string) { f.changed() }
	f.bind(func(t *T) {
		text := ""
		if at := get(t); at != nil {
			text = *at
		}
		e.SetText(text)
	}, func(t *T) *endpoint.Problem {
		if at := get(t); at != nil {
			*at = e.Text
		}
		return nil
	})
}

// choice adds a choice among values. word returns the name of a value.
func (f *fields[T]) choice(path, key string, values []string, word func(string) string, get func(*T) string, set func(*T, string)) (*widget.Select, func(bool)) {
	s := widget.NewSelect(nil, func(string) { f.changed() })
	f.k.Text(func() {
		at := max(0, s.SelectedIndex())
		s.Options = nil
		for _, v := range values {
			s.Options = append(s.Options, word(v))
		}
		s.Selected = s.Options[at]
		s.Refresh()
	})
	f.bind(func(t *T) {
		s.SetSelectedIndex(max(0, slices.Index(values, get(t))))
	}, func(t *T) *endpoint.Problem {
		set(t, values[max(0, s.SelectedIndex())])
		return nil
	})
	return s, f.row(path, key, s)
}

// check adds a check box.
func (f *fields[T]) check(path, key string, get func(*T) *bool) (*widget.Check, func(bool)) {
	c := widget.NewCheck("", func(bool) { f.changed() })
	f.k.Text(func() { c.SetText(f.k.T(key)) })
	f.bind(func(t *T) {
		at := get(t)
		c.SetChecked(at != nil && *at)
	}, func(t *T) *endpoint.Problem {
		if at := get(t); at != nil {
			*at = c.Checked
		}
		return nil
	})
	return c, f.row(path, "", c)
}

// duration adds a field for a duration; an empty field means 0. hint is a duration or
// a key of the catalogue.
func (f *fields[T]) duration(path, key, hint string, get func(*T) *endpoint.Duration) {
	e := kit.NewField(f.k)
	f.k.Text(func() { e.SetPlaceHolder(f.k.T(hint)) })
	e.OnChanged = func(string) { f.changed() }
	f.bind(func(t *T) {
		text := ""
		if d := time.Duration(*get(t)); d != 0 {
			text = d.String()
		}
		e.SetText(text)
	}, func(t *T) *endpoint.Problem {
		text := strings.TrimSpace(e.Text)
		if _, err := strconv.Atoi(text); err == nil && text != "0" {
			text += "s" // a bare number means seconds
		}
		if err := get(t).UnmarshalText([]byte(text)); err != nil {
			return &endpoint.Problem{Field: path, Code: badDuration, Value: e.Text}
		}
		return nil
	})
	f.row(path, key, e)
}

// params adds a field for names and values, one per line.
func (f *fields[T]) params(path, key string, form paramForm, get func(*T) *[]endpoint.Param) (*kit.Field, func(bool)) {
	e := newLines(f.k, 3)
	e.OnChanged = func(string) { f.changed() }
	e.SetPlaceHolder(form.hint())
	var text string         // as filled in
	var of []endpoint.Param // the parameters of text, which parsing might change
	f.bind(func(t *T) {
		of = nil
		if at := get(t); at != nil {
			of = slices.Clone(*at)
		}
		text = form.text(of)
		e.SetText(text)
	}, func(t *T) *endpoint.Problem {
		at := get(t)
		switch {
		case at == nil:
			return nil
		case e.Text == text:
			*at = slices.Clone(of)
			return nil
		}
		params, line := form.parse(e.Text)
		*at = params
		if line != "" {
			return &endpoint.Problem{Field: path, Code: form.problem(), Value: line}
		}
		return nil
	})
	return e, f.row(path, key, e)
}

// show fills in all fields.
func (f *fields[T]) show(t *T) {
	f.setting = true
	for _, b := range f.bindings {
		b.show(t)
	}
	f.setting = false
}

// read reads all fields into t, and returns what could not be parsed.
func (f *fields[T]) read(t *T) []*endpoint.Problem {
	var problems []*endpoint.Problem
	for _, b := range f.bindings {
		if p := b.read(t); p != nil {
			problems = append(problems, p)
		}
	}
	return problems
}

// showProblems shows each problem under its field, and returns those without a field.
func (f *fields[T]) showProblems(problems []*endpoint.Problem) (others []*endpoint.Problem) {
	texts, warning := map[string]string{}, map[string]bool{}
	for _, p := range problems {
		path := f.fieldOf(p.Field)
		switch {
		case path == "":
			others = append(others, p)
		case texts[path] == "" || warning[path] && !p.Warning():
			texts[path], warning[path] = wording.Of(f.k.Texts).Problem(p), p.Warning()
		}
	}
	for path, label := range f.Wrong {
		importance := widget.DangerImportance
		if warning[path] {
			importance = widget.WarningImportance
		}
		if text := f.k.ShownText(texts[path]); label.Text != text || label.Importance != importance {
			label.Importance = importance
			label.SetText(text)
			kit.SetVisible(label, text != "")
		}
	}
	return others
}

// fieldOf returns the path of the field for a problem, or "".
func (f *fields[T]) fieldOf(path string) string {
	for {
		if f.Wrong[path] != nil {
			return path
		}
		at := strings.LastIndexAny(path, ".[")
		if at < 0 {
			return ""
		}
		path = path[:at]
	}
}

// Problems with texts that cannot be parsed.
const (
	badDuration   endpoint.ProblemCode = "bad_duration"    // not a duration
	badNumber     endpoint.ProblemCode = "bad_number"      // not a whole number
	noHeaderColon endpoint.ProblemCode = "no_header_colon" // a line that is not "name: value"
	noParamEquals endpoint.ProblemCode = "no_param_equals" // a line that is not "name=value"
)

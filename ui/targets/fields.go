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

// fields are the fields of an editor of a T: each shows a part of it, reads it
// back, and has a line that says what is wrong with it.
type fields[T any] struct {
	k       *kit.Kit
	box     *fyne.Container // where the next fields go
	pages   map[*fyne.Container][]string
	changed func()

	bindings []binding[T]
	shape    []func(*T)               // hide what means nothing now
	labels   map[string]*widget.Label // what the fields are called
	Wrong    map[string]*widget.Label
	folder   string // where a file was chosen last
	setting  bool   // the fields are being filled in, by no person
}

// binding is one field.
type binding[T any] struct {
	show func(*T)
	read func(*T) *endpoint.Problem // what is wrong with a text that cannot be read at all
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

// page begins a form of its own for the fields that follow.
func (f *fields[T]) page() *fyne.Container {
	f.box = container.New(layout.NewFormLayout())
	return f.box
}

// row adds a field with what it is called, "" for what call says, and the line
// under it. path is that of what it edits, in JSON; problems of deeper paths are
// told here, too.
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

// call names a field whose name depends on what others say.
func (f *fields[T]) call(path, text string) {
	if l := f.labels[path]; l.Text != text {
		l.SetText(text)
	}
}

// bind adds what fills a field in and reads it.
func (f *fields[T]) bind(show func(*T), read func(*T) *endpoint.Problem) {
	f.bindings = append(f.bindings, binding[T]{show, read})
}

// value adds a field for a text. get returns where it is kept, nil while there
// is no place for it.
func (f *fields[T]) value(path, key string, get func(*T) *string) (*kit.Field, func(bool)) {
	e := kit.NewField(f.k)
	return e, f.entry(path, key, e, get)
}

// secret adds a field for a secret, which is hidden until it is asked to be
// shown. One that consists of variables alone is none.
func (f *fields[T]) secret(path, key string, get func(*T) *string) (*kit.Field, func(bool)) {
	e := kit.NewField(f.k)
	e.Password = true
	hide := f.entry(path, key, e, get)
	f.bind(func(*T) { showSecret(e) }, func(*T) *endpoint.Problem { return nil })
	return e, hide
}

// showSecret hides the text of a field unless it says where the secret is.
func showSecret(e *kit.Field) {
	if hidden := len(endpoint.Refs(e.Text)) == 0; e.Password != hidden {
		e.Password = hidden
		e.Refresh()
	}
}

// lines adds a field of several lines for a text.
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

// choice adds a choice among values, which word gives their names.
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

// duration adds a field for a length of time; an empty one is 0.
// hint is a length of time, or the key of a text.
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
			text += "s" // a bare number is one of seconds
		}
		if err := get(t).UnmarshalText([]byte(text)); err != nil {
			return &endpoint.Problem{Field: path, Code: badDuration, Value: e.Text}
		}
		return nil
	})
	f.row(path, key, e)
}

// params adds a field for names and values, one a line.
func (f *fields[T]) params(path, key string, form paramForm, get func(*T) *[]endpoint.Param) (*kit.Field, func(bool)) {
	e := newLines(f.k, 3)
	e.OnChanged = func(string) { f.changed() }
	e.SetPlaceHolder(form.hint())
	var of []endpoint.Param // what the untouched text stands for
	var text string
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

// show fills every field in.
func (f *fields[T]) show(t *T) {
	f.setting = true
	for _, b := range f.bindings {
		b.show(t)
	}
	f.setting = false
}

// read reads every field into t, and returns what could not be read.
func (f *fields[T]) read(t *T) []*endpoint.Problem {
	var problems []*endpoint.Problem
	for _, b := range f.bindings {
		if p := b.read(t); p != nil {
			problems = append(problems, p)
		}
	}
	return problems
}

// tell puts each problem under its field, and returns those that have none.
func (f *fields[T]) tell(problems []*endpoint.Problem) (homeless []*endpoint.Problem) {
	texts, warning := map[string]string{}, map[string]bool{}
	for _, p := range problems {
		path := f.home(p.Field)
		switch {
		case path == "":
			homeless = append(homeless, p)
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
	return homeless
}

// home returns the path of the field that a problem belongs to, "" if none is.
func (f *fields[T]) home(path string) string {
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

// What can be wrong with a text before it is a value at all.
const (
	badDuration   endpoint.ProblemCode = "bad_duration"    // no length of time
	badNumber     endpoint.ProblemCode = "bad_number"      // no whole number
	noHeaderColon endpoint.ProblemCode = "no_header_colon" // a line that is not "name: value"
	noParamEquals endpoint.ProblemCode = "no_param_equals" // a line that is not "name=value"
)

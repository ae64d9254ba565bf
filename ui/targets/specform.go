package targets

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
)

// The pages of a specForm.
const (
	pageGeneral = iota
	pageSubscribe
	PageSend
	pageClose
	pageConnection
	pageStream
)

// specForm edits a target.
type specForm struct {
	k         *kit.Kit
	content   fyne.CanvasObject
	Fields    *fields[endpoint.Spec]
	Pages     *kit.TabBar
	boxes     []*fyne.Container
	Name      *kit.Field
	variables *variablesEditor
	Calls     []*callForm
	changed   func()

	files  map[string]*fileField // of certificates and keys, by their JSON names
	looked endpoint.Connection   // has the files read last
	pem    *endpoint.Problem     // what is wrong with those files, or nil
}

func newSpecForm(k *kit.Kit, changed func()) *specForm {
	s := &specForm{k: k, changed: changed}
	s.Fields = newFields[endpoint.Spec](k, s.touched)
	f := s.Fields
	page := func() { s.boxes = append(s.boxes, f.page()) }

	page()
	s.Name, _ = f.value("name", "spec.name", func(t *endpoint.Spec) *string { return &t.Name })
	note, _ := f.value("note", "spec.note", func(t *endpoint.Spec) *string { return &t.Note })
	authFields(f, "auth", false, func(t *endpoint.Spec) **endpoint.Auth { a := &t.Auth; return &a })
	s.variables = newVariablesEditor(k, func() { s.touched() })
	f.bind(func(t *endpoint.Spec) { s.variables.show(t.Variables) }, func(t *endpoint.Spec) *endpoint.Problem {
		t.Variables = s.variables.read()
		return nil
	})
	f.row("variables", "spec.variables", s.variables.content)
	for _, call := range endpoint.Calls() {
		page()
		s.Calls = append(s.Calls, newCallForm(f, call))
	}
	page()
	s.files = connectionFields(f)
	page()
	streamFields(f)

	var scrolls []fyne.CanvasObject
	for _, box := range s.boxes {
		scrolls = append(scrolls, kit.NewVScroll(box))
	}
	s.Pages = kit.NewTabBar(nil, scrolls...)
	s.content = kit.Border(s.Pages.Content, nil, nil, nil, s.Pages.Pages)
	k.Text(func() {
		note.SetPlaceHolder(k.T("spec.note_hint"))
		s.titles(nil)
	})
	return s
}

func (s *specForm) touched() {
	if !s.Fields.setting {
		s.changed()
	}
}

// show fills in the form.
func (s *specForm) show(t endpoint.Spec) {
	t = t.Clone()
	s.Fields.show(&t)
	s.check()
}

// read returns the target in the form and what is wrong with it.
func (s *specForm) read() (endpoint.Spec, []*endpoint.Problem) {
	var t endpoint.Spec
	problems := s.Fields.read(&t)
	return t, append(problems, t.Check()...)
}

// check returns the target in the form and what is wrong with it. It shows problems
// next to their fields, and hides fields that do not apply.
func (s *specForm) check(more ...*endpoint.Problem) (endpoint.Spec, []*endpoint.Problem) {
	t, problems := s.read()
	problems = append(more, problems...)
	for _, shape := range s.Fields.shape {
		shape(&t)
	}
	s.lookAtFiles(t.Connection)
	shown := problems
	if s.pem != nil { // does not prevent saving: the file may be on another machine
		pem := *s.pem
		pem.Field = "connection." + pem.Field
		shown = append(shown[:len(shown):len(shown)], &pem)
	}
	s.Fields.showProblems(s.variables.showProblems(shown))
	s.titles(problems)
	return t, problems
}

// lookAtFiles reads the certificates and keys of a connection in the background, if
// their paths have changed, and shows what is wrong with them.
func (s *specForm) lookAtFiles(c endpoint.Connection) {
	files := endpoint.Connection{CAFile: c.CAFile, CertFile: c.CertFile, KeyFile: c.KeyFile}
	for _, file := range []*string{&files.CAFile, &files.CertFile, &files.KeyFile} {
		if strings.Contains(*file, "{") { // depends on the environment
			*file = ""
		}
	}
	if files == s.looked {
		return
	}
	s.looked, s.pem = files, nil
	if files == (endpoint.Connection{}) {
		return
	}
	s.k.Work(func() {
		_, err := files.LoadTLS()
		s.k.Post(func() {
			wrong, ok := errors.AsType[*endpoint.Problem](err)
			if !ok || files != s.looked || wrong.Code == endpoint.KeyMissing || wrong.Code == endpoint.CertMissing {
				return
			}
			s.pem = wrong
			s.changed()
		})
	})
}

// titles sets the titles of the pages; those with an error are red.
func (s *specForm) titles(problems []*endpoint.Problem) {
	wrong := make([]bool, len(s.boxes))
	for _, p := range problems {
		if p.Warning() {
			continue
		}
		for i, box := range s.boxes {
			for _, path := range s.Fields.pages[box] {
				wrong[i] = wrong[i] || path == s.Fields.fieldOf(p.Field)
			}
		}
	}
	for i, key := range []string{"spec.general", "spec.subscribe", "spec.send", "spec.close", "spec.connection", "spec.stream"} {
		s.Pages.Warn(i, s.k.T(key), wrong[i])
	}
}

// authFields adds the fields of an authentication. get returns nil if the target does
// not have the call, and a nil Auth if the call uses that of the target.
func authFields(f *fields[endpoint.Spec], path string, ofCall bool, get func(*endpoint.Spec) **endpoint.Auth) {
	const asTarget = "as_target"
	kinds := []string{endpoint.AuthNone, endpoint.AuthBasic, endpoint.AuthBearer, endpoint.AuthHeader, endpoint.AuthQuery}
	if ofCall {
		kinds = append([]string{asTarget}, kinds...)
	}
	word := func(kind string) string {
		if kind == "" {
			kind = "none"
		}
		return f.k.T("auth." + kind)
	}
	kind := func(t *endpoint.Spec) string {
		if at := get(t); at != nil && *at != nil {
			return (*at).Kind
		}
		return asTarget
	}
	_, hideKind := f.choice(path+".kind", "spec.auth", kinds, word, kind, func(t *endpoint.Spec, kind string) {
		at := get(t)
		switch {
		case at == nil:
		case kind == asTarget:
			*at = nil
		case *at == nil:
			*at = &endpoint.Auth{Kind: kind}
		default:
			(*at).Kind = kind
		}
	})
	part := func(get2 func(*endpoint.Auth) *string, kinds ...string) func(*endpoint.Spec) *string {
		return func(t *endpoint.Spec) *string {
			at := get(t)
			if at == nil || *at == nil {
				return nil
			}
			for _, k := range kinds {
				if (*at).Kind == k {
					return get2(*at)
				}
			}
			return nil
		}
	}
	user := part(func(a *endpoint.Auth) *string { return &a.User }, endpoint.AuthBasic)
	name := part(func(a *endpoint.Auth) *string { return &a.Name }, endpoint.AuthHeader, endpoint.AuthQuery)
	value := part(func(a *endpoint.Auth) *string { return &a.Value }, endpoint.AuthBasic, endpoint.AuthBearer, endpoint.AuthHeader, endpoint.AuthQuery)
	_, hideUser := f.value(path+".user", "spec.auth_user", user)
	_, hideName := f.value(path+".name", "spec.auth_name", name)
	_, hideValue := f.secret(path+".value", "", value)
	f.shape = append(f.shape, func(t *endpoint.Spec) {
		hideKind(get(t) == nil)
		hideUser(user(t) == nil)
		hideName(name(t) == nil)
		hideValue(value(t) == nil)
		f.setLabel(path+".value", f.k.T(ValueKey(kind(t))))
	})
}

// ValueKey returns the catalogue key of the name of an authentication's secret.
func ValueKey(kind string) string {
	switch kind {
	case endpoint.AuthBasic:
		return "spec.auth_password"
	case endpoint.AuthBearer:
		return "spec.auth_token"
	}
	return "spec.auth_key"
}

// streamFields adds the fields about a stream and its reconnects.
func streamFields(f *fields[endpoint.Spec]) {
	first, _ := f.value("last_event_id", "spec.last_event_id", func(t *endpoint.Spec) *string { return &t.LastEventID })
	f.duration("reconnection_time", "spec.reconnection_time", "3s", func(t *endpoint.Spec) *endpoint.Duration { return &t.ReconnectionTime })
	reconnects := kit.NewField(f.k)
	reconnects.OnChanged = func(string) { f.changed() }
	f.bind(func(t *endpoint.Spec) {
		text := ""
		if t.MaxReconnects != nil {
			text = strconv.Itoa(*t.MaxReconnects)
		}
		reconnects.SetText(text)
	}, func(t *endpoint.Spec) *endpoint.Problem {
		text := strings.TrimSpace(reconnects.Text)
		if text == "" {
			return nil
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return &endpoint.Problem{Field: "max_reconnects", Code: badNumber, Value: text}
		}
		t.MaxReconnects = &n
		return nil
	})
	f.row("max_reconnects", "spec.max_reconnects", reconnects)
	f.value("end_marker", "spec.end_marker", func(t *endpoint.Spec) *string { return &t.EndMarker })
	f.check("cookies", "spec.cookies", func(t *endpoint.Spec) *bool { return &t.Cookies })
	f.k.Text(func() {
		first.SetPlaceHolder(f.k.T("spec.last_event_id_hint"))
		reconnects.SetPlaceHolder(f.k.T("spec.no_limit"))
	})
}

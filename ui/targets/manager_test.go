//go:build !e2e

package targets

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/wording/catalogue"
)

func TestATargetIsCreatedChangedAndSaved(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.targets.Manage()
	list := k.targets.Manager.Targets
	if !list.empty.Content.Visible() || list.form.Visible() {
		t.Error("without a target the panel does not say what to do")
	}
	n := k.targets.askTarget(func(s endpoint.Spec) { k.targets.Manager.add(s) })
	n.address.SetText("ftp://h")
	if !n.Ok.Disabled() || n.Wrong.Text != k.k.T("target.problem.bad_scheme") {
		t.Errorf("a wrong address: %q", n.Wrong.Text)
	}
	n.address.SetText("h:81/demo/sse?token=x")
	if want := "GET http://h:81/demo/sse/subscribe?token=•••&clientId=demo"; !strings.Contains(n.Wrong.Text, want) {
		t.Errorf("what Subscribe requests is shown as %q", n.Wrong.Text)
	}
	n.Shape.SetSelectedIndex(2) // Mercure
	n.address.SetText("https://hub.example")
	if n.Ok.Disabled() {
		t.Fatalf("it cannot be created: %s", n.Wrong.Text)
	}
	n.Ok.OnTapped()
	k.until("it is chosen", func() bool { return list.Chosen == "hub.example" && !list.Busy })
	form := k.targets.Manager.Form
	if form.Calls[1].URL.Text != "{base}" || len(form.variables.rows) != 2 || !form.variables.rows[1].value.Password {
		t.Errorf("the form shows %q and %d variables", form.Calls[1].URL.Text, len(form.variables.rows))
	}
	if !list.Save.Disabled() || list.Use.Disabled() {
		t.Error("an unchanged target can be saved, or cannot be used")
	}
	form.Name.SetText("Hub")
	form.variables.rows[1].value.SetText("top secret")
	if list.Save.Disabled() {
		t.Fatal("a changed target cannot be saved")
	}
	list.Save.OnTapped()
	k.until("it is saved", func() bool { return list.Chosen == "Hub" && !list.Busy })
	spec := k.saved("Hub")
	if spec == nil || spec.Variables[1].Value != "top secret" || spec.Shape != endpoint.ShapeMercure || len(k.con.Settings().Target) > 0 && k.con.Settings().Target != "Hub" {
		t.Errorf("saved %+v", spec)
	}
	if data, err := os.ReadFile(k.path); err != nil || strings.Contains(string(data), "top secret") {
		t.Errorf("the file holds the secret, %v", err)
	}
	if text := k.targets.Manager.secrets.Text; !strings.Contains(text, "secrets.json") || !strings.HasPrefix(text, k.k.T("manager.no_bus")) {
		t.Errorf("the panel does not say where secrets are stored: %q", k.targets.Manager.secrets.Text)
	}
	list.Use.OnTapped()
	if p := k.pair(); p.Saved != "Hub" || k.targets.Manager.Popup.Visible() {
		t.Errorf("after Use the form has %+v", p)
	}
}

func TestTheEmbeddedServerIsTheFirstTarget(t *testing.T) {
	k := newTargetsWindow(t, catalogue.Chinese)
	k.uses = console.Pair{Remote: "http://127.0.0.1:1"}
	k.targets.Manage()
	if text := k.targets.Manager.embedded.Text; text != "内置" {
		t.Errorf("it is called %q", text)
	}
	k.targets.Manager.embedded.OnTapped()
	if p := k.pair(); !p.Embedded() || k.k.Asking() {
		t.Errorf("the form has %+v", p)
	}
}

func TestErrorsAreShownNextToTheirFieldsAndPreventSaving(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		k := newTargetsWindow(t, language)
		k.edit(func(ctx context.Context, s *endpoint.Store) error {
			for _, name := range []string{"a", "b"} {
				spec, err := endpoint.New(endpoint.ShapeDemo, "h")
				if err != nil {
					return err
				}
				spec.Name = name
				if err := s.Add(ctx, spec); err != nil {
					return err
				}
			}
			return nil
		})
		k.targets.Manage()
		form, list := k.targets.Manager.Form, k.targets.Manager.Targets
		fill := func(path, text string) func() {
			return func() { entryOf(form.Fields, path).SetText(text) }
		}
		for _, c := range []struct {
			path, code string
			make       func()
			page       int
		}{
			{"name", "missing", func() { form.Name.SetText(" ") }, pageGeneral},
			{"name", "duplicate", func() { form.Name.SetText("b") }, pageGeneral},
			{"subscribe.url", "bad_scheme", fill("subscribe.url", "ftp://x"), pageSubscribe},
			{"send.header", "no_header_colon", fill("send.header", "X-Tenant a"), PageSend},
			{"send.header", "bad_header_name", fill("send.header", "X Tenant: a"), PageSend},
			{"close.method", "bad_method", fill("close.method", "G T"), pageClose},
			{"send.expect.status", "bad_status", fill("send.expect.status", "2xy"), PageSend},
			{"send.expect.jq", "bad_jq", fill("send.expect.jq", ".["), PageSend},
			{"connection.connect_timeout", "bad_duration", fill("connection.connect_timeout", "soon"), pageConnection},
			{"connection.key_file", "key_missing", fill("connection.cert_file", "/x.pem"), pageConnection},
			{"max_reconnects", "bad_number", fill("max_reconnects", "many"), pageStream},
			{"max_reconnects", "negative", fill("max_reconnects", "-1"), pageStream},
		} {
			list.choose("a")
			c.make()
			want := strings.Split(k.k.T("target.problem."+c.code, "Value", "\x00"), "\x00")[0]
			label := form.Fields.Wrong[c.path]
			if !label.Visible() || !strings.HasPrefix(label.Text, want) || !list.Save.Disabled() {
				t.Errorf("%s: %s: %q, save disabled %v", c.path, c.code, label.Text, list.Save.Disabled())
			}
			if form.Pages.Buttons[c.page].Importance != widget.DangerImportance {
				t.Errorf("%s: its page is not marked", c.path)
			}
		}
		list.choose("a")
		if list.dirty() || !list.Save.Disabled() || form.Pages.Buttons[pageStream].Importance == widget.DangerImportance {
			t.Error("discarded changes are still in the form")
		}
	}
}

// entryOf returns the field of a path.
func entryOf[T any](f *fields[T], path string) *kit.Field {
	for box := range f.pages {
		for _, o := range box.Objects {
			if cell, ok := o.(*fyne.Container); ok && len(cell.Objects) == 2 && cell.Objects[1] == f.Wrong[path] {
				switch field := cell.Objects[0].(type) {
				case *kit.Field:
					return field
				case *fyne.Container: // with a button next to it
					return field.Objects[0].(*kit.Field)
				}
			}
		}
	}
	return nil
}

func TestAnUnreadableFileIsNotTreatedAsEmpty(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.targets.Manage()
	if err := os.WriteFile(k.path, []byte("{\n\"version\":1,\"target\":[]}"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	k.con.Targets.Edit(func(context.Context, *endpoint.Store) error { return nil }, func(error) { close(done) })
	<-done // it was read again
	k.targets.Manager.refresh()
	for _, list := range []*itemList{k.targets.Manager.Targets, k.targets.Manager.environments} {
		if !list.empty.Content.Visible() || !strings.Contains(list.empty.Label.Text, "Line 2") || list.empty.Label.Importance != widget.DangerImportance {
			t.Errorf("it says %q", list.empty.Label.Text)
		}
	}
}

func TestUnsavedChangesAreNotDiscardedWithoutAsking(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		for _, name := range []string{"a", "b"} {
			if err := s.Add(ctx, endpoint.Spec{Name: name, Subscribe: endpoint.Call{URL: "http://h"}}); err != nil {
				return err
			}
		}
		return nil
	})
	k.targets.Manage()
	list, form := k.targets.Manager.Targets, k.targets.Manager.Form
	list.choose("a")
	form.Name.SetText("c")
	before := k.k.Win.Canvas().Overlays().Top()
	list.list.Select(1)
	if list.Chosen != "a" || form.Name.Text != "c" || k.k.Win.Canvas().Overlays().Top() == before {
		t.Fatalf("another item was chosen without asking: %s, %q", list.Chosen, form.Name.Text)
	}
	k.k.Win.Canvas().Overlays().Top().Hide()
	list.undo.OnTapped()
	list.list.Select(1)
	if list.Chosen != "b" {
		t.Errorf("after undoing %q is chosen", list.Chosen)
	}
}

func TestATargetIsUnchangedAfterARoundTripThroughTheForm(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	three := 3
	specs := []endpoint.Spec{
		{
			Name: "all", Note: "n", LastEventID: "7", ReconnectionTime: endpoint.Duration(1500 * time.Millisecond), MaxReconnects: &three, EndMarker: "[DONE]", Cookies: true,
			Subscribe: endpoint.Call{
				Method: "POST", URL: "https://h/{clientId}", Query: []endpoint.Param{{Name: "q", Value: "two\nlines"}, {Name: "flag"}},
				Header: []endpoint.Param{{Name: "Accept", Value: "text/event-stream"}, {Name: "X-Empty"}},
				Body:   &endpoint.Body{Kind: endpoint.BodyForm, Form: []endpoint.Param{{Name: "a=b", Value: "c"}}},
			},
			Auth:      endpoint.Auth{Kind: endpoint.AuthHeader, Name: "X-Key", Value: "{key}"},
			Variables: []endpoint.Variable{{Name: "key", Secret: true, Value: "x"}, {Name: "plain", Value: "y"}},
			Send: &endpoint.Call{
				URL: "https://h", Body: &endpoint.Body{Kind: endpoint.BodyJSON, Text: "{\n\"a\":\"{content}\"}"}, LongAsForm: true,
				Expect: endpoint.Expect{Status: "201", JQ: ".ok"}, Auth: &endpoint.Auth{},
			},
			Close: &endpoint.Call{Method: "DELETE", URL: "https://h", Auth: &endpoint.Auth{Kind: endpoint.AuthBasic, User: "u", Value: "{key}"}},
			Connection: endpoint.Connection{
				CAFile: "/ca", CertFile: "/c", KeyFile: "/k", ServerName: "s", MinTLS: "1.3", Proxy: "http://p:1", HTTP: endpoint.HTTP2,
				ConnectTimeout: endpoint.Duration(time.Second), IdleTimeout: endpoint.Duration(time.Minute), Compression: "br", Redirects: endpoint.ShowRedirects,
			},
		},
		{Name: "bare", Subscribe: endpoint.Call{URL: "http://h"}, Connection: endpoint.Connection{Proxy: endpoint.NoProxy, Insecure: true}},
	}
	for _, shape := range endpoint.Shapes() {
		spec, err := endpoint.New(shape.ID, shape.Example)
		if err != nil {
			t.Fatal(err)
		}
		specs = append(specs, spec)
	}
	k.targets.Manage()
	form := k.targets.Manager.Form
	for _, spec := range specs {
		form.show(spec)
		got, problems := form.read()
		got.Shape = spec.Shape
		before, err1 := endpoint.File{Targets: []endpoint.Spec{spec}}.Encode()
		after, err2 := endpoint.File{Targets: []endpoint.Spec{got}}.Encode()
		if err1 != nil || err2 != nil || string(before) != string(after) || errorsIn(problems) > 0 {
			t.Errorf("%s: %v %v %v\n%s\nbecame\n%s", spec.Name, err1, err2, problems, before, after)
		}
	}
}

func TestThePanelSwitchesItsLanguageAndFits800By500(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.k.Win.Resize(fyne.NewSize(800, 500))
	k.targets.Manage()
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		k.k.Speak(catalogue.New(language))
		if min := k.targets.Manager.content.MinSize(); min.Width > 770 || min.Height > 480 {
			t.Errorf("%s: the panel needs %v", language, min)
		}
	}
	if got := k.targets.Manager.Form.Pages.Buttons[PageSend].Text; got != "发送" {
		t.Errorf("a page is called %q in Chinese", got)
	}
}

func TestAZoomedPanelIsInTheWindowAndOverlapsNothing(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	look.Use(k.k.App, look.Look{Zoom: 2.5})
	t.Cleanup(func() { look.Use(k.k.App, look.Look{}) })
	k.k.Win.Resize(fyne.NewSize(800, 500))
	k.targets.Manage()
	m := k.targets.Manager
	if size := m.Popup.Content.Size(); size.Width > 800 || size.Height > 500 {
		t.Errorf("the panel has %v", size)
	}
	if has, needs := m.content.Size().Width, m.content.MinSize().Width; has < needs {
		t.Errorf("its content is %v wide, and needs %v", has, needs)
	}
	if b := m.Targets.duplicate; b.Size().Width < b.MinSize().Width {
		t.Errorf("a button of the list is %v wide, and needs %v", b.Size().Width, b.MinSize().Width)
	}
}

func TestAnUnusableCertificateFileIsReportedButCanBeSaved(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.Add(ctx, endpoint.Spec{Name: "a", Subscribe: endpoint.Call{URL: "https://h"}})
	})
	k.targets.Manage()
	form := k.targets.Manager.Form
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	entryOf(form.Fields, "connection.ca_file").SetText(path)
	wrong := form.Fields.Wrong["connection.ca_file"]
	k.until("the file is reported as unusable", func() bool { return strings.Contains(wrong.Text, "contains no certificate") })
	if k.targets.Manager.Targets.Save.Disabled() {
		t.Error("it cannot be saved")
	}
	entryOf(form.Fields, "connection.ca_file").SetText("")
	if wrong.Text != "" {
		t.Errorf("without a file it says %q", wrong.Text)
	}
}

func TestACertificateFileCanBeChosen(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.Add(ctx, endpoint.Spec{Name: "a", Subscribe: endpoint.Call{URL: "https://h"}})
	})
	k.targets.Manage()
	form := k.targets.Manager.Form
	dir := t.TempDir()
	path := filepath.Join(dir, "client.pem")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	field := form.files["cert_file"]
	open := func() int { return len(k.k.Win.Canvas().Overlays().List()) }
	before := open()
	field.browse.OnTapped()
	if open() != before+1 || field.browse.Text != k.k.T("spec.browse") {
		t.Errorf("%d dialogs are open, and the button says %q", open()-before, field.browse.Text)
	}
	k.k.Win.Canvas().Overlays().Top().Hide()
	form.Fields.chosen(field.Field, nil, nil) // as Cancel does
	if field.Text != "" {
		t.Errorf("after cancelling, the field has %q", field.Text)
	}
	file, err := storage.Reader(storage.NewFileURI(path))
	if err != nil {
		t.Fatal(err)
	}
	form.Fields.chosen(field.Field, file, nil)
	if field.Text != path || form.Fields.folder != dir {
		t.Errorf("the field has %q, the next dialog starts in %q", field.Text, form.Fields.folder)
	}
	if wrong := form.Fields.Wrong["connection.key_file"]; !wrong.Visible() {
		t.Error("the missing key is not reported")
	}
}

func TestTheSecretOfAnAuthenticationIsNamedAfterItsKind(t *testing.T) {
	for _, c := range []struct{ language, basic, bearer, key string }{
		{catalogue.English, "Password", "Token", "Key"},
		{catalogue.Chinese, "密码", "令牌", "密钥"},
	} {
		k := newTargetsWindow(t, c.language)
		k.targets.Manage()
		form := k.targets.Manager.Form
		for _, a := range []struct{ kind, want string }{
			{endpoint.AuthBasic, c.basic}, {endpoint.AuthBearer, c.bearer}, {endpoint.AuthHeader, c.key}, {endpoint.AuthQuery, c.key},
		} {
			auth := endpoint.Auth{Kind: a.kind, Name: "X", User: "u", Value: "{v}"}
			form.show(endpoint.Spec{Name: "a", Auth: auth, Subscribe: endpoint.Call{URL: "http://h", Auth: &auth}})
			for _, path := range []string{"auth.value", "subscribe.auth.value"} {
				if got := form.Fields.labels[path].Text; got != a.want {
					t.Errorf("%s %s: %q, want %q", path, a.kind, got, a.want)
				}
			}
		}
	}
}

func TestTargetsAndEnvironmentsAreCopiedAndDeleted(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.Add(ctx, endpoint.Spec{Name: "a", Subscribe: endpoint.Call{URL: "https://h"}})
	})
	k.targets.Manage()
	list := k.targets.Manager.Targets
	list.duplicate.OnTapped()
	k.until("the copy is chosen", func() bool { return len(list.names) == 2 && list.Chosen == list.names[1] })
	list.edit(func(ctx context.Context, s *endpoint.Store) error { return list.kind.remove(ctx, s, list.Chosen) }, func() { list.load("") })
	k.until("it is deleted", func() bool { return len(list.names) == 1 && list.Chosen == "a" && !list.Busy })

	environments := k.targets.Manager.environments
	if !environments.empty.Content.Visible() || !strings.Contains(environments.empty.Label.Text, "{{host}}") {
		t.Errorf("without an environment it says %q", environments.empty.Label.Text)
	}
	environments.add(func(ctx context.Context, s *endpoint.Store) (string, error) {
		return "dev", s.AddEnvironment(ctx, endpoint.Environment{Name: "dev"})
	})
	k.until("it is chosen", func() bool { return environments.Chosen == "dev" && !environments.Busy })
	environments.kind.show("dev")
	form := k.targets.Manager.environment
	form.variables.put(endpoint.Variable{Name: "token", Value: "x"})
	form.check()
	if row := form.variables.rows[0]; !row.wrong.Visible() || row.wrong.Importance != widget.WarningImportance || row.wrong.Text != k.k.T("target.problem.not_secret") {
		t.Errorf("for a token in plain text it says %q", row.wrong.Text)
	}
	environments.kind.use("dev")
	k.until("it is the active one", func() bool {
		_, _, active := k.con.Targets.Names()
		k.k.Post(func() {})
		return active == "dev"
	})
}

func TestAFailedSaveIsReportedAndTheChangeStaysInTheForm(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	k.edit(func(ctx context.Context, s *endpoint.Store) error {
		return s.Add(ctx, endpoint.Spec{Name: "a", Subscribe: endpoint.Call{URL: "https://h"}})
	})
	k.targets.Manage()
	list, form := k.targets.Manager.Targets, k.targets.Manager.Form
	form.Name.SetText("b")
	if err := os.WriteFile(k.path, []byte(`{"version":1,`), 0o600); err != nil {
		t.Fatal(err)
	}
	list.Save.OnTapped()
	k.until("the result is shown", func() bool { return list.wrong.Visible() && !list.Busy })
	if !strings.Contains(list.wrong.Text, "Line 1") || form.Name.Text != "b" {
		t.Errorf("it says %q, and the form has %q", list.wrong.Text, form.Name.Text)
	}
}

func TestTabFollowsTheOrderOfAVariablesRow(t *testing.T) {
	k := newTargetsWindow(t, catalogue.English)
	v := newVariablesEditor(k.k, func() {})
	v.put(endpoint.Variable{Name: "host", Value: "a"})
	k.k.Win.SetContent(v.content)
	row, canvas := v.rows[0], k.k.Win.Canvas()
	canvas.Focus(row.name)
	for _, want := range []fyne.Focusable{row.value, row.secret} {
		canvas.FocusNext()
		if got := canvas.Focused(); got != want {
			t.Errorf("Tab reaches a %T, %+v", got, want)
		}
	}
}

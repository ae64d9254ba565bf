package details

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"sseconsole/client/inside"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// pictureURL returns a data: URL of a PNG.
func pictureURL(t *testing.T, width, height int) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes())
}

// token returns a JSON Web Token.
func token(claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"HS256"}`)) + "." + encode([]byte(claims)) + ".c2ln"
}

func TestPicturesAndTokensAreShownDecoded(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	url := pictureURL(t, 30, 20)
	p := w.d.inside
	for _, data := range []string{`{"a":{"b":"` + url + `"}}`, `["` + strings.ReplaceAll(url, "/", `\/`) + `"]`, url, " " + url + "\n"} {
		event(w, data)
		w.show(-1)
		if !p.content.Visible() || !p.picture.Visible() || p.picture.Image == nil || p.text.Visible() || !strings.Contains(p.title.Text, "image/png · 30 × 20 · ") {
			t.Errorf("%.40s: the panel %v says %q", data, p.content.Visible(), p.title.Text)
		}
	}
	for _, data := range []string{`{"t":"Bearer ` + token(`{"sub":"ann"}`) + `"}`, token(`{"sub":"ann"}`)} {
		event(w, data)
		w.show(-1)
		if !p.content.Visible() || p.picture.Visible() || !strings.Contains(p.text.Text(), "\"alg\": \"HS256\"\n}\n{\n  \"sub\": \"ann\"") || !strings.Contains(p.title.Text, "signature not checked") {
			t.Errorf("%.40s: %q under %q", data, p.text.Text(), p.title.Text)
		}
	}
	event(w, `{"a":"nothing inside"}`)
	w.show(-1)
	if p.content.Visible() {
		t.Error("the panel of another row is shown")
	}
}

func TestWhatCannotBeDecodedIsSaid(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	for _, c := range []struct{ data, want string }{
		{`{"a":"data:image/svg+xml,<svg/>"}`, "image/svg+xml · 6 bytes · .a · not shown"},
		{`{"a":"data:image/png;base64,iVBORw0KGgo="}`, "cannot be decoded"},
	} {
		event(w, c.data)
		w.show(-1)
		if p := w.d.inside; !strings.Contains(p.title.Text, c.want) || p.picture.Visible() {
			t.Errorf("%s: %q, picture %v", c.data, p.title.Text, p.picture.Visible())
		}
	}
}

func TestAClosedPanelOpensWhenItsValueIsChosen(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	data := `{"a":1,"t":"` + token("{}") + `"}`
	event(w, data)
	event(w, data)
	w.show(0)
	p := w.d.inside
	p.close()
	if w.show(1); p.content.Visible() {
		t.Error("the panel that was closed opens with another row")
	}
	if w.caretOn(t, `"t"`); !p.content.Visible() {
		t.Error("the panel does not open on its value")
	}
}

func TestTheTimesOfATokenAreReadable(t *testing.T) {
	token, ok := inside.ParseToken(token(`{"iat":1767225600,"exp":1767229200,"nbf":1767229300}`))
	if !ok {
		t.Fatal("no token")
	}
	w := wording.Of(catalogue.New(catalogue.English))
	at := func(s int64) string { return time.Unix(s, 0).Format("2006-01-02 15:04:05 -07:00") }
	s := tokenText(w, token, time.Unix(1767229250, 0))
	want := "iat  " + at(1767225600) + "\nnbf  " + at(1767229300) + " · not valid yet\nexp  " + at(1767229200) + " · expired\n{"
	if !strings.HasPrefix(s.text, want) || s.text[s.from] != '{' {
		t.Errorf("%s", s.text)
	}
}

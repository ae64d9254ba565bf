package endpoint

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func env(pairs ...string) *Environment {
	e := &Environment{Name: "test"}
	for i := 0; i < len(pairs); i += 2 {
		e.Variables = append(e.Variables, Variable{Name: pairs[i], Value: pairs[i+1]})
	}
	return e
}

func TestAValueIsEscapedForItsPlace(t *testing.T) {
	nasty := "a/b c?&=+%#\"\\\n订"
	spec := Spec{Subscribe: Call{
		URL:    "{{base}}/p/{content}?q={content}",
		Query:  []Param{{"x y", "[{content}]"}},
		Header: []Param{{"X-One", "{{base}}"}},
	}}
	values := Values{Content: nasty, Environment: env("base", "https://Host:8443/api/v1")}
	r, err := spec.Request(Subscribe, values)
	const query = "a%2Fb%20c%3F%26%3D%2B%25%23%22%5C%0A%E8%AE%A2"
	want := "https://host:8443/api/v1/p/a%2Fb%20c%3F&=+%25%23%22%5C%0A%E8%AE%A2?q=" + query + "&x%20y=%5B" + query + "%5D"
	if err != nil || r.URL != want || r.Method != "GET" || r.Header.Get("X-One") != "https://Host:8443/api/v1" {
		t.Errorf("%+v, %v\nwant %s", r, err, want)
	}
	for name, tt := range map[string]struct {
		body Body
		want string
	}{
		"a string":       {Body{Kind: BodyJSON, Text: `{"a":"<{content}>","b":{"c":[]}}`}, `{"a":"<a/b c?&=+%#\"\\\n订>","b":{"c":[]}}`},
		"a whole string": {Body{Kind: BodyJSON, Text: `{"a":{content}}`}, `{"a":"a/b c?&=+%#\"\\\n订"}`},
		"after a quote":  {Body{Kind: BodyJSON, Text: `{"a\"":{content}}`}, `{"a\"":"a/b c?&=+%#\"\\\n订"}`},
		"raw JSON":       {Body{Kind: BodyJSON, Text: `[{+clientId}]`}, `[{"n":1}]`},
		"literal braces": {Body{Kind: BodyJSON, Text: `"{!content}"`}, `"{content}"`},
		"a form":         {Body{Kind: BodyForm, Form: []Param{{"t", "{content}"}, {"a b", "{clientId}"}}}, "t=a%2Fb+c%3F%26%3D%2B%25%23%22%5C%0A%E8%AE%A2&a+b=%7B%22n%22%3A1%7D"},
		"text":           {Body{Kind: BodyText, Text: "{content}!"}, nasty + "!"},
		"an empty text":  {Body{Kind: BodyText}, ""},
		"no placeholder": {Body{Kind: BodyJSON, Text: "{}"}, "{}"},
	} {
		spec := Spec{Send: &Call{URL: "http://h", Body: &tt.body}}
		r, err := spec.Request(Send, Values{ClientID: `{"n":1}`, Content: nasty})
		if err != nil || string(r.Body) != tt.want || r.Body == nil || r.Method != "POST" {
			t.Errorf("%s: %+v %s, %v; want %s", name, r, r.Body, err, tt.want)
		}
	}
}

func TestRawValuesAreNotEscaped(t *testing.T) {
	spec := Spec{Subscribe: Call{URL: "http://h/{+clientId}?{+content}"}}
	r, err := spec.Request(Subscribe, Values{ClientID: "a/b c#d", Content: "x=1&y=#2"})
	if err != nil || r.URL != "http://h/a/b%20c%23d?x=1&y=%232" {
		t.Errorf("%s, %v", r.URL, err)
	}
}

func TestAClientIDCannotChangeTheHost(t *testing.T) {
	spec := Spec{Subscribe: Call{URL: "http://{clientId}.example.org/x"}}
	if r, err := spec.Request(Subscribe, Values{ClientID: "alice"}); err != nil || r.URL != "http://alice.example.org/x" {
		t.Errorf("%s, %v", r.URL, err)
	}
	for _, id := range []string{"evil.org/", "a@evil.org", "evil.org?", "a:b@c"} {
		if r, err := spec.Request(Subscribe, Values{ClientID: id}); err == nil && !strings.HasSuffix(strings.TrimSuffix(r.URL, "/x"), ".example.org") {
			t.Errorf("%q leads to %s", id, r.URL)
		}
	}
}

func TestEverythingMissingIsReportedAtOnce(t *testing.T) {
	spec := Spec{
		Subscribe: Call{
			URL: "{{host}}/{topic}", Query: []Param{{"a", "{{host}}{b}"}}, Header: []Param{{"X", "{{x}}"}},
			Body: &Body{Kind: BodyJSON, Text: `"{gone}{secret}"`},
		},
		Auth:      Auth{Kind: AuthBearer, Value: "{{token}}"},
		Variables: []Variable{{Name: "topic", Value: "{{world}}"}, {Name: "secret", Secret: true}, {Name: "l", Value: "{l}"}},
	}
	e := env("x", "1")
	e.Variables = append(e.Variables, Variable{Name: "token", Secret: true})
	want := []string{
		"subscribe.query[0].value undefined {{host}}", "subscribe.query[0].value undefined {b}", "auth.value secret_missing {{token}}",
		"subscribe.body.text undefined {gone}", "subscribe.body.text secret_missing {secret}",
		"subscribe.url undefined {{host}}", "subscribe.url undefined {{world}}",
	}
	if got := codes(spec.Missing(Subscribe, Values{Environment: e})); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q,\nwant %q", got, want)
	}
	spec.Subscribe = Call{URL: "http://h/{l}"}
	if got := codes(spec.Missing(Subscribe, Values{Environment: e})); len(got) != 2 || got[1] != "subscribe.url loop {l}" {
		t.Errorf("loop: %q", got)
	}
}

func codes(problems []*Problem) []string {
	var texts []string
	for _, p := range problems {
		texts = append(texts, strings.TrimRight(p.Field+" "+string(p.Code)+" "+p.Value, " "))
	}
	return texts
}

func TestTheErrorSaysWhyARequestCannotBeMade(t *testing.T) {
	for want, tt := range map[string]struct {
		call   Call
		values Values
	}{
		"send.url bad_scheme ftp://h":             {call: Call{URL: "ftp://h"}},
		"send.url no_host http://":                {call: Call{URL: "http://"}},
		"send.url missing":                        {call: Call{}},
		"send.url bad_url http://h:port":          {call: Call{URL: "http://h:port"}},
		"send.url bad_url http://u:•••@h:port":    {call: Call{URL: "http://u:sesame@h:port"}},
		"send.header[0].value bad_header_value":   {call: Call{URL: "http://h", Header: []Param{{"X", "{content}"}}}, values: Values{Content: "a\nb"}},
		"send.body.text bad_json":                 {call: Call{URL: "http://h", Body: &Body{Kind: BodyJSON, Text: "{+content}"}}, values: Values{Content: "}"}},
		"send.body.text not_utf8 {content}":       {call: Call{URL: "http://h", Body: &Body{Kind: BodyJSON, Text: `"{content}"`}}, values: Values{Content: "\xff"}},
		"send.body.kind unknown_value xml":        {call: Call{URL: "http://h", Body: &Body{Kind: "xml"}}},
		"send.auth.kind unknown_value kerberos":   {call: Call{URL: "http://h", Auth: &Auth{Kind: "kerberos"}}},
		"send.auth.value bad_header_value":        {call: Call{URL: "http://h", Auth: &Auth{Kind: AuthBearer, Value: "a\x00b"}}},
		"send.url bad_url http://{clientId}:80/x": {call: Call{URL: "http://{clientId}:80/x"}, values: Values{ClientID: "a b"}},
	} {
		spec := Spec{Send: &tt.call}
		_, err := spec.Request(Send, tt.values)
		var problems Problems
		if errors.As(err, &problems); strings.Join(codes(problems), ", ") != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if err != nil && strings.Contains(err.Error(), "sesame") {
			t.Errorf("%v contains the password", err)
		}
	}
	if _, err := new(Spec).Request(Close, Values{}); !errors.Is(err, ErrNoCall) {
		t.Errorf("a missing call: %v", err)
	}
}

func TestAuthentication(t *testing.T) {
	for name, tt := range map[string]struct {
		auth       Auth
		url, key   string
		wantHeader string
	}{
		"basic":  {Auth{Kind: AuthBasic, User: "Aladdin", Value: "{pw}"}, "http://h", "Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
		"bearer": {Auth{Kind: AuthBearer, Value: "{pw}"}, "http://h", "Authorization", "Bearer open sesame"},
		"header": {Auth{Kind: AuthHeader, Name: "X-API-Key", Value: "{pw}"}, "http://h", "X-Api-Key", "open sesame"},
		"query":  {Auth{Kind: AuthQuery, Name: "key", Value: "{pw}"}, "http://h?key=open%20sesame", "Authorization", ""},
		"none":   {Auth{}, "http://h", "Authorization", ""},
	} {
		spec := Spec{
			Subscribe: Call{URL: "http://h"}, Close: &Call{URL: "http://h", Auth: &Auth{}},
			Auth: tt.auth, Variables: []Variable{{Name: "pw", Value: "open sesame", Secret: true}},
		}
		r, err := spec.Request(Subscribe, Values{})
		if err != nil || r.URL != tt.url || r.Header.Get(tt.key) != tt.wantHeader {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if r, err := spec.Request(Close, Values{}); err != nil || r.URL != "http://h" || len(r.Header) != 0 {
			t.Errorf("%s: a call with its own Auth has %+v, %v", name, r, err)
		}
		if masked := spec.Masker(nil).Request(r); strings.Contains(masked.URL+masked.Header.Get(tt.key), "sesame") {
			t.Errorf("%s: masked to %+v", name, masked)
		}
	}
}

func TestALongURLBecomesAForm(t *testing.T) {
	spec := Spec{Send: &Call{URL: "http://h/send?v=1", Query: []Param{{"content", "{content}"}}, LongAsForm: true}}
	r, err := spec.Request(Send, Values{Content: "a b"})
	if err != nil || r.Method != "GET" || r.URL != "http://h/send?v=1&content=a%20b" || r.Body != nil {
		t.Errorf("%+v, %v", r, err)
	}
	long := strings.Repeat("x", 3000)
	r, err = spec.Request(Send, Values{Content: long})
	if err != nil || r.Method != "POST" || r.URL != "http://h/send?v=1" || string(r.Body) != "content="+long ||
		r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("%s %s, %v", r.Method, r.URL, err)
	}
}

func TestTheHeaderOverridesTheContentTypeOfTheBody(t *testing.T) {
	spec := Spec{Send: &Call{URL: "http://h", Header: []Param{{"content-type", "text/markdown"}}, Body: &Body{Kind: BodyText}}}
	r, err := spec.Request(Send, Values{})
	if want := (http.Header{"Content-Type": {"text/markdown"}}); err != nil || !reflect.DeepEqual(r.Header, want) {
		t.Errorf("%v, %v", r.Header, err)
	}
}

func TestTheProxysPasswordIsAVariable(t *testing.T) {
	spec := Spec{Subscribe: Call{URL: "http://h"}, Connection: Connection{Proxy: "http://u:s%40same@p:3128", MinTLS: "1.3"}}
	spec = spec.Conceal()
	if spec.Connection.Proxy != "http://u:{password}@p:3128" {
		t.Errorf("concealed as %s", spec.Connection.Proxy)
	}
	c, err := spec.Resolve(Values{})
	if err != nil || c.Proxy != "http://u:s%40same@p:3128" || c.MinTLS != "1.3" {
		t.Errorf("%+v, %v", c, err)
	}
	spec.Variables = nil
	if _, err := spec.Resolve(Values{}); err == nil {
		t.Error("a proxy without its password was accepted")
	}
	if problems := spec.Check(); len(problems) != 2 || problems[0].Field != "name" || problems[1].Code != NoVariable {
		t.Errorf("%v", problems)
	}
}

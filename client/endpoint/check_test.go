package endpoint

import (
	"context"
	"reflect"
	"strings"
	"testing"
)

func TestEveryFieldOfASpecIsChecked(t *testing.T) {
	good := func() Spec { return Spec{Name: "n", Subscribe: Call{URL: "{{base}}/x"}} }
	minus := -1
	for want, change := range map[string]func(*Spec){
		"":                                      func(*Spec) {},
		"name missing":                          func(s *Spec) { s.Name = " " },
		"name not_utf8":                         func(s *Spec) { s.Name = "\xff" },
		"shape unknown_value x":                 func(s *Spec) { s.Shape = "x" },
		"subscribe.url missing":                 func(s *Spec) { s.Subscribe.URL = "" },
		"subscribe.url bad_scheme ftp://{{h}}":  func(s *Spec) { s.Subscribe.URL = "ftp://{{h}}" },
		"subscribe.url no_variable {typo}":      func(s *Spec) { s.Subscribe.URL = "{{base}}/{clientId}/{!x}/{typo}" },
		"auth.value no_variable {typo}":         func(s *Spec) { s.Auth = Auth{Kind: AuthBearer, Value: "{typo}"} },
		"connection.ca_file no_variable {typo}": func(s *Spec) { s.Connection.CAFile = "{typo}/ca.pem" },
		"connection.proxy no_variable {typo}":   func(s *Spec) { s.Connection.Proxy = "http://{typo}" },
		"variables[0].value no_variable {typo}": func(s *Spec) {
			s.Variables = []Variable{{Name: "a", Value: "{typo}"}, {Name: "b", Secret: true, Value: "{x}"}}
		},
		"variables[0].value not_secret": func(s *Spec) {
			s.Variables = []Variable{{Name: "api_token", Value: "x"}, {Name: "key", Value: "{{key}}"}, {Name: "jwt", Secret: true, Value: "x"}}
		},
		"subscribe.method bad_method A B":                         func(s *Spec) { s.Subscribe.Method = "A B" },
		"subscribe.query[0].name missing":                         func(s *Spec) { s.Subscribe.Query = []Param{{}} },
		"subscribe.header[0].name missing":                        func(s *Spec) { s.Subscribe.Header = []Param{{}} },
		"subscribe.header[0].name bad_header_name a b":            func(s *Spec) { s.Subscribe.Header = []Param{{"a b", ""}} },
		"subscribe.header[0].name header_not_sent Content-Length": func(s *Spec) { s.Subscribe.Header = []Param{{"content-length", "1"}} },
		"subscribe.header[0].value bad_header_value":              func(s *Spec) { s.Subscribe.Header = []Param{{"a", "x\ny"}} },
		"subscribe.body.text bad_json":                            func(s *Spec) { s.Subscribe.Body = &Body{Kind: BodyJSON, Text: `{"a":}`} },
		"subscribe.body.text not_utf8":                            func(s *Spec) { s.Subscribe.Body = &Body{Kind: BodyText, Text: "\xff"} },
		"subscribe.body.kind unknown_value":                       func(s *Spec) { s.Subscribe.Body = &Body{} },
		"subscribe.body.form[0].name missing":                     func(s *Spec) { s.Subscribe.Body = &Body{Kind: BodyForm, Form: []Param{{}}} },
		"subscribe.method body_of_get GET":                        func(s *Spec) { s.Subscribe.Method, s.Subscribe.Body = "GET", &Body{Kind: BodyText} },
		"send.expect.status bad_status 2yy":                       func(s *Spec) { s.Send = &Call{URL: "http://h", Expect: Expect{Status: "2yy"}} },
		"send.expect.jq bad_jq .[":                                func(s *Spec) { s.Send = &Call{URL: "http://h", Expect: Expect{JQ: ".["}} },
		"send.expect.jq bad_jq nothing":                           func(s *Spec) { s.Send = &Call{URL: "http://h", Expect: Expect{JQ: "nothing"}} },
		"close.url missing":                                       func(s *Spec) { s.Close = &Call{} },
		"variables[0].name missing":                               func(s *Spec) { s.Variables = []Variable{{}} },
		"variables[0].name bad_variable a b":                      func(s *Spec) { s.Variables = []Variable{{Name: "a b"}} },
		"variables[0].name reserved content":                      func(s *Spec) { s.Variables = []Variable{{Name: Content}} },
		"variables[1].name duplicate a":                           func(s *Spec) { s.Variables = []Variable{{Name: "a"}, {Name: "a"}} },
		"auth.kind unknown_value digest":                          func(s *Spec) { s.Auth.Kind = "digest" },
		"auth.user missing":                                       func(s *Spec) { s.Auth = Auth{Kind: AuthBasic} },
		"auth.value missing":                                      func(s *Spec) { s.Auth = Auth{Kind: AuthBearer} },
		"auth.name missing":                                       func(s *Spec) { s.Auth = Auth{Kind: AuthQuery, Value: "x"} },
		"auth.name bad_header_name a:":                            func(s *Spec) { s.Auth = Auth{Kind: AuthHeader, Name: "a:", Value: "x"} },
		"subscribe.header[0].name auth_twice authorization": func(s *Spec) {
			s.Auth, s.Subscribe.Header = Auth{Kind: AuthBearer, Value: "x"}, []Param{{"authorization", "y"}}
		},
		"connection.http unknown_value 3":  func(s *Spec) { s.Connection.HTTP = "3" },
		"reconnection_time negative":       func(s *Spec) { s.ReconnectionTime = -1 },
		"max_reconnects negative":          func(s *Spec) { s.MaxReconnects = &minus },
		"last_event_id bad_header_value":   func(s *Spec) { s.LastEventID = "a\nb" },
		"subscribe.url bad_url http://h:p": func(s *Spec) { s.Subscribe.URL = "http://h:p" },
	} {
		spec := good()
		change(&spec)
		if got := strings.Join(codes(spec.Check()), ", "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTemplatesOfURLsAreChecked(t *testing.T) {
	for template, want := range map[string]ProblemCode{
		"http://h/{a}?{b}": "", "{{base}}": "", "{{base}}/x": "", "{scheme}://{host}:{port}/": "", "{{host}}:8080/x": "",
		"https://{{host}}": "", "http://u:{p}@h": "", "localhost:8080/{a}": "", "http://[::1]:80/{{x}}": "", "{{a}}{{b}}/x": "",
		"": Missing, "ws://{{host}}": BadScheme, "http:///x": HostMissing, "http://h:99999": BadAddress, "http://h/%zz": "",
	} {
		got := ProblemCode("")
		if p := CheckURL(template); p != nil {
			got = p.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", template, got, want)
		}
	}
}

func TestFieldsCanBeCheckedSeparately(t *testing.T) {
	first := func(p *Problem) string {
		if p == nil {
			return ""
		}
		return p.Field + " " + string(p.Code)
	}
	for _, tt := range []struct{ got, want string }{
		{first(CheckName("a", []string{"b"})), ""},
		{first(CheckName("a", []string{"a"})), "name duplicate"},
		{first(CheckName("", nil)), "name missing"},
		{first(CheckMethod("GET ")), "method bad_method"},
		{first(CheckHeader(Param{"A", "b"})), ""},
		{first(CheckHeader(Param{"A", "b\x00"})), "header.value bad_header_value"},
		{first(CheckVariable("a", true, nil)), ""},
		{first(CheckVariable("content", true, nil)), "name reserved"},
		{first(CheckVariable("content", false, nil)), ""},
		{first(CheckVariable("a", false, []string{"a"})), "name duplicate"},
		{strings.Join(codes(CheckBody(Body{Kind: BodyJSON, Text: "["})), ","), "body.text bad_json"},
		{strings.Join(codes(CheckAuth(Auth{Kind: AuthHeader})), ","), "auth.value missing,auth.name missing"},
		{strings.Join(codes((&Environment{Variables: []Variable{{Name: "1"}}}).Check()), ","), "name missing,variables[0].name bad_variable 1"},
		{strings.Join(codes((&Environment{Name: "e", Variables: []Variable{{Name: "token", Value: "{x}"}, {Name: "token2"}}}).Check()), ","), "variables[0].value not_secret"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestExpectJudgesAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		expect Expect
		status int
		body   string
		want   Verdict
	}{
		{Expect{}, 204, "", Expected},
		{Expect{}, 302, "", UnexpectedStatus},
		{Expect{Status: "201, 202"}, 202, "", Expected},
		{Expect{Status: "201 202"}, 200, "", UnexpectedStatus},
		{Expect{Status: "3XX 404-410"}, 399, "", Expected},
		{Expect{Status: "3xx 404-410"}, 410, "", Expected},
		{Expect{Status: "1xx-2xx"}, 299, "", Expected},
		{Expect{JQ: ".code == 200"}, 200, `{"code":200}`, Expected},
		{Expect{JQ: ".code == 200"}, 200, `{"code":500}`, Refused},
		{Expect{JQ: ".id"}, 200, `{"id":12345678901234567890}`, Expected},
		{Expect{JQ: ".id == 12345678901234567891"}, 200, `{"id":12345678901234567890}`, Refused},
		{Expect{JQ: ".id"}, 200, `{}`, Refused},
		{Expect{JQ: "empty"}, 200, `{}`, Refused},
		{Expect{JQ: ".id"}, 200, `<html>`, NoJSON},
		{Expect{JQ: ".id"}, 200, `[]`, QueryFailed},
		{Expect{JQ: "["}, 200, `[]`, QueryFailed},
		{Expect{JQ: ".x"}, 500, `{"x":1}`, UnexpectedStatus},
	} {
		if got, err := tt.expect.Judge(t.Context(), tt.status, []byte(tt.body)); got != tt.want {
			t.Errorf("%+v of %d %s: %q, %v", tt.expect, tt.status, tt.body, got, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := (Expect{JQ: "last(range(1e9))"}).Judge(ended, 200, []byte("1")); got != QueryFailed || err == nil {
		t.Errorf("an endless expression: %q, %v", got, err)
	}
}

func TestACloneSharesNothing(t *testing.T) {
	spec, err := New(ShapeMercure, "https://h")
	if err != nil {
		t.Fatal(err)
	}
	one := 1
	spec.MaxReconnects = &one
	clone := spec.Clone()
	clone.Send.Body.Form[0].Value, clone.Send.Auth.Value, clone.Subscribe.Query[0].Value, clone.Variables[0].Value = "", "", "", ""
	*clone.MaxReconnects = 2
	fresh, _ := New(ShapeMercure, "https://h")
	fresh.MaxReconnects = &one
	if !reflect.DeepEqual(spec, fresh) || *spec.MaxReconnects != 1 {
		t.Errorf("changed to %+v", spec)
	}
}

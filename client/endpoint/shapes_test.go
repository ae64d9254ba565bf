package endpoint

import (
	"reflect"
	"strings"
	"testing"
)

func TestShapes(t *testing.T) {
	values := Values{ClientID: "a b", Content: "x&y"}
	for _, tt := range []struct{ shape, address, subscribe, send, close string }{
		{ShapeDemo, "localhost:8080/demo/sse/subscribe?clientId=1",
			"GET http://localhost:8080/demo/sse/subscribe?clientId=a%20b",
			"GET http://localhost:8080/demo/sse/send?clientId=a%20b&content=x%26y",
			"GET http://localhost:8080/demo/sse/close?clientId=a%20b"},
		{ShapeDemo, "h",
			"GET http://h/demo/sse/subscribe?clientId=a%20b",
			"GET http://h/demo/sse/send?clientId=a%20b&content=x%26y",
			"GET http://h/demo/sse/close?clientId=a%20b"},
		{ShapeDemo, "https://h/?v=2",
			"GET https://h/subscribe?v=2&clientId=a%20b",
			"GET https://h/send?v=2&clientId=a%20b&content=x%26y",
			"GET https://h/close?v=2&clientId=a%20b"},
		{ShapeSmilex, "h:1?v=2",
			"GET http://h:1/smilex/open/sse/subscribe?v=2&clientId=a%20b",
			"GET http://h:1/smilex/open/sse/send?v=2&clientId=a%20b&content=x%26y",
			"GET http://h:1/smilex/open/sse/close?v=2&clientId=a%20b"},
		{ShapeMercure, "https://hub.example",
			"GET https://hub.example/.well-known/mercure?topic=a%20b",
			"POST https://hub.example/.well-known/mercure topic=a+b&data=x%26y", ""},
		{ShapeNchan, "http://h/live/",
			"GET http://h/live/sub/a%20b", "POST http://h/live/pub/a%20b x&y", "DELETE http://h/live/pub/a%20b"},
		{ShapeOpenAI, "https://api.openai.com",
			"POST https://api.openai.com/v1/chat/completions " +
				"{\n  \"model\": \"gpt-4o-mini\",\n  \"stream\": true,\n  \"messages\": [{\"role\": \"user\", \"content\": \"x&y\"}]\n}", "", ""},
		{ShapeGET, "https://h/v2/stream?x=a%2Bb", "GET https://h/v2/stream?x=a%2Bb", "", ""},
	} {
		spec, err := New(tt.shape, tt.address)
		if err != nil {
			t.Errorf("%s: %v", tt.shape, err)
			continue
		}
		if problems := spec.Check(); len(problems) > 0 {
			t.Errorf("%s: %v", tt.shape, problems)
		}
		for i := range spec.Variables {
			if v := &spec.Variables[i]; v.Secret {
				v.Value = "s3cret"
			}
		}
		for call, want := range map[string]string{Subscribe: tt.subscribe, Send: tt.send, Close: tt.close} {
			got := ""
			if spec.Call(call) != nil {
				r, err := spec.Request(call, values)
				if got = strings.TrimSpace(r.Verb() + " " + r.URL + " " + string(r.Body)); err != nil {
					got = err.Error()
				}
			}
			if got != want {
				t.Errorf("%s, %s: got %s, want %s", tt.shape, call, got, want)
			}
		}
	}
	for _, shape := range Shapes() {
		if spec, err := New(shape.ID, shape.Example); err != nil || (spec.Send != nil) != shape.CanSend {
			t.Errorf("%+v: %+v, %v", shape, spec, err)
		}
	}
	if _, err := New(ShapeDemo, "ftp://h"); reason(err) != Scheme {
		t.Errorf("a bad address: %v", err)
	}
}

func TestFromBaseMakesTheCallsOfDemo(t *testing.T) {
	for _, text := range []string{"http://u:p%40w@h:8080/a%2Fb/{x}?token=a%2Bb&plain=1", "h", "https://h/demo/sse"} {
		base, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		spec, err := FromBase(text)
		if err != nil || spec.Name != Demo(base, Auto).Name || spec.Typed() {
			t.Fatalf("%+v, %v", spec, err)
		}
		for _, call := range Calls() {
			want := demoURL(t, base, call, "a", "b c")
			if r, err := spec.Request(call, Values{ClientID: "a", Content: "b c"}); err != nil || r.URL != want {
				t.Errorf("%s: %s, %v; want %s", call, r.URL, err, want)
			}
		}
		for _, v := range spec.Variables {
			if !v.Secret && (strings.Contains(v.Value, "a+b") || strings.Contains(v.Value, "p%40w")) {
				t.Errorf("%+v contains a secret", v)
			}
		}
	}
}

func TestLiteralSecretsAreConcealed(t *testing.T) {
	spec := Spec{
		Subscribe: Call{
			URL: "http://u:pa55word@h/x?api_key=k3y-1&q=1&token={{token}}", Query: []Param{{"access_token", "t0k3n"}, {"q", "plain"}},
			Header: []Param{{"Authorization", "Bearer b3ar3r"}, {"X-Api-Key", "k3y-1"}, {"Accept", "text/event-stream"}, {"Cookie", "{{cookie}}"}},
			Body:   &Body{Kind: BodyForm, Form: []Param{{"client_secret", "cs-1{{x}}"}, {"a", "b"}}},
		},
		Auth: Auth{Kind: AuthBasic, User: "me", Value: "{!not}"},
	}
	values := Values{Environment: env("token", "T", "cookie", "a=b", "x", "X")}
	before, err := spec.Request(Subscribe, values)
	if err != nil {
		t.Fatal(err)
	}
	concealed := spec.Conceal()
	after, err := concealed.Request(Subscribe, values)
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("%+v became %+v, %v", before, after, err)
	}
	if again := concealed.Conceal(); !reflect.DeepEqual(again, concealed) {
		t.Errorf("concealed twice: %+v, %+v", again, concealed)
	}
	var names []string
	for _, v := range concealed.Variables {
		names = append(names, v.Name+"="+v.Value)
	}
	want := []string{"password={not}", "Authorization=b3ar3r", "X-Api-Key=k3y-1", "access_token=t0k3n", "client_secret=cs-1", "password2=pa55word"}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	if spec.Auth.Value != "{!not}" || spec.Subscribe.Header[0].Value != "Bearer b3ar3r" {
		t.Error("the original has changed")
	}
}

func TestSecretsInJSONAreConcealedByFieldNames(t *testing.T) {
	for _, c := range []struct {
		name, kind, body string
		secrets          []string
	}{
		{"a field", BodyJSON, `{"api_key": "sk-1", "model": "m"}`, []string{"api_key=sk-1"}},
		{"any case and place", BodyJSON, `[{"a":{"accessToken" : "t0k3n","x":"y"}}]`, []string{"accessToken=t0k3n"}},
		{"the usual escapes", BodyJSON, `{"password":"a\"b\\c<é"}`, []string{`password=a"b\c<é`}},
		{"other escapes", BodyJSON, `{"password":"a\u0041\/b"}`, []string{`password=a\u0041\/b`}},
		{"a placeholder before it", BodyJSON, `{"token":"{{x}}-rest"}`, []string{"token=-rest"}},
		{"only placeholders", BodyJSON, `{"token":"{{x}}"}`, nil},
		{"a placeholder and an escape", BodyJSON, `{"token":"{{x}}\"y"}`, nil},
		{"a literal that looks like a placeholder", BodyJSON, `{"secret":"{!x}"}`, []string{"secret={x}"}},
		{"values that are not text, and an empty text", BodyJSON, `{"token":"","secret":null,"jwt":true,"password":{}}`, nil},
		{"a number", BodyJSON, `{"password":12345678,"key":-1.5e3}`, []string{"password=12345678", "key=-1.5e3"}},
		{"a number in a text", BodyText, `{"password":12345678}`, []string{"password=12345678"}},
		{"a list", BodyJSON, `{"secret":["a","{{x}}",{"b":"c"},1,true]}`, []string{"secret=a", "secret2=c", "secret3=1"}},
		{"a placeholder outside a string", BodyJSON, `{"token":{{x}},"key":[{clientId}]}`, nil},
		{"an escaped name", BodyJSON, `{"pass\u0077ord":"x"}`, []string{"password=x"}},
		{"other names", BodyJSON, `{"monkey":"a","tokens":"b","text":"\"key\":\"c\""}`, nil},
		{"a body declared as text", BodyText, `{"client_secret":"a\"b"}`, []string{`client_secret=a\"b`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := Spec{Subscribe: Call{URL: "http://h", Body: &Body{Kind: c.kind, Text: c.body}}}
			values := Values{Environment: env("x", "X")}
			before, err := spec.Request(Subscribe, values)
			if err != nil {
				t.Fatal(err)
			}
			concealed := spec.Conceal()
			if after, err := concealed.Request(Subscribe, values); err != nil || !reflect.DeepEqual(before, after) {
				t.Errorf("%s became %s, %v", before.Body, after.Body, err)
			}
			var secrets []string
			for _, v := range concealed.Variables {
				secrets = append(secrets, v.Name+"="+v.Value)
			}
			if !reflect.DeepEqual(secrets, c.secrets) {
				t.Errorf("secrets %q, want %q, in %s", secrets, c.secrets, concealed.Subscribe.Body.Text)
			}
			if again := concealed.Conceal(); !reflect.DeepEqual(again, concealed) {
				t.Errorf("concealed twice: %+v", again)
			}
		})
	}
}

func TestTheFilesAndServerNameOfAConnectionAreTemplates(t *testing.T) {
	spec := Spec{
		Name: "x", Subscribe: Call{URL: "https://h"}, Variables: []Variable{{Name: "who", Value: "me"}},
		Connection: Connection{CAFile: "{{certs}}/ca.pem", CertFile: "{{certs}}/{who}.pem", KeyFile: "/{!k}", ServerName: "{{host}}"},
	}
	if problems := spec.Check(); len(problems) > 0 {
		t.Errorf("%v", problems)
	}
	c, err := spec.Resolve(Values{Environment: env("certs", "/c", "host", "h.example")})
	want := Connection{CAFile: "/c/ca.pem", CertFile: "/c/me.pem", KeyFile: "/{k}", ServerName: "h.example"}
	if err != nil || c != want {
		t.Errorf("%+v, %v", c, err)
	}
	if missing := spec.Missing(Subscribe, Values{}); len(missing) != 3 || missing[0].Field != "connection.ca_file" || missing[0].Value != "{{certs}}" {
		t.Errorf("missing: %v", missing)
	}
	if missing := spec.Missing(Send, Values{}); missing != nil {
		t.Errorf("a missing call lacks %v", missing)
	}
}

func TestSecretsOfAURLAreConcealedEverywhere(t *testing.T) {
	for _, c := range []struct {
		url, concealed string
		secrets        []string
	}{
		{"http://ghp_x@h/?a=1", "http://{token}@h/?a=1", []string{"token=ghp_x"}},
		{"http://{{x}}@h/", "http://{{x}}@h/", nil},
		{"http://me:p%40ss@h/?X-Amz-Signature=a%2Bb&code=c", "http://me:{password}@h/?X-Amz-Signature={X-Amz-Signature}&code={code}",
			[]string{"password=p%40ss", "X-Amz-Signature=a+b", "code=c"}},
		{"http://h/a;jsessionid=B/c?d={{x}}#id_token=e", "http://h/a;jsessionid={jsessionid}/c?d={{x}}#id_token={id_token}", []string{"jsessionid=B", "id_token=e"}},
		{"http://{{x}}:{{p}}/?mail=me@h&status_code=1", "http://{{x}}:{{p}}/?mail=me@h&status_code=1", nil},
	} {
		spec := Spec{Subscribe: Call{URL: c.url}}
		values := Values{Environment: env("x", "X", "p", "80")}
		before, err := spec.Request(Subscribe, values)
		if err != nil {
			t.Fatal(err)
		}
		concealed := spec.Conceal()
		var secrets []string
		for _, v := range concealed.Variables {
			secrets = append(secrets, v.Name+"="+v.Value)
		}
		if concealed.Subscribe.URL != c.concealed || !reflect.DeepEqual(secrets, c.secrets) {
			t.Errorf("%s became %s with %q, want %s with %q", c.url, concealed.Subscribe.URL, secrets, c.concealed, c.secrets)
		}
		if after, err := concealed.Request(Subscribe, values); err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%s became %s, %v", before.URL, after.URL, err)
		}
	}
}

func TestSecretsOfAFormAsTextAreConcealed(t *testing.T) {
	const parts = "--b\r\nContent-Disposition: form-data; name=\"pwd\"\r\n\r\n{s3cr3t\r\n--b--\r\n"
	for kind, text := range map[string]string{
		"application/x-www-form-urlencoded": "a=1&client_secret=s3cr3t%21",
		"multipart/form-data; boundary=b":   parts,
	} {
		spec := Spec{Subscribe: Call{URL: "http://h", Header: []Param{{"content-type", kind}}, Body: &Body{Kind: BodyText, Text: text}}}
		concealed := spec.Conceal()
		before, _ := spec.Request(Subscribe, Values{})
		after, err := concealed.Request(Subscribe, Values{})
		if err != nil || !reflect.DeepEqual(before, after) || len(concealed.Variables) != 1 || strings.Contains(concealed.Subscribe.Body.Text, "s3cr3t") {
			t.Errorf("%+v, %v", concealed, err)
		}
	}
}

func TestAVariableNamedLikeASecretGivesAWarning(t *testing.T) {
	for name, want := range map[string]bool{"session_id": true, "pwd": true, "X-Auth": true, "apiKey": true, "author": false, "max_tokens": false} {
		e := Environment{Name: "e", Variables: []Variable{{Name: name, Value: "x"}}}
		if got := len(e.Check()) == 1 && e.Check()[0].Code == NotSecret; got != want {
			t.Errorf("%s: %v", name, e.Check())
		}
	}
}

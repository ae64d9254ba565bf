package mask

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSecretFieldsOfJSONAreMasked(t *testing.T) {
	for in, want := range map[string]string{
		`{"code":200,"msg":"success","data":null}`:                                    `{"code":200,"msg":"success","data":null}`,
		`{"password":"a\"b","x":1}`:                                                   `{"password":"•••","x":1}`,
		`{"password" : 12345678}`:                                                     `{"password" : "•••"}`,
		`{"password":-1.5e3,"x":2}`:                                                   `{"password":"•••","x":2}`,
		`{"secret":["a",1,true,null,"",["b"]],"x":1}`:                                 `{"secret":["•••","•••",true,null,"",["•••"]],"x":1}`,
		`{"credentials":{"user" : "me","n":[{"a":1}]}}`:                               `{"credentials":{"user" : "•••","n":[{"a":"•••"}]}}`,
		`{"pass\u0077ord":"x","t\u006Fken":1}`:                                        `{"pass\u0077ord":"•••","t\u006Fken":"•••"}`,
		`{"token":"a","token":"b"}`:                                                   `{"token":"•••","token":"•••"}`,
		`{"token":"","secret":true,"jwt":null}`:                                       `{"token":"","secret":true,"jwt":null}`,
		`{"a":{"b":[{"apiKey":"x"}]}}`:                                                `{"a":{"b":[{"apiKey":"•••"}]}}`,
		`{"session":"a","sid":1,"auth":{},"state":"b","max_tokens":5,"error.code":7}`: `{"session":"a","sid":1,"auth":{},"state":"b","max_tokens":5,"error.code":7}`,
		"{\"token\":\"a\"}\n{\"token\":\"b\"}\n":                                      "{\"token\":\"•••\"}\n{\"token\":\"•••\"}\n",
		`{"x":1,"password":"cut off`:                                                  `{"x":1,"password":"•••`,
		`{"password":123`:                                                             `{"password":"•••"`,
		`{"secret":["a",{"b":"c`:                                                      `{"secret":["•••",{"b":"•••`,
		`{"passw`:                                                                     `{"passw`,
		`{"password":}{"password":"a"`:                                                `{"password":}{"password":"•••"`,
		`"password":"a" not JSON "token": "b"`:                                        `"password":"•••" not JSON "token": "•••"`,
	} {
		if got := Body("application/json", in); got != want {
			t.Errorf("%s\nis  %s\nwant %s", in, got, want)
		} else if json.Valid([]byte(in)) && !json.Valid([]byte(got)) {
			t.Errorf("%s is not JSON any more: %s", in, got)
		}
	}
}

func TestABodyIsMaskedByItsContentType(t *testing.T) {
	const form = "application/x-www-form-urlencoded"
	const parts = "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ns3cr3t\r\nmore\r\n" +
		"--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: application/json\r\n\r\n{\"token\":\"s3cr3t\"}\r\n" +
		"--b\r\nContent-Disposition: form-data; name=c\r\n\r\nplain\r\n--b--\r\n"
	for _, tt := range []struct{ kind, in, want string }{
		{form, "a=1&client_secret=a#b&code=c", "a=1&client_secret=•••&code=•••"},
		{form + "; charset=UTF-8", "token=a", "token=•••"},
		{form, `{"password":"a"}`, `{"password":"•••"}`}, // as curl sends it
		{form, `[a]=1&token=b`, `[a]=1&token=•••`},
		{form, `a={"token":"b"}`, `a={"token":"b"}`},
		{"text/plain", ` {"password":"a"}`, ` {"password":"•••"}`},
		{"", `[{"password":"a"}]`, `[{"password":"•••"}]`},
		{"application/problem+json", `"password":1`, `"password":"•••"`},
		{"text/plain", "token=a", "token=a"},
		{"text/event-stream", `{"token":"a"}`, `{"token":"a"}`},
		{"multipart/form-data; boundary=b", parts, strings.NewReplacer("s3cr3t\r\nmore", Mark, "s3cr3t", Mark).Replace(parts)},
	} {
		if got := Body(tt.kind, tt.in); got != tt.want {
			t.Errorf("%s: %q\nis %q\nwant %q", tt.kind, tt.in, got, tt.want)
		}
	}
}

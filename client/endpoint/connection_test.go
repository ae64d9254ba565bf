package endpoint

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestAConnectionSurvivesJSON(t *testing.T) {
	c := Connection{
		CAFile: "ca.pem", MinTLS: "1.3", Insecure: true, Proxy: "socks5://u:p@h:1080", HTTP: HTTP2,
		ConnectTimeout: Duration(1500 * time.Millisecond), Compression: "br",
	}
	text, err := json.Marshal(c)
	if err != nil || !strings.Contains(string(text), `"connect_timeout":"1.5s"`) {
		t.Fatalf("%s, %v", text, err)
	}
	var back Connection
	if err := json.Unmarshal(text, &back); err != nil || back != c {
		t.Errorf("%+v, %v", back, err)
	}
	if text, _ := json.Marshal(Connection{}); string(text) != "{}" {
		t.Errorf("the zero value is %s", text)
	}
	if json.Unmarshal([]byte(`{"idle_timeout":"soon"}`), &back) == nil {
		t.Error("an invalid duration is accepted")
	}
}

func TestEveryFieldOfAConnectionIsChecked(t *testing.T) {
	for want, c := range map[string]Connection{
		"":                          {},
		"ca_file ca_not_used":       {CAFile: "x", Insecure: true},
		"cert_file cert_missing":    {KeyFile: "x"},
		"key_file key_missing":      {CertFile: "x"},
		"server_name bad_name":      {ServerName: "https://h"},
		"min_tls unknown_value":     {MinTLS: "1.1"},
		"http unknown_value":        {HTTP: "3"},
		"connect_timeout negative":  {ConnectTimeout: -1},
		"header_timeout negative":   {HeaderTimeout: -1},
		"idle_timeout negative":     {IdleTimeout: -1},
		"compression unknown_value": {Compression: "lzma"},
		"redirects unknown_value":   {Redirects: "perhaps"},
		"proxy bad_proxy":           {Proxy: "ftp://h"},
		"proxy bad_proxy ":          {Proxy: "http://"},
		"proxy bad_proxy  ":         {Proxy: "http://h/path"},
		"proxy bad_proxy   ":        {Proxy: "proxy.example:3128"},
		"\x00 all that is allowed":  {Proxy: "socks5://u:p@h", HTTP: "1.1", MinTLS: "1.2", Compression: "all", Redirects: "show", ServerName: "::1"},
		"\x00 no proxy at all":      {Proxy: NoProxy},
	} {
		var got []string
		for _, p := range c.Check() {
			got = append(got, p.Field+" "+string(p.Code))
		}
		if want, _, _ := strings.Cut(want, "\x00"); strings.Join(got, ", ") != strings.TrimSpace(want) {
			t.Errorf("%+v: got %q, want %q", c, got, want)
		}
	}
}

func TestAProblemMasksThePasswordOfTheProxy(t *testing.T) {
	for _, proxy := range []string{"ftp://u:sesame@h", "http://u:sesame@h:port", "http://u:sesame@h/%zz"} {
		problems := Connection{Proxy: proxy}.Check()
		if len(problems) != 1 || strings.Contains(problems[0].Error(), "sesame") {
			t.Errorf("%s: %v", proxy, problems)
		}
	}
}

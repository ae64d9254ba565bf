package targets

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/target"
	"sseconsole/ui/kit"
)

// connectionFields adds the fields of how a host is reached, and returns those of
// files by their names in JSON.
func connectionFields(f *fields[target.Spec]) map[string]*fileField {
	at := func(get func(*target.Connection) *string) func(*target.Spec) *string {
		return func(t *target.Spec) *string { return get(&t.Connection) }
	}
	choice := func(path, key, prefix string, values []string, get func(*target.Connection) *string) {
		word := func(value string) string {
			if value == "" {
				value = "default"
			}
			if key := prefix + value; f.k.Texts.Has(key) {
				return f.k.T(key)
			}
			return value
		}
		f.choice("connection."+path, key, values, word,
			func(t *target.Spec) string { return *get(&t.Connection) },
			func(t *target.Spec, value string) { *get(&t.Connection) = value })
	}
	choice("http", "spec.http", "http.", []string{"", target.HTTP1, target.HTTP2}, func(c *target.Connection) *string { return &c.HTTP })

	insecure, _ := f.check("connection.insecure", "spec.insecure", func(t *target.Spec) *bool { return &t.Connection.Insecure })
	danger := widget.NewLabel("")
	danger.Importance = widget.DangerImportance
	f.k.Text(func() { danger.SetText("⚠ " + f.k.T("spec.insecure_why")) })
	hideDanger := f.row("connection.insecure_why", "", danger)
	f.shape = append(f.shape, func(*target.Spec) { hideDanger(!insecure.Checked) })

	files := map[string]*fileField{}
	file := func(path, key string, get func(*target.Connection) *string) {
		e := f.file("connection."+path, key, at(get))
		files[path] = e
		e.SetPlaceHolder("/…/" + path[:len(path)-len("_file")] + ".pem")
	}
	file("ca_file", "spec.ca_file", func(c *target.Connection) *string { return &c.CAFile })
	file("cert_file", "spec.cert_file", func(c *target.Connection) *string { return &c.CertFile })
	file("key_file", "spec.key_file", func(c *target.Connection) *string { return &c.KeyFile })
	f.value("connection.server_name", "spec.server_name", at(func(c *target.Connection) *string { return &c.ServerName }))
	choice("min_tls", "spec.min_tls", "min_tls.", []string{"", "1.2", "1.3"}, func(c *target.Connection) *string { return &c.MinTLS })

	proxyFields(f)
	f.duration("connection.connect_timeout", "spec.connect_timeout", "10s", func(t *target.Spec) *target.Duration { return &t.Connection.ConnectTimeout })
	f.duration("connection.header_timeout", "spec.header_timeout", "spec.no_limit", func(t *target.Spec) *target.Duration { return &t.Connection.HeaderTimeout })
	f.duration("connection.idle_timeout", "spec.idle_timeout", "spec.no_limit", func(t *target.Spec) *target.Duration { return &t.Connection.IdleTimeout })
	choice("compression", "spec.compression", "compression.", append([]string{"", target.CompressionAll}, target.Compressions()...), func(c *target.Connection) *string { return &c.Compression })
	choice("redirects", "spec.redirects", "redirects.", []string{"", target.ShowRedirects}, func(c *target.Connection) *string { return &c.Redirects })
	return files
}

// proxyFields adds the choice of a proxy, and the field of its URL.
func proxyFields(f *fields[target.Spec]) {
	const ofURL = "url"
	kind := func(t *target.Spec) string {
		switch t.Connection.Proxy {
		case "", target.NoProxy:
			return t.Connection.Proxy
		}
		return ofURL
	}
	word := func(kind string) string {
		if kind == "" {
			kind = "default"
		}
		return f.k.T("proxy." + kind)
	}
	chosen, _ := f.choice("connection.proxy_kind", "spec.proxy", []string{"", target.NoProxy, ofURL}, word, kind, func(t *target.Spec, kind string) {
		t.Connection.Proxy = kind
	})
	e := kit.NewField(f.k)
	e.SetPlaceHolder("http://user:{proxyPassword}@proxy:3128")
	e.OnChanged = func(string) { f.changed() }
	f.bind(func(t *target.Spec) {
		text := ""
		if kind(t) == ofURL {
			text = t.Connection.Proxy
		}
		e.SetText(text)
	}, func(t *target.Spec) *target.Problem {
		if chosen.SelectedIndex() == 2 {
			t.Connection.Proxy = e.Text
			if e.Text == "" {
				return &target.Problem{Field: "connection.proxy", Code: target.Missing}
			}
		}
		return nil
	})
	hide := f.row("connection.proxy", "spec.proxy_url", e)
	f.shape = append(f.shape, func(*target.Spec) { hide(chosen.SelectedIndex() != 2) })
}

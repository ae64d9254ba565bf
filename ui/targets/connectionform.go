package targets

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/kit"
)

// connectionFields adds the fields of a connection, and returns those of files by
// their JSON names.
func connectionFields(f *fields[endpoint.Spec]) map[string]*fileField {
	at := func(get func(*endpoint.Connection) *string) func(*endpoint.Spec) *string {
		return func(t *endpoint.Spec) *string { return get(&t.Connection) }
	}
	choice := func(path, key, prefix string, values []string, get func(*endpoint.Connection) *string) {
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
			func(t *endpoint.Spec) string { return *get(&t.Connection) },
			func(t *endpoint.Spec, value string) { *get(&t.Connection) = value })
	}
	choice("http", "spec.http", "http.", []string{"", endpoint.HTTP1, endpoint.HTTP2}, func(c *endpoint.Connection) *string { return &c.HTTP })

	insecure, _ := f.check("connection.insecure", "spec.insecure", func(t *endpoint.Spec) *bool { return &t.Connection.Insecure })
	danger := widget.NewLabel("")
	danger.Importance = widget.DangerImportance
	f.k.Text(func() { danger.SetText("⚠ " + f.k.T("spec.insecure_why")) })
	hideDanger := f.row("connection.insecure_why", "", danger)
	f.shape = append(f.shape, func(*endpoint.Spec) { hideDanger(!insecure.Checked) })

	files := map[string]*fileField{}
	file := func(path, key string, get func(*endpoint.Connection) *string) {
		e := f.file("connection."+path, key, at(get))
		files[path] = e
		e.SetPlaceHolder("/…/" + path[:len(path)-len("_file")] + ".pem")
	}
	file("ca_file", "spec.ca_file", func(c *endpoint.Connection) *string { return &c.CAFile })
	file("cert_file", "spec.cert_file", func(c *endpoint.Connection) *string { return &c.CertFile })
	file("key_file", "spec.key_file", func(c *endpoint.Connection) *string { return &c.KeyFile })
	f.value("connection.server_name", "spec.server_name", at(func(c *endpoint.Connection) *string { return &c.ServerName }))
	choice("min_tls", "spec.min_tls", "min_tls.", []string{"", "1.2", "1.3"}, func(c *endpoint.Connection) *string { return &c.MinTLS })

	proxyFields(f)
	f.duration("connection.connect_timeout", "spec.connect_timeout", "10s", func(t *endpoint.Spec) *endpoint.Duration { return &t.Connection.ConnectTimeout })
	f.duration("connection.header_timeout", "spec.header_timeout", "spec.no_timeout", func(t *endpoint.Spec) *endpoint.Duration { return &t.Connection.HeaderTimeout })
	f.duration("connection.idle_timeout", "spec.idle_timeout", "spec.no_timeout", func(t *endpoint.Spec) *endpoint.Duration { return &t.Connection.IdleTimeout })
	choice("compression", "spec.compression", "compression.", append([]string{"", endpoint.CompressionAll}, endpoint.Compressions()...), func(c *endpoint.Connection) *string { return &c.Compression })
	choice("redirects", "spec.redirects", "redirects.", []string{"", endpoint.ShowRedirects}, func(c *endpoint.Connection) *string { return &c.Redirects })
	return files
}

// proxyFields adds the choice of a proxy and the field of its URL.
func proxyFields(f *fields[endpoint.Spec]) {
	const ofURL = "url"
	kind := func(t *endpoint.Spec) string {
		switch t.Connection.Proxy {
		case "", endpoint.NoProxy:
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
	chosen, _ := f.choice("connection.proxy_kind", "spec.proxy", []string{"", endpoint.NoProxy, ofURL}, word, kind, func(t *endpoint.Spec, kind string) {
		t.Connection.Proxy = kind
	})
	e := kit.NewField(f.k)
	e.SetPlaceHolder("http://user:{proxyPassword}@proxy:3128")
	e.OnChanged = func(string) { f.changed() }
	f.bind(func(t *endpoint.Spec) {
		text := ""
		if kind(t) == ofURL {
			text = t.Connection.Proxy
		}
		e.SetText(text)
	}, func(t *endpoint.Spec) *endpoint.Problem {
		if chosen.SelectedIndex() == 2 {
			t.Connection.Proxy = e.Text
			if e.Text == "" {
				return &endpoint.Problem{Field: "connection.proxy", Code: endpoint.Missing}
			}
		}
		return nil
	})
	hide := f.row("connection.proxy", "spec.proxy_url", e)
	f.shape = append(f.shape, func(*endpoint.Spec) { hide(chosen.SelectedIndex() != 2) })
}

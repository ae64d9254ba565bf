package client

import (
	"net/url"
	"os"
	"strings"

	"sseconsole/client/mask"
)

// UnreadableProxy is an environment variable for a proxy whose value is not a
// proxy's address.
type UnreadableProxy struct {
	Name  string
	Value string // masked
}

// UnreadableProxies returns the proxy variables of the environment that cannot be
// parsed. net/http silently ignores some of them, and takes http://proxy:port for a
// proxy at the host http.
func UnreadableProxies() (list []UnreadableProxy) {
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY"} {
		if os.Getenv(name) == "" {
			name = strings.ToLower(name)
		}
		value := os.Getenv(name)
		address := value
		if !strings.Contains(address, "://") {
			address = "http://" + address
		}
		if u, err := url.Parse(address); value != "" && (err != nil || u.Host == "") {
			list = append(list, UnreadableProxy{name, mask.URL(value)})
		}
	}
	return list
}

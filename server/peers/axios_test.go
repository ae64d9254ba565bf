//go:build peers

package peers

import (
	_ "embed" // the page
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"sseconsole/server"
)

//go:embed testdata/axios.html
var axiosHTML string

// A page that subscribes twice with one clientId, and shows the text of each
// response, sees no farewell in the first.
func TestAReplacedSubscribeAddsNoTextToAnAxiosPage(t *testing.T) {
	script := npm(t, "axios/dist/axios.min.js")
	for _, b := range browsers {
		t.Run(b.name, func(t *testing.T) {
			tg := newTarget(t, server.Config{})
			reports := make(chan map[string]string, 1)
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/report":
					report(r, reports)
				case "/axios.js":
					http.ServeFile(w, r, script)
				default:
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					fmt.Fprint(w, axiosHTML)
				}
			}))
			defer s.Close()
			b.open(t, s.URL+"/?base=http://127.0.0.1:"+tg.port+"/demo/sse/")
			expectReport(t, reports, map[string]string{
				"first":  "id: RUN.1.1-0\n\nid: RUN.1.1-1\ndata: one\n\nended",
				"second": "id: RUN.1.2-1\n\nid: RUN.1.2-2\ndata: two\n\n",
			})
		})
	}
}

package curl

import (
	"fmt"
	"strings"
	"testing"
)

func TestErrorsAndNotesContainNoSecret(t *testing.T) {
	const params = "x?token=s3cr3t#access_token=s3cr3t"
	for _, bad := range []string{
		"http://me:s3cr3t@127.0.0.1:99999/" + params, "http://s3cr3t@h:port/" + params, "http://me:s3cr3t@[::1/" + params, "http://me:s3cr3t@h/%zz" + params,
		"http://me:s3cr3t s3cr3t@h/" + params, "http://me:s3cr3t/s3cr3t@h/" + params, "http://me:s3cr3t#s3cr3t@h/" + params, "ftp://me:s3cr3t@h/" + params,
		"http:/me:s3cr3t@h/" + params, "me:s3cr3t@h:port/" + params,
	} {
		word := "'" + bad + "'"
		for _, command := range []string{
			"curl " + word, word, word + " http://h", "curl http://h " + word, "curl http://h -x " + word, "curl http://h -X " + word, "curl http://h --doh-url " + word,
			"curl http://h --preproxy " + word, "curl http://h --connect-timeout " + word, "curl http://h --no-such=" + word, "curl http://h --url=" + word,
			"curl http://h -H " + word, "curl http://h -F password=" + word, "curl http://h | grep " + word, "curl 'http://h/[1-2]' " + word,
		} {
			c, err := Parse(command)
			said := fmt.Sprintf("%v %+v", err, c.Notes)
			if strings.Contains(said, "s3cr3t") {
				t.Errorf("%s: %s", command, said)
			}
		}
	}
	for _, command := range []string{"curl h -H 'Bearer s3cr3t'", "curl h; export API_KEY=s3cr3t", "curl h && curl -u a:s3cr3t h", "curl h -F client_secret=s3cr3t"} {
		if c, err := Parse(command); err != nil || len(c.Notes) == 0 || strings.Contains(fmt.Sprint(c.Notes), "s3cr3t") {
			t.Errorf("%s: %v, %+v", command, err, c.Notes)
		}
	}
}

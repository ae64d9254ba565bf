package mask

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

const page = "../../docs/secrets.md"

var update = flag.Bool("update", false, "write the page of secret names")

// pageText is the page, with a list in place of each %s.
const pageText = `# What is masked as a secret

One list of names decides what is shown and stored as ` + Mark + `, what the file of targets leaves out, and which variables the window warns about.
This page is made from the code by ` + "`go test ./client/mask -update`" + `.

A name is compared part by part. It is split where a capital letter follows a small one, and at every character that is neither a letter nor a digit. Case does not
matter, %%XX in the name of a parameter is decoded, and digits at the end of a part are ignored. So ` + "`X-Auth-Token`, `authToken`, `auth_token`" + ` and ` + "`user[token]`" + ` are
secrets, and ` + "`monkey`, `author`, `max_tokens`, `token_count`, `status_code`" + ` and ` + "`Last-Event-ID`" + ` are not.

| a name is a secret if it | in | words |
|---|---|---|
| ends in | headers, parameters, JSON | %s |
| is one of these words, or ends in a kind (below) followed by one | headers, parameters, JSON | %s |
| ends in | headers | ` + "`key`" + ` |
| ends in | headers, parameters | %s |
| is exactly | headers, parameters | %s |

A word may be split into parts (` + "`session_id`" + `), and these may follow it: %s.

Kinds: %s. These words may be joined to a kind (` + "`accesstoken`" + `): %s.

## Where

* **Headers.** An Authorization keeps its scheme, a cookie its name. In other headers, such as Location and Link, URLs are masked.
* **URLs**, also in error messages: the password before the host, or the user if there is no password; the values of parameters, by the names for parameters
  in the query and the fragment, and by those for JSON in the path (` + "`;jsessionid=`" + `). If a URL cannot be parsed, too much is masked rather than too little.
* **Forms**, also multipart ones: their fields.
* **JSON of requests and responses**: strings and numbers, and every one inside a list or an object that is a secret. true, false, null and empty strings stay. JSON that is
  broken or cut off is masked as far as it can be read.
* **The data of events is never masked**, neither in the window nor in the journal: showing it is what the console is for. An export masks
  the fields that you name (` + "[export.md](export.md)" + `).
* **What the next window restores** has masked addresses. A content or filter with a secret, or with a name that you mask, is left out.

Only the name counts. A secret under another name, or in the middle of a text, is masked only if it is the value of a secret variable of the target ([targets.md](targets.md)).
`

func TestThePageOfSecretNamesIsFresh(t *testing.T) {
	var lists []any
	for _, list := range []string{ends, ofKinds, endsOutsideJSON, wholeOutsideJSON, suffixes, kinds, joined} {
		lists = append(lists, "`"+strings.Join(strings.Fields(list), "`, `")+"`")
	}
	text := fmt.Sprintf(pageText, lists...)
	if *update {
		if err := os.WriteFile(page, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if old, err := os.ReadFile(page); err != nil || string(old) != text {
		t.Errorf("%s is stale (%v): write it by go test ./client/mask -update", page, err)
	}
}

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
const pageText = `# What is taken for a secret

One list of names says what is masked as ` + Mark + ` wherever it is shown or kept, what a target's file leaves out, and which variables the window warns of.
This page is made from the code: ` + "`go test ./client/mask -update`" + ` writes it.

A name is compared by its parts: it is split where a capital letter follows a small one, and at whatever is neither letter nor digit; small and
capital letters are the same, %%XX in the name of a parameter is undone, and digits at the end of a part count for nothing. So ` + "`X-Auth-Token`, `authToken`, `auth_token`" + ` and ` + "`user[token]`" + ` are
secrets, and ` + "`monkey`, `author`, `max_tokens`, `token_count`, `status_code`" + ` and ` + "`Last-Event-ID`" + ` are not.

| a name is a secret if it | in | words |
|---|---|---|
| ends in | headers, parameters, JSON | %s |
| is, or ends in one of the kinds below and then | headers, parameters, JSON | %s |
| ends in | headers | ` + "`key`" + ` |
| ends in | headers, parameters | %s |
| is no more than | headers, parameters | %s |

A word may be written in several parts (` + "`session_id`" + `), and behind it these may stand: %s.

Kinds: %s. These may be one word with what follows (` + "`accesstoken`" + `): %s.

## Where

* **Headers.** Of an Authorization the scheme stays, of a cookie the name. In other headers, such as Location and Link, URLs are masked.
* **URLs**, in messages of errors, too: the password before the host, or the user if there is no password; the values of parameters of the query and
  the fragment by their names, and of the path (` + "`;jsessionid=`" + `) by those of JSON. Of what cannot be parsed rather too much is masked than too little.
* **Forms**, also of several parts: their fields.
* **JSON of requests and answers**: texts and numbers, of a list or an object each in it; true, false, null and empty texts stay. What is
  broken or cut off is masked as far as it goes.
* **The data of events is never masked**, neither in the window nor in the journal: showing it is what the console is for. An export masks
  the fields that a person names (` + "[export.md](export.md)" + `).

A name is all that is looked at. A secret under another name, or in the middle of a text, is masked if it is the value of a secret variable of the target ([targets.md](targets.md)).
`

func TestThePageOfSecretNamesIsFresh(t *testing.T) {
	var lists []any
	for _, list := range []string{ends, ofKinds, endsBesideJSON, wholeBesideJSON, suffixes, kinds, joined} {
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

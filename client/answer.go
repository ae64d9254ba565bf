package client

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"
)

// contentType returns a response's content type as received.
func contentType(r *http.Response) string {
	return strings.Join(r.Header["Content-Type"], ", ")
}

// beginning returns the first KiB of a body, without cutting a character.
func beginning(body []byte) string {
	if len(body) <= bodyBeginning {
		return string(body)
	}
	end := bodyBeginning
	for n := 0; n < utf8.UTFMax-1 && !utf8.RuneStart(body[end]); n++ {
		end--
	}
	if !utf8.RuneStart(body[end]) {
		end = bodyBeginning
	}
	return string(body[:end])
}

// parseAnswer returns the code and msg of a JSON body of the demo's shape,
// {"code":200,"msg":"success","data":null}.
func parseAnswer(body []byte) (code int, message string, ok bool) {
	var answer struct {
		Code *int   `json:"code"`
		Msg  string `json:"msg"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Code == nil {
		return 0, "", false
	}
	return *answer.Code, answer.Msg, true
}

package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// result is the shape of every answer that is not a stream. Its code is also
// the HTTP status.
type result struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data any    `json:"data"`
}

func success(data any) *result { return &result{http.StatusOK, "success", data} }

func failure(code int, format string, args ...any) *result {
	return &result{code, fmt.Sprintf(format, args...), nil}
}

// memoryFull answers a call for which the server has no memory left.
func memoryFull() *result {
	return failure(http.StatusServiceUnavailable, "the server keeps as much as it may for others; try again when they have read what waits for them")
}

// writeTo answers with r.
func (r result) writeTo(w http.ResponseWriter) {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	enc.Encode(r) // strings and booleans: cannot fail
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(r.Code)
	w.Write(bytes.TrimSuffix(body.Bytes(), []byte("\n")))
}

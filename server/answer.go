package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// result is the body of every response that is not a stream. Code is also the HTTP
// status.
type result struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data any    `json:"data"`
}

func success(data any) *result { return &result{http.StatusOK, "success", data} }

func failure(code int, format string, args ...any) *result {
	return &result{code, fmt.Sprintf(format, args...), nil}
}

// memoryFull returns the response to a call for which there is no memory.
func memoryFull() *result {
	return failure(http.StatusServiceUnavailable, "the server has no memory left for this; try again when subscribers have read what is queued for them")
}

// writeTo writes r as the response.
func (r result) writeTo(w http.ResponseWriter) {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	enc.Encode(r) // cannot fail: no field has a type that JSON lacks
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(r.Code)
	w.Write(bytes.TrimSuffix(body.Bytes(), []byte("\n")))
}

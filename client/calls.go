package client

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/client/target"
)

// Method says how a call is made.
type Method uint8

// The methods.
const (
	Auto Method = iota // GET as in the original demo, POST when the URL would be over 2 KiB
	GET                // clientId and content in the query
	POST               // clientId and content in a form body
)

const (
	longestURL    = 2 << 10
	longestAnswer = 64 << 10 // how much of an answer is read to find its code
)

// Send sends content to clientID and waits for the answer, at most SendTimeout.
// It hands over the Send record and then the one that it returns: Answer, or
// Fail. Content goes out byte for byte, whatever it holds. A request is never
// repeated.
func (c *Client) Send(ctx context.Context, t target.Target, clientID, content string, method Method) record.Record {
	return c.call(ctx, call{
		kind:     record.Send,
		target:   t,
		clientID: clientID,
		url:      t.SendURL(clientID, content),
		endpoint: t.Endpoint(target.Send),
		form:     "clientId=" + url.QueryEscape(clientID) + "&content=" + url.QueryEscape(content),
		content:  content,
		timeout:  cmp.Or(c.SendTimeout, defaultSendTimeout),
	}, method)
}

// Close tells the server to end the stream of clientID and waits for the
// answer, at most CloseTimeout. It leaves the subscription alone: cancel that
// first, or it reconnects. Records are handed over as by Send.
func (c *Client) Close(ctx context.Context, t target.Target, clientID string, method Method) record.Record {
	return c.call(ctx, call{
		kind:     record.Close,
		target:   t,
		clientID: clientID,
		url:      t.CloseURL(clientID),
		endpoint: t.Endpoint(target.Close),
		form:     "clientId=" + url.QueryEscape(clientID),
		timeout:  cmp.Or(c.CloseTimeout, defaultCloseTimeout),
	}, method)
}

// call is a send or a close.
type call struct {
	kind     record.Kind
	target   target.Target
	clientID string
	url      string // with its parameters, for GET
	endpoint string // without them, for POST
	form     string
	content  string
	timeout  time.Duration
}

func (c *Client) call(parent context.Context, call call, method Method) record.Record {
	ctx, cancel := context.WithTimeout(parent, call.timeout)
	defer cancel()
	verb, address := http.MethodGet, call.url
	if method == POST || method == Auto && len(call.url) > longestURL {
		verb, address = http.MethodPost, call.endpoint
	}
	asked := record.Record{
		Kind: call.kind, Time: time.Now(), Target: nameOf(call.target), ClientID: call.clientID,
		Method: verb, URL: target.Mask(address), Data: call.content, Bytes: int64(len(call.content)),
	}
	c.Record(asked)

	result := record.Record{Kind: record.Answer, Call: call.kind, Target: asked.Target, ClientID: asked.ClientID}
	response, failure, err := c.request(ctx, verb, address, call.form)
	result.Time = time.Now()
	if err == nil {
		defer response.Body.Close()
		if failure, err = judgeAnswer(&result, response); err != nil {
			result.Time = time.Now() // the body is why, not the headers
		}
	}
	result.Took = result.Time.Sub(asked.Time)
	if failure != "" {
		result.Kind, result.Failure = record.Fail, failure
	}
	if err != nil {
		result.Detail = cause(err).Error()
		if parent.Err() != nil {
			result.Failure, result.By, result.Detail = record.Other, record.ByPerson, context.Cause(parent).Error()
		}
	}
	c.Record(result)
	return result
}

// request makes the call; form is the body of a POST.
func (c *Client) request(ctx context.Context, verb, address, form string) (*http.Response, record.Failure, error) {
	header := http.Header{
		"Accept":     {"application/json, text/plain, */*"},
		"User-Agent": {cmp.Or(c.UserAgent, userAgent)},
	}
	var body io.Reader
	if verb == http.MethodPost {
		header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
		body = strings.NewReader(form)
	}
	client := http.Client{Transport: noReplay{c.transport()}, CheckRedirect: checkRedirect}
	return do(ctx, &client, verb, address, header, body)
}

// judgeAnswer fills in what the server answered and returns why it is a
// failure, if it is one.
func judgeAnswer(result *record.Record, response *http.Response) (record.Failure, error) {
	result.Proto, result.Status, result.ContentType = response.Proto, response.StatusCode, contentType(response)
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	result.Data = beginning(body)
	code, message, hasCode := parseAnswer(body)
	result.Code, result.Message = code, message
	switch {
	case response.StatusCode == http.StatusMethodNotAllowed:
		if allowed := response.Header.Get("Allow"); allowed != "" {
			result.Detail = "Allow: " + allowed
		}
		return record.NotAllowed, nil
	case response.StatusCode < 200 || response.StatusCode > 299:
		return record.BadStatus, nil
	case err != nil:
		return Classify(err), err
	case hasCode && code != http.StatusOK:
		return record.BadCode, nil
	}
	return "", nil
}

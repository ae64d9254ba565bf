package client

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
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

// Expect judges the answer to a call by its status and the first 64 KiB of its
// body. Nil means that it is what was hoped for; the text of an error is shown.
type Expect func(status int, body []byte) error

// Send sends content to clientID and waits for the answer, at most SendTimeout.
// It hands over the Send record and then the one that it returns: Answer, or
// Fail. Content goes out byte for byte, whatever it holds. A request is never
// repeated.
func (c *Client) Send(ctx context.Context, t endpoint.Target, clientID, content string, method Method) record.Record {
	form := "clientId=" + url.QueryEscape(clientID) + "&content=" + url.QueryEscape(content)
	request := callRequest(t.SendURL(clientID, content), t.Endpoint(endpoint.Send), form, method)
	return c.Call(ctx, record.Send, Endpoint{Name: nameOf(t), Request: request}, clientID, content, nil)
}

// Close tells the server to end the stream of clientID and waits for the
// answer, at most CloseTimeout. It leaves the subscription alone: cancel that
// first, or it reconnects. Records are handed over as by Send.
func (c *Client) Close(ctx context.Context, t endpoint.Target, clientID string, method Method) record.Record {
	request := callRequest(t.CloseURL(clientID), t.Endpoint(endpoint.Close), "clientId="+url.QueryEscape(clientID), method)
	return c.Call(ctx, record.Close, Endpoint{Name: nameOf(t), Request: request}, clientID, "", nil)
}

// callRequest returns the request of a call to a server like the demo: with
// its parameters in address, or in form to bare.
func callRequest(address, bare, form string, method Method) endpoint.Request {
	if method == POST || method == Auto && len(address) > longestURL {
		return endpoint.Request{
			Method: http.MethodPost, URL: bare, Body: []byte(form),
			Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=UTF-8"}},
		}
	}
	return endpoint.Request{URL: address}
}

// Call makes a call of any endpoint, as Send and Close do those of the demo:
// kind is record.Send or record.Close. The request is sent as it is; clientID
// and content are what the records have. With a nil expect an answer is a
// success by its status, and its code if it is of the demo's shape.
func (c *Client) Call(parent context.Context, kind record.Kind, e Endpoint, clientID, content string, expect Expect) record.Record {
	timeout := cmp.Or(c.SendTimeout, defaultSendTimeout)
	if kind == record.Close {
		timeout = cmp.Or(c.CloseTimeout, defaultCloseTimeout)
	}
	ctx, cancel := context.WithTimeout(parent, timeout)
	defer cancel()
	call := &call{Client: c, Endpoint: e, asked: record.Record{
		Kind: kind, Time: time.Now(), Target: e.name(), ClientID: clientID, Data: content, Bytes: int64(len(content)),
		Method: e.mask(e.Request.Verb()), URL: e.mask(e.Request.URL), Body: e.body(),
	}}
	result := record.Record{Kind: record.Answer, Call: kind, Target: call.asked.Target, ClientID: clientID}
	response, failure, err := call.make(ctx)
	result.Time = time.Now()
	if err == nil {
		defer response.Body.Close()
		if failure, err = call.judge(&result, response, expect); err != nil {
			result.Time = time.Now() // the body is why, not the headers
		}
	}
	result.Took = result.Time.Sub(call.asked.Time)
	if failure != "" {
		result.Kind, result.Failure = record.Fail, failure
	}
	if err != nil {
		if result.Detail = e.why(err); failure != record.Unexpected && isProblem(err) {
			_, result.Detail = problemFailure(err)
		}
		if parent.Err() != nil {
			result.Failure, result.By, result.Detail = record.Other, record.ByPerson, context.Cause(parent).Error()
		}
	}
	result.Detail = e.Masker.Message(result.Detail)
	c.Record(result)
	return result
}

// call is a send or a close under way.
type call struct {
	*Client
	Endpoint
	asked record.Record // handed over with the first request
	route route
	said  bool // it was
}

// make makes the call and follows redirects. With an error comes its code.
func (c *call) make(ctx context.Context) (*http.Response, record.Failure, error) {
	defer c.say() // where it did not come to a request
	request, err := c.request(ctx)
	if err != nil {
		return nil, badRequest(err), err
	}
	if c.route, err = c.Client.route(c.Connection); err != nil {
		failure, _ := problemFailure(err)
		return nil, failure, err
	}
	request.Header = c.header(http.Header{
		"Accept":     {"application/json, text/plain, */*"},
		"User-Agent": {cmp.Or(c.UserAgent, userAgent)},
	})
	client := http.Client{Transport: c, CheckRedirect: c.checkRedirect, Jar: c.Jar}
	response, err := client.Do(request)
	if err != nil {
		return nil, c.route.failure(err), err
	}
	return response, "", nil
}

// RoundTrip hands over the record of the call and makes its request.
func (c *call) RoundTrip(r *http.Request) (*http.Response, error) {
	if !c.said {
		c.asked.Header = c.Masker.Header(sentHeader(r, c.route.RoundTripper))
		c.say()
	}
	next, err := c.routeOf(r, c.route.RoundTripper)
	if err != nil {
		return nil, err
	}
	return roundTrip(noReplay{next}, r)
}

func (c *call) say() {
	if !c.said {
		c.said = true
		c.Record(c.asked)
	}
}

func (c *call) checkRedirect(req *http.Request, via []*http.Request) error {
	return c.hop(record.Record{Call: c.asked.Kind, Target: c.asked.Target, ClientID: c.asked.ClientID}, c.Endpoint, req, via)
}

// judge fills in what the server answered and returns why it is a failure, if
// it is one.
func (c *call) judge(result *record.Record, response *http.Response, expect Expect) (record.Failure, error) {
	c.describe(result, response)
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	result.Data = c.answer(response, body)
	code, message, hasCode := parseAnswer(body)
	result.Code, result.Message = code, c.Masker.Message(message)
	status := response.StatusCode
	switch {
	case status == http.StatusProxyAuthRequired:
		return record.ProxyAuth, nil
	case location(response) != "":
		result.Detail = c.mask(location(response))
		return record.Redirected, nil
	case expect != nil && err == nil:
		if err := expect(status, body); err != nil {
			return record.Unexpected, err
		}
		return "", nil
	case status == http.StatusMethodNotAllowed:
		if allowed := response.Header.Get("Allow"); allowed != "" {
			result.Detail = "Allow: " + allowed
		}
		return record.NotAllowed, nil
	case ambiguous(response):
		return record.AuthOrProxyAuth, nil
	case status < 200 || status > 299:
		return record.BadStatus, nil
	case err != nil:
		return c.route.failure(err), err
	case hasCode && code != http.StatusOK:
		return record.BadCode, nil
	}
	return "", nil
}

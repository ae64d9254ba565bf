package client

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"time"

	"sseconsole/client/record"
)

const longestAnswer = 64 << 10 // bytes of a response that are read

// Do makes a send or close call and waits for the response for up to SendTimeout or
// CloseTimeout. It emits the record of the call and then the one that it returns,
// Answer or Fail. The request is never repeated. A close does not end the
// subscription: cancel that first, or it reconnects.
func (c *Client) Do(parent context.Context, call Call) record.Record {
	timeout := cmp.Or(c.SendTimeout, defaultSendTimeout)
	if call.Kind == record.Close {
		timeout = cmp.Or(c.CloseTimeout, defaultCloseTimeout)
	}
	ctx, cancel := context.WithTimeout(parent, timeout)
	defer cancel()
	e := &exchange{client: c, call: call, sent: record.Record{
		Kind: call.Kind, Time: time.Now(), Target: call.name(), ClientID: call.ClientID, Data: call.Content, Bytes: int64(len(call.Content)),
		Method: call.mask(call.Request.Verb()), URL: call.mask(call.Request.URL), Body: call.body(),
	}}
	result := record.Record{Kind: record.Answer, Call: call.Kind, Target: e.sent.Target, ClientID: call.ClientID}
	response, failure, err := e.make(ctx)
	result.Time = time.Now()
	if err == nil {
		defer response.Body.Close()
		if failure, err = e.judge(&result, response); err != nil {
			result.Time = time.Now() // the body may have failed after the headers
		}
	}
	result.Took = result.Time.Sub(e.sent.Time)
	if failure != "" {
		result.Kind, result.Failure = record.Fail, failure
	}
	if err != nil {
		if result.Detail = call.why(err); failure != record.Unexpected && isProblem(err) {
			_, result.Detail = problemFailure(err)
		}
		if parent.Err() != nil {
			result.Failure, result.By, result.Detail = record.Other, record.ByPerson, context.Cause(parent).Error()
		}
	}
	result.Detail = call.Masker.Message(result.Detail)
	c.Record(result)
	return result
}

// exchange is a send or close call in progress.
type exchange struct {
	client   *Client
	call     Call
	sent     record.Record // emitted with the first request
	route    route
	recorded bool // sent has been emitted
}

// make makes the call and follows redirects. With an error it returns its code.
func (e *exchange) make(ctx context.Context) (*http.Response, record.Failure, error) {
	defer e.recordSent() // if no request could be made
	request, err := e.call.request(ctx)
	if err != nil {
		return nil, badRequest(err), err
	}
	if e.route, err = e.client.route(e.call.Connection); err != nil {
		failure, _ := problemFailure(err)
		return nil, failure, err
	}
	request.Header = e.call.header(http.Header{
		"Accept":     {"application/json, text/plain, */*"},
		"User-Agent": {cmp.Or(e.client.UserAgent, userAgent)},
	})
	client := http.Client{Transport: e, CheckRedirect: e.checkRedirect, Jar: e.call.Jar}
	response, err := client.Do(request)
	if err != nil {
		return nil, e.route.failure(err), err
	}
	return response, "", nil
}

// RoundTrip emits the record of the call and makes its request.
func (e *exchange) RoundTrip(r *http.Request) (*http.Response, error) {
	if !e.recorded {
		e.sent.Header = e.call.Masker.Header(sentHeader(r, e.route.RoundTripper))
		e.recordSent()
	}
	next, err := e.client.routeOf(r, e.route.RoundTripper)
	if err != nil {
		return nil, err
	}
	return roundTrip(noReplay{next}, asTyped(r, next))
}

func (e *exchange) recordSent() {
	if !e.recorded {
		e.recorded = true
		e.client.Record(e.sent)
	}
}

func (e *exchange) checkRedirect(req *http.Request, via []*http.Request) error {
	return e.client.hop(record.Record{Call: e.sent.Kind, Target: e.sent.Target, ClientID: e.sent.ClientID}, e.call, req, via)
}

// judge fills in the response and returns its failure, "" if it is as expected.
func (e *exchange) judge(result *record.Record, response *http.Response) (record.Failure, error) {
	e.call.describe(result, response)
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	result.Data = e.call.answer(response, body)
	code, message, hasCode := parseAnswer(body)
	result.Code, result.Message = code, e.call.Masker.Message(message)
	status := response.StatusCode
	switch {
	case fromProxy(response):
		return record.ProxyAuth, nil
	case location(response) != "":
		result.Detail = e.call.mask(location(response))
		return record.Redirected, nil
	case e.call.Expect != nil && err == nil:
		if err := e.call.Expect(status, body); err != nil {
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
		return e.route.failure(err), err
	case hasCode && code != http.StatusOK:
		return record.BadCode, nil
	}
	return "", nil
}

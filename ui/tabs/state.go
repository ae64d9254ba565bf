package tabs

import (
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// StateWord names the state of a subscription.
func StateWord(w wording.Words, s console.Subscription) string {
	switch shapeOf(s) {
	case kit.ShapeFailed:
		return w.T("state.failed")
	case kit.ShapeOpen:
		return w.T("state.open")
	case kit.ShapeConnecting:
		return w.T("state.connecting_alone")
	}
	return w.T("state.closed")
}

// stateText names the state of a subscription, with the seconds if it is waiting.
func stateText(w wording.Words, s console.Subscription, now time.Time) string {
	if s.Status.ReadyState == client.Connecting && s.Failed == "" {
		if retry := s.Status.RetryAt; !retry.IsZero() {
			return w.T("state.reconnecting", "Left", w.Texts.Countdown(retry.Sub(now)))
		}
		if since := now.Sub(s.Status.Since); since >= time.Second {
			return w.T("state.connecting", "Since", w.Texts.Seconds(since))
		}
	}
	return StateWord(w, s)
}

func shapeOf(s console.Subscription) kit.Shape {
	switch {
	case s.Status.ReadyState == client.Closed && s.Running == record.Subscribe:
		return kit.ShapeConnecting
	case s.Failed != "":
		return kit.ShapeFailed
	case s.Status.ReadyState == client.Open:
		return kit.ShapeOpen
	case s.Status.ReadyState == client.Connecting:
		return kit.ShapeConnecting
	}
	return kit.ShapeClosed
}

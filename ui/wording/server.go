package wording

import (
	"errors"
	"fmt"
	"strings"

	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/scenario"
)

// SendResult says how many sessions a send of the embedded server reached, or why it was
// refused.
func (w Words) SendResult(reached int, err error) string {
	switch {
	case err == nil:
		return w.T("send.reached", "N", reached)
	case errors.Is(err, hub.ErrUnknown):
		return w.T("send.unknown")
	case errors.Is(err, hub.ErrQueueFull):
		return w.T("send.queue_full")
	case errors.Is(err, hub.ErrKeptFull):
		return w.T("send.kept_full")
	case errors.Is(err, hub.ErrMemoryFull):
		return w.T("send.memory_full")
	}
	return w.T("send.refused", "Detail", strings.TrimPrefix(err.Error(), "server: "))
}

// ScenarioError says why a scenario cannot be played.
func (w Words) ScenarioError(err error) string {
	var wrong *scenario.Error
	if errors.As(err, &wrong) {
		return w.T("scenario.line", "Line", wrong.Line, "What", w.T("scenario.bad_"+wrong.Code), "Text", wrong.Text)
	}
	return w.T("plays.refused", "Detail", strings.TrimPrefix(err.Error(), "console: "))
}

// Fault describes a fault that is on, with its values. shown makes text from outside safe
// to display.
func (w Words) Fault(f fault.Fault, shown func(string) string) string {
	who := w.T("faults.all_clients")
	if f.ClientID != "" {
		who = shown(f.ClientID)
	}
	var values []string
	add := func(set bool, text string) {
		if set {
			values = append(values, text)
		}
	}
	add(f.Status != 0, fmt.Sprint(f.Status))
	add(f.RetryAfter > 0, "Retry-After "+w.Duration(f.RetryAfter))
	add(f.Delay > 0, w.Duration(f.Delay))
	add(f.Jitter > 0, w.T("faults.up_to", "Time", w.Duration(f.Jitter)))
	add(f.N > 0, fmt.Sprint(f.N))
	add(f.Share > 0 && f.Share < 1, fmt.Sprintf("%.0f %%", f.Share*100))
	if f.Next > 0 {
		values = append(values, w.T("faults.left", "N", f.Next-f.Hits))
	}
	return w.Join(w.FaultName(f.Kind), w.List(values...), who, w.T("faults.hits", "N", f.Hits))
}

// ServerNotice returns the sentence of a notice that does not become a record.
func (w Words) ServerNotice(n server.Notice) string {
	code := strings.ReplaceAll(string(n.Kind), " ", "_")
	if kind, _, _ := strings.Cut(n.Fault, " "); kind != "" {
		return w.Notice(&record.Record{Type: code, Subject: kind, ClientID: n.ClientID})
	}
	var faults []string
	for _, f := range n.Faults {
		faults = append(faults, w.FaultName(f))
	}
	return w.T("served."+code, "ClientID", n.ClientID, "Faults", w.List(faults...), "Title", n.Title)
}

// FaultName returns the name of a fault as the tab Server shows it.
func (w Words) FaultName(k fault.Kind) string { return w.T("fault." + string(k)) }

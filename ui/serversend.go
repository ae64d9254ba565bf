package ui

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server"
	"sseconsole/ui/console"
)

// sendSection lets the embedded server itself send, with all that an event can
// have.
type sendSection struct {
	w       *window
	content fyne.CanvasObject

	all      *widget.Check // to everybody
	to       *entry        // clientIds, set apart by commas
	kind     *entry
	id       *entry
	retry    *entry
	comment  *entry
	withData *widget.Check
	data     *contentEntry
	every    *entry // ms between repeats
	count    *entry // of repeats
	repeats  *playList
	send     *button
	wrong    *widget.Label // what is wrong with the fields
	result   *widget.Label

	sent int // the last send that was told of
}

func newSendSection(w *window) *sendSection {
	s := &sendSection{w: w}
	s.all = widget.NewCheck("", func(bool) { s.check() })
	s.to, s.kind, s.id, s.retry, s.comment, s.every, s.count = newEntry(w), newEntry(w), newEntry(w), newEntry(w), newEntry(w), newEntry(w), newEntry(w)
	s.repeats = newPlayList(w)
	s.withData = widget.NewCheck("", func(bool) { s.check() })
	s.data = newContentEntry(w, func(string) { s.say(w.words.T("send.too_large", "Size", w.words.size(largeContent))) })
	s.data.SetMinRowsVisible(3)
	s.data.SetText(console.DefaultContent)
	s.send = newButton(theme.MailSendIcon(), s.doSend)
	s.send.Importance = widget.HighImportance
	s.wrong, s.result = widget.NewLabel(""), widget.NewLabel("")
	s.wrong.Importance = widget.WarningImportance
	s.wrong.Wrapping, s.result.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	for _, e := range []*entry{s.to, s.kind, s.id, s.retry, s.comment, s.every, s.count} {
		e.OnChanged = func(string) { s.check() }
		e.OnSubmitted = func(string) { s.doSend() }
	}
	s.all.Checked, s.withData.Checked = true, true

	everyLabel, timesLabel := widget.NewLabel(""), widget.NewLabel("")
	toLabel, typeLabel, retryLabel, commentLabel := widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("retry"), widget.NewLabel("")
	fields := container.New(layout.NewFormLayout(),
		toLabel, container.NewBorder(nil, nil, s.all, nil, s.to),
		typeLabel, container.NewGridWithColumns(2, s.kind, container.NewBorder(nil, nil, widget.NewLabel("id"), nil, s.id)),
		retryLabel, container.NewGridWithColumns(2, s.retry, container.NewBorder(nil, nil, commentLabel, nil, s.comment)),
		s.withData, s.data,
		everyLabel, container.NewGridWithColumns(2, s.every, container.NewBorder(nil, nil, timesLabel, nil, s.count)),
	)
	hint := widget.NewLabel("")
	hint.Wrapping = fyne.TextWrapWord
	s.content = container.NewVScroll(container.NewVBox(fields,
		container.NewBorder(nil, nil, s.send, nil, s.wrong), s.result, s.repeats.content, hint))
	w.text(func() {
		T := w.words.T
		toLabel.SetText(T("send.to"))
		typeLabel.SetText(T("send.type"))
		commentLabel.SetText(T("kind.comment"))
		s.all.SetText(T("send.all"))
		s.to.SetPlaceHolder(T("send.to_hint"))
		s.kind.SetPlaceHolder("message")
		s.id.SetPlaceHolder(T("send.id_hint"))
		s.retry.SetPlaceHolder(T("send.retry_hint"))
		s.withData.SetText(T("send.data"))
		everyLabel.SetText(T("send.every"))
		timesLabel.SetText(T("send.times"))
		s.every.SetPlaceHolder(T("send.once"))
		s.count.SetPlaceHolder(T("send.until_stopped"))
		hint.SetText(T("send.placeholders"))
		s.send.SetText(T("form.send"))
		s.check()
	})
	return s
}

// address puts clientIds into the form.
func (s *sendSection) address(clientIDs []string) {
	s.all.SetChecked(false)
	s.to.SetText(strings.Join(clientIDs, ", "))
}

// message is what the form says, or the sentence that tells what is wrong.
func (s *sendSection) message() (m server.Message, wrong string) {
	T := s.w.words.T
	m = server.Message{Type: s.kind.Text, ID: s.id.Text, Comment: s.comment.Text, NoData: !s.withData.Checked}
	if !m.NoData {
		m.Data = s.data.Text
	}
	if !s.all.Checked {
		if m.To, wrong = s.w.clientIDs(s.to.Text); wrong != "" {
			return m, wrong
		}
		if len(m.To) == 0 {
			return m, T("send.no_client_id")
		}
	}
	if text := strings.TrimSpace(s.retry.Text); text != "" {
		const day = 24 * 60 * 60 * 1000
		ms, err := strconv.Atoi(text)
		if err != nil || ms < 1 || ms > day {
			return m, T("send.bad_retry")
		}
		m.Retry = time.Duration(ms) * time.Millisecond
	}
	if strings.ContainsAny(m.ID+m.Type, "\r\n\x00") {
		return m, T("send.bad_line")
	}
	if m.NoData && m.Comment == "" && m.Retry == 0 && m.ID == "" {
		return m, T("send.nothing")
	}
	if _, _, wrong := s.repeat(); wrong != "" {
		return m, wrong
	}
	return m, ""
}

// repeat is how often the message is to be sent: every zero is once.
func (s *sendSection) repeat() (every time.Duration, count int, wrong string) {
	const hour = 60 * 60 * 1000
	if text := strings.TrimSpace(s.every.Text); text != "" {
		ms, err := strconv.Atoi(text)
		if err != nil || ms < 1 || ms > hour {
			return 0, 0, s.w.words.T("send.bad_every")
		}
		every = time.Duration(ms) * time.Millisecond
	}
	if text := strings.TrimSpace(s.count.Text); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1_000_000_000 {
			return 0, 0, s.w.words.T("send.bad_count")
		}
		if count = n; every == 0 {
			return 0, 0, s.w.words.T("send.count_alone")
		}
	}
	return every, count, ""
}

// clientIDs are those of a list with commas, or a sentence that says what is
// wrong with one.
func (w *window) clientIDs(list string) (ids []string, wrong string) {
	for id := range strings.SplitSeq(list, ",") {
		if id = strings.TrimSpace(id); id == "" {
			continue
		}
		if why := console.CheckClientID(id); why != "" {
			return nil, w.words.T("why." + string(why))
		}
		ids = append(ids, id)
	}
	return ids, ""
}

// check enables what can be done and says what is wrong.
func (s *sendSection) check() {
	if s.all.Checked {
		s.to.Disable()
	} else {
		s.to.Enable()
	}
	_, wrong := s.message()
	if wrong != s.wrong.Text {
		s.wrong.SetText(wrong)
	}
	setEnabled(s.send, wrong == "")
}

func (s *sendSection) doSend() {
	m, wrong := s.message()
	if wrong != "" {
		return
	}
	if every, count, _ := s.repeat(); every > 0 {
		s.w.con.ServerRepeat(m, every, count)
	} else {
		s.w.con.ServerSend(m)
	}
}

// show tells what came of the latest send.
func (s *sendSection) show(lab console.Lab) {
	var repeats []console.Play
	for _, p := range lab.Plays {
		if p.Repeat {
			repeats = append(repeats, p)
		}
	}
	s.repeats.show(repeats)
	if lab.Sent.N == s.sent {
		return
	}
	s.sent = lab.Sent.N
	s.say(s.w.words.sent(lab.Sent))
}

func (s *sendSection) say(text string) { s.result.SetText(text) }

// sent words what came of a send of the server's.
func (w *words) sent(sent console.Sent) string {
	switch {
	case sent.Err == nil:
		return w.T("send.reached", "N", sent.Reached)
	case errors.Is(sent.Err, server.ErrUnknown):
		return w.T("send.unknown")
	case errors.Is(sent.Err, server.ErrQueueFull):
		return w.T("send.queue_full")
	case errors.Is(sent.Err, server.ErrKeptFull):
		return w.T("send.kept_full")
	case errors.Is(sent.Err, server.ErrMemoryFull):
		return w.T("send.memory_full")
	}
	return w.T("send.refused", "Detail", strings.TrimPrefix(sent.Err.Error(), "server: "))
}

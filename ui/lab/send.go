package lab

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server/message"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Send is the section in which the embedded server sends a message with any fields.
type Send struct {
	k       *kit.Kit
	con     *console.Console
	content fyne.CanvasObject

	All      *widget.Check // send to all sessions
	To       *kit.Field    // clientIds, separated by commas
	kind     *kit.Field
	id       *kit.Field
	retry    *kit.Field
	comment  *kit.Field
	withData *widget.Check
	Data     *kit.ContentField
	every    *kit.Field // interval of repeats in ms
	count    *kit.Field // number of repeats
	Repeats  *playList
	Send     *kit.Button
	wrong    *widget.Label // what is wrong with the fields
	Result   *widget.Label

	sent int // number of the last send whose result was shown
}

func newSend(k *kit.Kit, con *console.Console) *Send {
	s := &Send{k: k, con: con}
	s.All = widget.NewCheck("", func(bool) { s.check() })
	s.To, s.kind, s.id, s.retry, s.comment, s.every, s.count = kit.NewField(k), kit.NewField(k), kit.NewField(k), kit.NewField(k), kit.NewField(k), kit.NewField(k), kit.NewField(k)
	s.Repeats = newPlayList(k, con)
	s.withData = widget.NewCheck("", func(bool) { s.check() })
	s.Data = kit.NewContentField(k, func(string) { s.say(k.T("send.too_large", "Size", k.Texts.Size(kit.LargeContent))) })
	s.Data.SetMinRowsVisible(3)
	s.Data.SetText(settings.DefaultContent)
	s.Send = kit.NewButton(theme.MailSendIcon(), s.doSend)
	s.wrong, s.Result = widget.NewLabel(""), widget.NewLabel("")
	s.wrong.Importance = widget.WarningImportance
	s.wrong.Wrapping, s.Result.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	for _, e := range []*kit.Field{s.To, s.kind, s.id, s.retry, s.comment, s.every, s.count} {
		e.OnChanged = func(string) { s.check() }
		e.OnSubmitted = func(string) { s.doSend() }
	}
	s.All.Checked, s.withData.Checked = true, true

	everyLabel, timesLabel := widget.NewLabel(""), widget.NewLabel("")
	toLabel, typeLabel, retryLabel, commentLabel := widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("retry"), widget.NewLabel("")
	fields := newColumns(
		[]fyne.CanvasObject{toLabel, kit.Border(nil, nil, s.All, nil, s.To)},
		[]fyne.CanvasObject{typeLabel, s.kind, widget.NewLabel("id"), s.id},
		[]fyne.CanvasObject{retryLabel, s.retry, commentLabel, s.comment},
		[]fyne.CanvasObject{s.withData, s.Data},
		[]fyne.CanvasObject{everyLabel, s.every, timesLabel, s.count},
	)
	hint := widget.NewLabel("")
	hint.Wrapping = fyne.TextWrapWord
	s.content = section(fields, hint,
		kit.Border(nil, nil, s.Send, nil, container.NewStack(s.wrong, s.Result)), s.Repeats.content)
	k.Text(func() {
		T := k.T
		toLabel.SetText(T("send.to"))
		typeLabel.SetText(T("send.type"))
		commentLabel.SetText(T("send.comment"))
		s.All.SetText(T("send.all"))
		s.To.SetPlaceHolder(T("send.to_hint"))
		s.kind.SetPlaceHolder("message")
		s.id.SetPlaceHolder(T("send.id_hint"))
		s.retry.SetPlaceHolder(T("send.retry_hint"))
		s.withData.SetText(T("send.data"))
		everyLabel.SetText(T("send.every"))
		timesLabel.SetText(T("send.times"))
		s.every.SetPlaceHolder(T("send.once"))
		s.count.SetPlaceHolder(T("send.until_stopped"))
		hint.SetText(T("send.placeholders"))
		s.Send.SetText(T("form.send"))
		s.check()
	})
	return s
}

// address sets the clientIds to send to.
func (s *Send) address(clientIDs []string) {
	s.All.SetChecked(false)
	s.To.SetText(strings.Join(clientIDs, ", "))
}

// message returns the message in the form, or a sentence that says what is wrong
// with the form.
func (s *Send) message() (m message.Message, wrong string) {
	T := s.k.T
	m = message.Message{Type: s.kind.Text, ID: s.id.Text, Comment: s.comment.Text, NoData: !s.withData.Checked}
	if !m.NoData {
		m.Data = s.Data.Text
	}
	if !s.All.Checked {
		if m.To, wrong = clientIDs(s.k, s.To.Text); wrong != "" {
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

// repeat returns how often to send the message. every is 0 for a single send; count
// is 0 for no limit.
func (s *Send) repeat() (every time.Duration, count int, wrong string) {
	const hour = 60 * 60 * 1000
	if text := strings.TrimSpace(s.every.Text); text != "" {
		ms, err := strconv.Atoi(text)
		if err != nil || ms < 1 || ms > hour {
			return 0, 0, s.k.T("send.bad_every")
		}
		every = time.Duration(ms) * time.Millisecond
	}
	if text := strings.TrimSpace(s.count.Text); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1_000_000_000 {
			return 0, 0, s.k.T("send.bad_count")
		}
		if count = n; every == 0 {
			return 0, 0, s.k.T("send.count_alone")
		}
	}
	return every, count, ""
}

// clientIDs splits a comma-separated list of clientIds. wrong is a sentence that
// says what is wrong with one of them.
func clientIDs(k *kit.Kit, list string) (ids []string, wrong string) {
	for id := range strings.SplitSeq(list, ",") {
		if id = strings.TrimSpace(id); id == "" {
			continue
		}
		if why := console.CheckClientID(id); why != "" {
			return nil, k.T("why." + string(why))
		}
		ids = append(ids, id)
	}
	return ids, ""
}

// check shows what is wrong with the form, and enables or disables its controls.
func (s *Send) check() {
	if s.All.Checked {
		s.To.Disable()
	} else {
		s.To.Enable()
	}
	_, wrong := s.message()
	if wrong != s.wrong.Text {
		s.wrong.SetText(wrong)
	}
	kit.SetVisible(s.Result, wrong == "") // they have one place
	kit.SetEnabled(s.Send, wrong == "")
}

func (s *Send) doSend() {
	m, wrong := s.message()
	if wrong != "" {
		return
	}
	if every, count, _ := s.repeat(); every > 0 {
		s.con.Embedded.ServerRepeat(m, every, count)
	} else {
		s.con.Embedded.ServerSend(m)
	}
}

// show shows the repeats and the result of the last send.
func (s *Send) show(lab embedded.Lab) {
	var repeats []embedded.Play
	for _, p := range lab.Plays {
		if p.Repeat {
			repeats = append(repeats, p)
		}
	}
	s.Repeats.show(repeats)
	if lab.Sent.N == s.sent {
		return
	}
	s.sent = lab.Sent.N
	s.say(wording.Of(s.k.Texts).SendResult(lab.Sent.Reached, lab.Sent.Err))
}

func (s *Send) say(text string) { s.Result.SetText(text) }

package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// playList shows what the embedded server plays, with what can be done to each.
type playList struct {
	w       *window
	content *fyne.Container
	rows    []*playRow
}

// playRow is one of them.
type playRow struct {
	play     console.Play
	content  fyne.CanvasObject
	text     *widget.Label
	progress *widget.ProgressBar
	pause    *kit.Button // or resume
	step     *kit.Button
	stop     *kit.Button
}

func newPlayList(w *window) *playList {
	l := &playList{w: w, content: container.NewVBox()}
	w.k.Text(func() { l.show(nil) }) // the next look fills it anew
	return l
}

// show takes up what plays.
func (l *playList) show(plays []console.Play) {
	same := slices.EqualFunc(l.rows, plays, func(r *playRow, p console.Play) bool { return r.play.ID == p.ID })
	if !same {
		l.content.RemoveAll()
		l.rows = nil
		for _, p := range plays {
			r := l.newRow(p)
			l.rows = append(l.rows, r)
			l.content.Add(r.content)
		}
	}
	for i, p := range plays {
		l.rows[i].show(l.w, p)
	}
}

func (l *playList) newRow(p console.Play) *playRow {
	con, T := l.w.con, l.w.k.T
	r := &playRow{play: p, text: widget.NewLabel(""), progress: widget.NewProgressBar()}
	r.text.Truncation = fyne.TextTruncateEllipsis
	r.progress.Max = float64(max(1, p.Lines))
	r.progress.TextFormatter = func() string { return T("plays.line", "Line", r.play.Line, "Lines", r.play.Lines) }
	r.pause = kit.NewButton(nil, func() {
		if r.play.State == server.Paused {
			con.ResumePlay(p.ID)
		} else {
			con.PausePlay(p.ID)
		}
	})
	r.step = kit.NewButton(theme.MediaSkipNextIcon(), func() { con.StepPlay(p.ID) })
	r.step.SetText(T("plays.step"))
	r.stop = kit.NewButton(theme.MediaStopIcon(), func() { con.StopPlay(p.ID) })
	r.stop.SetText(T("server.stop"))
	buttons := container.NewHBox(r.pause, r.step, r.stop)
	if p.Repeat {
		r.step.Hide()
		r.progress.Hide()
	}
	r.content = container.NewBorder(nil, r.progress, nil, buttons, r.text)
	return r
}

func (r *playRow) show(w *window, p console.Play) {
	r.play = p
	T := w.k.T
	if text := w.playText(p); r.text.Text != text {
		r.text.SetText(text)
	}
	if r.progress.Value != float64(p.Line) {
		r.progress.SetValue(float64(p.Line))
	}
	verb, icon := T("plays.pause"), theme.MediaPauseIcon()
	if p.State == server.Paused {
		verb, icon = T("plays.resume"), theme.MediaPlayIcon()
	}
	if r.pause.Text != verb {
		r.pause.Icon = icon
		r.pause.SetText(verb)
	}
}

// playText words how a play stands.
func (w *window) playText(p console.Play) string {
	T := w.k.T
	who := T("send.all")
	if len(p.To) > 0 {
		who = w.k.Brief(strings.Join(p.To, ", "))
	}
	state := ""
	switch {
	case p.State == server.Paused:
		state = T("plays.paused")
	case p.Waiting:
		state = T("plays.waiting")
	}
	speed := ""
	if p.Speed != 1 {
		speed = speedName(w, p.Speed)
	}
	name := w.playName(p)
	if name == "" {
		name = T("plays.repeat")
	}
	return wording.Of(w.k.Texts).Join(name, state, who, speed, T("plays.sends", "N", p.Sends), T("plays.reached", "N", p.Reached), w.k.Brief(p.Text))
}

// playName is what a scenario is called in the window's language; "" for a repeat.
func (w *window) playName(p console.Play) string {
	title := p.Title
	if w.k.Texts.Language == catalogue.Chinese && p.TitleZH != "" {
		title = p.TitleZH
	}
	if title == "" {
		title = p.Name
	}
	return w.k.Brief(title)
}

// speeds are those that are offered.
func speeds() []float64 { return []float64{0.25, 0.5, 1, 2, 5, 10, asFastAsItGoes()} }

func speedName(w *window, speed float64) string {
	if speed == asFastAsItGoes() {
		return w.k.T("plays.no_waits")
	}
	return fmt.Sprintf("%g ×", speed)
}

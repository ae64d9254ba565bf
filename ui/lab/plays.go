package lab

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server/scenario"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// playList shows what the embedded server is playing, with buttons to control each
// play.
type playList struct {
	k       *kit.Kit
	con     *console.Console
	content *fyne.Container
	Rows    []*playRow
}

// playRow is one play.
type playRow struct {
	Play     embedded.Play
	content  fyne.CanvasObject
	text     *widget.Label
	progress *widget.ProgressBar
	Pause    *kit.Button // pauses or resumes
	Step     *kit.Button
	Stop     *kit.Button
}

func newPlayList(k *kit.Kit, con *console.Console) *playList {
	l := &playList{k: k, con: con, content: container.NewVBox()}
	k.Text(func() { l.show(nil) }) // the next refresh fills it in the new language
	return l
}

// show shows the plays.
func (l *playList) show(plays []embedded.Play) {
	same := slices.EqualFunc(l.Rows, plays, func(r *playRow, p embedded.Play) bool { return r.Play.Status.ID == p.Status.ID })
	if !same {
		l.content.RemoveAll()
		l.Rows = nil
		for _, p := range plays {
			r := l.newRow(p)
			l.Rows = append(l.Rows, r)
			l.content.Add(r.content)
		}
	}
	for i, p := range plays {
		l.Rows[i].show(l.k, p)
	}
}

func (l *playList) newRow(p embedded.Play) *playRow {
	con, T := l.con, l.k.T
	r := &playRow{Play: p, text: widget.NewLabel(""), progress: widget.NewProgressBar()}
	r.text.Truncation = fyne.TextTruncateEllipsis
	r.progress.Max = float64(max(1, p.Status.Lines))
	r.progress.TextFormatter = func() string { return T("plays.line", "Line", r.Play.Status.Line, "Lines", r.Play.Status.Lines) }
	r.Pause = kit.NewButton(nil, func() {
		if r.Play.Status.State == scenario.Paused {
			con.Embedded.ResumePlay(p.Status.ID)
		} else {
			con.Embedded.PausePlay(p.Status.ID)
		}
	})
	r.Step = kit.NewButton(theme.MediaSkipNextIcon(), func() { con.Embedded.StepPlay(p.Status.ID) })
	r.Step.SetText(T("plays.step"))
	r.Stop = kit.NewButton(theme.MediaStopIcon(), func() { con.Embedded.StopPlay(p.Status.ID) })
	r.Stop.SetText(T("server.stop"))
	buttons := container.NewHBox(r.Pause, r.Step, r.Stop)
	if p.Repeat {
		r.Step.Hide()
		r.progress.Hide()
	}
	r.content = kit.Border(nil, r.progress, nil, buttons, r.text)
	return r
}

func (r *playRow) show(k *kit.Kit, p embedded.Play) {
	r.Play = p
	T := k.T
	if text := playText(k, p); r.text.Text != text {
		r.text.SetText(text)
	}
	if r.progress.Value != float64(p.Status.Line) {
		r.progress.SetValue(float64(p.Status.Line))
	}
	verb, icon := T("plays.pause"), theme.MediaPauseIcon()
	if p.Status.State == scenario.Paused {
		verb, icon = T("plays.resume"), theme.MediaPlayIcon()
	}
	if r.Pause.Text != verb {
		r.Pause.Icon = icon
		r.Pause.SetText(verb)
	}
}

// playText describes the state of a play.
func playText(k *kit.Kit, p embedded.Play) string {
	T := k.T
	who := T("send.all")
	if len(p.Status.To) > 0 {
		who = k.Brief(strings.Join(p.Status.To, ", "))
	}
	state := ""
	switch {
	case p.Status.State == scenario.Paused:
		state = T("plays.paused")
	case p.Status.Waiting:
		state = T("plays.waiting")
	}
	speed := ""
	if p.Status.Speed != 1 {
		speed = speedName(k, p.Status.Speed)
	}
	name := playName(k, p)
	if name == "" {
		name = T("plays.repeat")
	}
	return wording.Of(k.Texts).Join(name, state, who, speed, T("plays.sends", "N", p.Status.Sends), T("plays.reached", "N", p.Status.Reached), k.Brief(p.Text))
}

// playName returns the name of a scenario in the window's language; "" for a repeat.
func playName(k *kit.Kit, p embedded.Play) string {
	title := p.Status.Title
	if k.Texts.Language == catalogue.Chinese && p.Status.TitleZH != "" {
		title = p.Status.TitleZH
	}
	if title == "" {
		title = p.Name
	}
	return k.Brief(title)
}

// speeds returns the speeds offered.
func speeds() []float64 { return []float64{0.25, 0.5, 1, 2, 5, 10, asFastAsItGoes()} }

func speedName(k *kit.Kit, speed float64) string {
	if speed == asFastAsItGoes() {
		return k.T("plays.no_waits")
	}
	return fmt.Sprintf("%g ×", speed)
}

package ui

import (
	"errors"
	"io"
	"math"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/regularfile"
	"sseconsole/server"
	"sseconsole/ui/console"
)

func asFastAsItGoes() float64 { return math.Inf(1) }

// scenariosSection plays scenarios on the embedded server.
type scenariosSection struct {
	w       *window
	content fyne.CanvasObject

	choice   *widget.Select
	to       *entry
	speed    *widget.Select
	stepping *widget.Check
	start    *button
	file     *button
	wrong    *widget.Label
	list     *playList

	shipped []*server.Scenario
	setting bool // a choice is being worded, not made
	begun   int  // the last begin that was told of
	lab     console.Lab
}

func newScenariosSection(w *window) *scenariosSection {
	s := &scenariosSection{w: w, list: newPlayList(w)}
	for _, name := range server.ScenarioNames() {
		sc, _, err := server.ShippedScenario(name)
		if err != nil {
			panic(err) // an embedded file, read by a test
		}
		s.shipped = append(s.shipped, sc)
	}
	s.choice = widget.NewSelect(nil, nil)
	s.to = newEntry(w)
	s.to.OnChanged = func(string) { s.check() }
	s.speed = widget.NewSelect(nil, func(string) { s.hasten() })
	s.stepping = widget.NewCheck("", nil)
	s.start = newButton(theme.MediaPlayIcon(), func() {
		if how, wrong := s.how(); wrong == "" {
			w.con.PlayShipped(server.ScenarioNames()[s.choice.SelectedIndex()], how)
		}
	})
	s.start.Importance = widget.HighImportance
	s.file = newButton(theme.FolderOpenIcon(), s.chooseFile)
	s.wrong = widget.NewLabel("")
	s.wrong.Wrapping = fyne.TextWrapWord
	s.wrong.Importance = widget.WarningImportance

	choiceLabel, toLabel, speedLabel := widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")
	s.content = container.NewVScroll(container.NewVBox(
		container.New(layout.NewFormLayout(),
			choiceLabel, s.choice,
			toLabel, s.to,
			speedLabel, container.NewBorder(nil, nil, nil, s.stepping, s.speed)),
		container.NewHBox(s.start, s.file),
		s.wrong, s.list.content))
	w.text(func() {
		T := w.words.T
		choiceLabel.SetText(T("plays.scenario"))
		toLabel.SetText(T("send.to"))
		speedLabel.SetText(T("plays.speed"))
		s.to.SetPlaceHolder(T("plays.to_hint"))
		s.stepping.SetText(T("plays.stepping"))
		s.start.SetText(T("plays.start"))
		s.file.SetText(T("plays.file"))
		s.setting = true
		at, pace := max(0, s.choice.SelectedIndex()), s.speed.SelectedIndex()
		s.choice.Options, s.speed.Options = nil, nil
		for i, sc := range s.shipped {
			s.choice.Options = append(s.choice.Options, w.playName(console.Play{
				Name: server.ScenarioNames()[i], PlayStatus: server.PlayStatus{Title: sc.Title, TitleZH: sc.TitleZH}}))
		}
		for _, v := range speeds() {
			s.speed.Options = append(s.speed.Options, speedName(w, v))
		}
		if pace < 0 {
			pace = 2 // its own
		}
		s.choice.SetSelectedIndex(at)
		s.speed.SetSelectedIndex(pace)
		s.setting = false
		s.wrong.SetText("")
		s.check()
	})
	return s
}

// how is what the form says of the way to play, or what is wrong with it.
func (s *scenariosSection) how() (how server.Play, wrong string) {
	how = server.Play{Speed: speeds()[max(0, s.speed.SelectedIndex())], Stepping: s.stepping.Checked}
	how.To, wrong = s.w.clientIDs(s.to.Text)
	return how, wrong
}

func (s *scenariosSection) check() {
	_, wrong := s.how()
	if s.wrong.Text != wrong {
		s.wrong.SetText(wrong)
	}
	setEnabled(s.start, wrong == "")
	setEnabled(s.file, wrong == "")
}

// hasten gives what plays the speed that was chosen.
func (s *scenariosSection) hasten() {
	if s.setting {
		return
	}
	for _, p := range s.lab.Plays {
		if !p.Repeat {
			s.w.con.SetPlaySpeed(p.ID, speeds()[s.speed.SelectedIndex()])
		}
	}
}

func (s *scenariosSection) chooseFile() {
	if s.w.asking() {
		return
	}
	T := s.w.words.T
	s.w.chooseOldFile(T("scenario.choose"), T("fyne.Open"), func(path string) {
		s.w.work(func() {
			file, err := regularfile.Open(path)
			s.w.post(func() {
				if err != nil {
					s.w.tell(err)
					return
				}
				s.play(filepath.Base(path), file)
			})
		})
	})
}

// play plays a scenario from elsewhere.
func (s *scenariosSection) play(name string, r io.ReadCloser) {
	how, wrong := s.how()
	if wrong != "" {
		r.Close()
		return
	}
	s.w.con.PlayFile(name, r, how)
}

// show takes up what plays, and what came of the latest start.
func (s *scenariosSection) show(lab console.Lab) {
	s.lab = lab
	var scenarios []console.Play
	for _, p := range lab.Plays {
		if !p.Repeat {
			scenarios = append(scenarios, p)
		}
	}
	s.list.show(scenarios)
	if lab.Begun.N != s.begun {
		s.begun = lab.Begun.N
		s.wrong.SetText(s.w.words.mistake(lab.Begun.Err))
	}
}

// mistake words why a scenario was not played; "" without an error.
func (w *words) mistake(err error) string {
	var wrong *server.ScenarioError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &wrong):
		return w.T("scenario.line", "Line", wrong.Line, "What", w.T("scenario.bad_"+wrong.Code), "Text", wrong.Text)
	case errors.Is(err, console.ErrTooLarge):
		return w.T("scenario.too_large", "Size", w.size(console.MaxFile))
	}
	return w.T("plays.refused", "Detail", strings.TrimPrefix(err.Error(), "console: "))
}

package lab

import (
	"errors"
	"io"
	"math"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/regularfile"
	"sseconsole/server/scenario"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/file"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/wording"
)

// asFastAsItGoes returns the speed that skips all pauses.
func asFastAsItGoes() float64 { return math.Inf(1) }

// Scenarios is the section that plays scenarios on the embedded server.
type Scenarios struct {
	k       *kit.Kit
	con     *console.Console
	content fyne.CanvasObject

	choice   *widget.Select
	to       *kit.Field
	speed    *widget.Select
	Stepping *widget.Check
	Start    *kit.Button
	file     *kit.Button
	wrong    *widget.Label
	List     *playList

	shipped []*scenario.Scenario
	setting bool // the choices are being filled in, not made by the user
	begun   int  // number of the last start whose result was shown
	lab     embedded.Lab
}

func newScenarios(k *kit.Kit, con *console.Console) *Scenarios {
	s := &Scenarios{k: k, con: con, List: newPlayList(k, con)}
	for _, name := range scenario.Names() {
		sc, _, err := scenario.Shipped(name)
		if err != nil {
			panic(err) // an embedded file, checked by a test
		}
		s.shipped = append(s.shipped, sc)
	}
	s.choice = widget.NewSelect(nil, nil)
	s.to = kit.NewField(k)
	s.to.OnChanged = func(string) { s.check() }
	s.speed = widget.NewSelect(nil, func(string) { s.setSpeed() })
	s.Stepping = widget.NewCheck("", nil)
	s.Start = kit.NewButton(theme.MediaPlayIcon(), func() {
		if how, wrong := s.options(); wrong == "" {
			con.Embedded.PlayShipped(scenario.Names()[s.choice.SelectedIndex()], how)
		}
	})
	s.file = kit.NewButton(theme.FolderOpenIcon(), s.chooseFile)
	s.wrong = widget.NewLabel("")
	s.wrong.Wrapping = fyne.TextWrapWord
	s.wrong.Importance = widget.WarningImportance

	choiceLabel, toLabel, speedLabel := widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")
	s.content = section(
		container.New(layout.NewFormLayout(),
			choiceLabel, s.choice,
			toLabel, s.to,
			speedLabel, kit.Border(nil, nil, nil, s.Stepping, s.speed)),
		kit.Border(nil, nil, container.NewHBox(s.Start, s.file), nil, s.wrong),
		s.List.content)
	k.Text(func() {
		T := k.T
		choiceLabel.SetText(T("plays.scenario"))
		toLabel.SetText(T("send.to"))
		speedLabel.SetText(T("plays.speed"))
		s.to.SetPlaceHolder(T("plays.to_hint"))
		s.Stepping.SetText(T("plays.stepping"))
		s.Start.SetText(T("plays.start"))
		s.file.SetText(T("plays.file"))
		s.setting = true
		at, pace := max(0, s.choice.SelectedIndex()), s.speed.SelectedIndex()
		s.choice.Options, s.speed.Options = nil, nil
		for i, sc := range s.shipped {
			s.choice.Options = append(s.choice.Options, playName(k, embedded.Play{
				Name: scenario.Names()[i], Status: scenario.Status{Title: sc.Title, TitleZH: sc.TitleZH}}))
		}
		for _, v := range speeds() {
			s.speed.Options = append(s.speed.Options, speedName(k, v))
		}
		if pace < 0 {
			pace = 2 // the scenario's own speed
		}
		s.choice.SetSelectedIndex(at)
		s.speed.SetSelectedIndex(pace)
		s.setting = false
		s.wrong.SetText("")
		s.check()
	})
	return s
}

// options returns the options of the play in the form, or a sentence that says what is
// wrong with them.
func (s *Scenarios) options() (how scenario.Play, wrong string) {
	how = scenario.Play{Speed: speeds()[max(0, s.speed.SelectedIndex())], Stepping: s.Stepping.Checked}
	how.To, wrong = clientIDs(s.k, s.to.Text)
	return how, wrong
}

func (s *Scenarios) check() {
	_, wrong := s.options()
	if s.wrong.Text != wrong {
		s.wrong.SetText(wrong)
	}
	kit.SetEnabled(s.Start, wrong == "")
	kit.SetEnabled(s.file, wrong == "")
}

// setSpeed applies the chosen speed to the plays under way.
func (s *Scenarios) setSpeed() {
	if s.setting {
		return
	}
	for _, p := range s.lab.Plays {
		if !p.Repeat {
			s.con.Embedded.SetPlaySpeed(p.Status.ID, speeds()[s.speed.SelectedIndex()])
		}
	}
}

func (s *Scenarios) chooseFile() {
	if s.k.Asking() {
		return
	}
	T := s.k.T
	chooser.OldFile(s.k, T("scenario.choose"), T("fyne.Open"), func(path string) {
		s.k.Work(func() {
			file, err := regularfile.Open(path)
			s.k.Post(func() {
				if err != nil {
					s.k.Tell(err)
					return
				}
				s.play(filepath.Base(path), file)
			})
		})
	})
}

// play plays the scenario in r, which it closes.
func (s *Scenarios) play(name string, r io.ReadCloser) {
	how, wrong := s.options()
	if wrong != "" {
		r.Close()
		return
	}
	s.con.Embedded.PlayFile(name, r, how)
}

// show shows the plays and the result of the last start.
func (s *Scenarios) show(lab embedded.Lab) {
	s.lab = lab
	var scenarios []embedded.Play
	for _, p := range lab.Plays {
		if !p.Repeat {
			scenarios = append(scenarios, p)
		}
	}
	s.List.show(scenarios)
	if lab.Begun.N != s.begun {
		s.begun = lab.Begun.N
		s.wrong.SetText(mistakeText(wording.Of(s.k.Texts), lab.Begun.Err))
	}
}

// mistakeText describes why a scenario was not played; "" if err is nil.
func mistakeText(w wording.Words, err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, file.ErrTooLarge):
		return w.T("scenario.too_large", "Size", w.Size(file.Max))
	}
	return w.ScenarioError(err)
}

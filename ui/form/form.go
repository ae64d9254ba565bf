package form

import (
	"slices"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Config is what the form needs from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console
	Tools   fyne.CanvasObject // at the right end of the top row

	Refresh    func()                   // refreshes the window
	OpenFaults func()                   // shows the embedded server's faults
	Manage     func()                   // opens the panel of saved targets
	FromCurl   func(command string)     // opens the dialog for a target from a curl command
	AddTarget  func(spec endpoint.Spec) // saves a target and opens the panel with it

	Calling func(call record.Kind, p console.Pair) // is called before each call
}

// Form is the demo's form: clientId, content, and its three buttons.
type Form struct {
	cfg     Config
	k       *kit.Kit
	con     *console.Console
	Target  *Target
	Content *fyne.Container

	ClientID *kit.Field
	Text     *kit.ContentField
	content  *content
	Grip     *grip // changes the height of Text by dragging
	SendFile *kit.Button

	Chip     *fyne.Container // shown instead of Text if the content is too large
	ChipText *widget.Label
	Remove   *kit.Button
	Large    string // that content, or ""

	Engine *widget.Select // the engine of new subscriptions

	Subscribe, Send, Close *kit.Button
	More                   *kit.Button // opens Closings
	Closings               *kit.Picker // the other ways to end a connection; nil until opened
	Start                  *kit.Button // starts the embedded server, while that is what is missing

	can    console.Can // at the last refresh
	Reason *line       // why a call is not possible, or a hint
}

// idWidth is the width of the field for the clientId, in Fyne's units.
const idWidth = 160

// New returns the form, filled in from the settings.
func New(cfg Config) *Form {
	f := &Form{cfg: cfg, k: cfg.Kit, con: cfg.Console}
	f.Target = newTarget(f)
	saved := f.con.Settings()

	f.ClientID = kit.NewField(f.k)
	f.ClientID.SetText(settings.DefaultClientID)
	if saved.ClientID != nil {
		f.ClientID.SetText(*saved.ClientID)
	}
	f.ClientID.OnChanged = func(string) { f.cfg.Refresh() }
	f.ClientID.OnSubmitted = func(string) { f.DoSubscribe() }

	f.content = newContent(f)
	f.Text.SetText(settings.DefaultContent)
	f.Text.OnChanged = func(string) {
		f.content.fit()
		f.cfg.Refresh()
	}
	f.SendFile = kit.NewButton(theme.FolderOpenIcon(), f.ChooseFile)
	f.SendFile.Importance = widget.LowImportance

	f.Subscribe = kit.NewButton(nil, f.DoSubscribe)
	f.Send = kit.NewButton(nil, f.DoSend)
	f.Close = kit.NewButton(nil, f.DoClose)
	f.More = kit.NewButton(theme.MenuDropDownIcon(), f.openClosings)
	f.Start = kit.NewButton(theme.MediaPlayIcon(), func() {
		f.Target.StartServer()
		f.cfg.Refresh()
		f.focusNext() // Start is hidden now
	})
	f.Start.Hide()

	f.Engine = widget.NewSelect(nil, func(string) {
		f.con.UpdateSettings(func(s *settings.Settings) { s.Engine = client.Engines()[f.Engine.SelectedIndex()] })
	})
	as := widget.NewLabel("")

	f.Reason = newLine(f.k)

	f.Content = container.New(margins(), container.NewVBox(
		container.New(widths{0, idWidth, 0, grows, 0, 0, 0},
			widget.NewLabel("clientId"), f.ClientID, widget.NewLabel("content"), f.content.Content, f.SendFile, as, f.Engine),
		container.New(widths{0, 0, 0, 0, 0, grows},
			f.Subscribe, f.Send, container.New(joined{}, f.Close, f.More), f.Start, kit.NewGap(4), f.Reason)))

	f.k.Text(func() {
		T := f.k.T
		f.ClientID.SetPlaceHolder(T("form.client_id_hint"))
		f.Text.SetPlaceHolder(T("form.content_hint"))
		f.SendFile.SetTip(T("form.send_file"))
		f.Remove.SetTip(T("form.remove_large"))
		f.Subscribe.SetText(T("form.subscribe"))
		f.Send.SetText(T("form.send"))
		f.Close.SetText(T("form.close"))
		f.More.SetTip(T("form.more"))
		f.Start.SetText(T("form.start"))
		as.SetText(T("form.as"))
		f.showLarge()
		f.nameEngines()
		f.Content.Refresh() // Fyne lays a row out again only if it gets larger
	})
	return f
}

// nameEngines sets the names of the engines and selects the one in the settings.
func (f *Form) nameEngines() {
	var names []string
	for _, name := range client.Engines() {
		names = append(names, wording.Of(f.k.Texts).Engine(name))
	}
	f.Engine.Options = names
	f.ChooseEngine(max(0, slices.Index(client.Engines(), f.con.Settings().Engine)))
}

// ChooseEngine sets the engine of the next subscription.
func (f *Form) ChooseEngine(i int) { f.Engine.SetSelectedIndex(i) }

// DoSubscribe subscribes, if that is possible, and remembers what the form says.
func (f *Form) DoSubscribe() {
	f.do(record.Subscribe, f.Can().Subscribe, func(p console.Pair) {
		f.Remember()
		f.con.Subscribe(p, f.CurrentContent())
	})
}

// DoSend sends the content, if that is possible.
func (f *Form) DoSend() {
	f.do(record.Send, f.Can().Send, func(p console.Pair) { f.con.Send(p, f.CurrentContent()) })
}

// DoClose closes the subscription, if that is possible.
func (f *Form) DoClose() { f.do(record.Close, f.Can().Close, f.con.Close) }

// DoCloseServerOnly closes the session on the server only, if that is possible.
func (f *Form) DoCloseServerOnly() {
	f.do(record.Close, f.Can().CloseServerOnly, f.con.CloseServerOnly)
}

// do makes a call or, if it cannot be made, says why: keys and buttons elsewhere ask for it,
// too.
func (f *Form) do(kind record.Kind, can bool, call func(console.Pair)) {
	if !can {
		if f.Refresh(); f.can.Why != "" {
			f.k.Toast(f.Reason.Text, "", nil)
		}
		return
	}
	f.Target.List.Close()
	f.Target.normalize()
	p, _ := f.Pair()
	f.cfg.Calling(kind, p)
	call(p)
	f.cfg.Refresh()
}

// Remember saves the clientId in the settings.
func (f *Form) Remember() {
	id := f.ClientID.Text
	f.con.UpdateSettings(func(s *settings.Settings) { s.ClientID = &id })
}

// CurrentContent returns what Send sends.
func (f *Form) CurrentContent() string {
	if f.Large != "" {
		return f.Large
	}
	return f.Text.Text
}

// SetLarge sets a content that is shown as a chip with its size and beginning, but
// sent whole. A small one goes into the field.
func (f *Form) SetLarge(text string) {
	if len(text) <= kit.LargeContent && utf8.ValidString(text) {
		f.RemoveLarge()
		f.Text.SetText(text)
		return
	}
	f.Large = text
	f.content.showChip(true)
	f.showLarge()
	f.k.Win.Canvas().Focus(f.Send)
}

func (f *Form) showLarge() {
	if f.Large == "" {
		return
	}
	const shown = 200
	beginning := f.Large[:min(shown, len(f.Large))]
	f.ChipText.SetText(f.k.Heading(f.k.T("form.large", "Size", f.k.Texts.Size(int64(len(f.Large)))) + " " + beginning + "…"))
}

// RemoveLarge removes a content set by SetLarge and shows the field again.
func (f *Form) RemoveLarge() {
	f.Large = ""
	f.content.showChip(false)
	f.k.Win.Canvas().Focus(f.Text)
}

// Pair returns the target and clientId in the form. It returns false while the remote
// address is not valid.
func (f *Form) Pair() (console.Pair, bool) {
	p, why := f.Target.pair()
	p.ClientID = f.ClientID.Text
	return p, why == ""
}

// FocusClientID lets the user enter another clientId.
func (f *Form) FocusClientID() {
	f.k.Win.Canvas().Focus(f.ClientID)
	f.ClientID.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Choose sets the target and clientId in the form.
func (f *Form) Choose(p console.Pair) {
	f.Target.show(p)
	f.ClientID.SetText(p.ClientID)
	f.cfg.Refresh()
}

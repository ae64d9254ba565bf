package form

import (
	"slices"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
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

	Refresh    func() // refreshes the window
	OpenFaults func() // shows the embedded server's faults
	Manage     func() // opens the panel of saved targets

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
	SendFile *kit.Button

	Chip     *fyne.Container // shown instead of Text if the content is too large
	ChipText *widget.Label
	Large    string // that content, or ""

	Subscribe, Send, Close, ServerOnly *kit.Button
	Drop, Reconnect                    *kit.Button // enabled while the subscription is not closed

	Engine *widget.Select // the engine of new subscriptions

	Reason *widget.Label // why a call is not possible, or a hint
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

	f.Text = kit.NewContentField(f.k, f.SetLarge)
	f.Text.SetText(settings.DefaultContent)
	f.SendFile = kit.NewButton(theme.FolderOpenIcon(), f.ChooseFile)
	f.SendFile.Importance = widget.LowImportance

	f.ChipText = widget.NewLabel("")
	f.ChipText.Wrapping = fyne.TextWrapBreak
	remove := kit.NewButton(theme.CancelIcon(), f.RemoveLarge)
	remove.Importance = widget.LowImportance
	f.Chip = container.NewBorder(nil, nil, nil, container.NewVBox(remove), container.NewVScroll(f.ChipText))
	f.Chip.Hide()

	f.Subscribe = kit.NewButton(nil, f.DoSubscribe)
	f.Subscribe.Importance = widget.HighImportance
	f.Send = kit.NewButton(nil, f.DoSend)
	f.Close = kit.NewButton(nil, f.DoClose)
	f.ServerOnly = kit.NewButton(nil, f.DoCloseServerOnly)
	f.Drop = kit.NewButton(nil, f.DropConnection)
	f.Reconnect = kit.NewButton(nil, f.AskReconnect)

	f.Engine = widget.NewSelect(nil, func(string) {
		f.con.UpdateSettings(func(s *settings.Settings) { s.Engine = client.Engines()[f.Engine.SelectedIndex()] })
	})

	f.Reason = widget.NewLabel("")
	f.Reason.Truncation = fyne.TextTruncateEllipsis

	f.Content = container.NewVBox(
		container.New(widths{0, idWidth, 0, grows, 0, 0},
			widget.NewLabel("clientId"), f.ClientID, widget.NewLabel("content"), container.NewStack(f.Text, f.Chip), f.SendFile, f.Engine),
		container.New(widths{0, 0, 0, 0, 0, 0, grows}, f.Subscribe, f.Send, f.Close, f.ServerOnly, f.Drop, f.Reconnect, f.Reason))

	f.k.Text(func() {
		f.ClientID.SetPlaceHolder(f.k.T("form.client_id_hint"))
		f.Text.SetPlaceHolder(f.k.T("form.content_hint"))
		f.SendFile.SetText(f.k.T("form.send_file"))
		f.Subscribe.SetText(f.k.T("form.subscribe"))
		f.Send.SetText(f.k.T("form.send"))
		f.Close.SetText(f.k.T("form.close"))
		f.ServerOnly.SetText(f.k.T("form.server_only"))
		f.Drop.SetText(f.k.T("form.drop"))
		f.Reconnect.SetText(f.k.T("form.reconnect"))
		f.showLarge()
		f.nameEngines()
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
	if !f.Can().Subscribe {
		return
	}
	f.Target.normalize()
	f.Remember()
	p, _ := f.Pair()
	f.cfg.Calling(record.Subscribe, p)
	f.con.Subscribe(p, f.CurrentContent())
	f.cfg.Refresh()
}

// DoSend sends the content, if that is possible.
func (f *Form) DoSend() {
	if !f.Can().Send {
		return
	}
	f.Target.normalize()
	p, _ := f.Pair()
	f.cfg.Calling(record.Send, p)
	f.con.Send(p, f.CurrentContent())
	f.cfg.Refresh()
}

// DoClose closes the subscription, if that is possible.
func (f *Form) DoClose() {
	if p, _ := f.Pair(); f.Can().Close {
		f.cfg.Calling(record.Close, p)
		f.con.Close(p)
		f.cfg.Refresh()
	}
}

// DoCloseServerOnly closes the session on the server only, if that is possible.
func (f *Form) DoCloseServerOnly() {
	if p, _ := f.Pair(); f.Can().CloseServerOnly {
		f.cfg.Calling(record.Close, p)
		f.con.CloseServerOnly(p)
		f.cfg.Refresh()
	}
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
	f.Text.Hide()
	f.Chip.Show()
	f.showLarge()
	f.k.Win.Canvas().Focus(f.Send)
}

func (f *Form) showLarge() {
	if f.Large == "" {
		return
	}
	const shown = 200
	beginning := f.Large[:min(shown, len(f.Large))]
	f.ChipText.SetText(f.k.T("form.large", "Size", f.k.Texts.Size(int64(len(f.Large)))) + "\n" + f.k.ShownText(beginning) + "…")
}

// RemoveLarge removes a content set by SetLarge and shows the field again.
func (f *Form) RemoveLarge() {
	f.Large = ""
	f.Chip.Hide()
	f.Text.Show()
	f.k.Win.Canvas().Focus(f.Text)
}

// Refresh enables the possible calls and says why the others are not possible.
func (f *Form) Refresh() {
	can := f.Can()
	kit.SetEnabled(f.Subscribe, can.Subscribe)
	kit.SetEnabled(f.Send, can.Send)
	kit.SetEnabled(f.Close, can.Close)
	kit.SetEnabled(f.ServerOnly, can.CloseServerOnly)
	live := f.live()
	kit.SetEnabled(f.Drop, live)
	kit.SetEnabled(f.Reconnect, live)
	p, _ := f.Pair()
	text, importance := f.hint(p), widget.MediumImportance
	if can.Why != "" {
		text, importance = f.k.T("why."+string(can.Why), "About", can.About), widget.WarningImportance
	}
	if text != f.Reason.Text || importance != f.Reason.Importance {
		f.Reason.Importance = importance
		f.Reason.SetText(text)
	}
}

// hint says which calls of the pair are under way or, if none are, what the keys do.
func (f *Form) hint(p console.Pair) string {
	w := wording.Of(f.k.Texts)
	if sub, _ := f.con.Subscription(p); sub.Waiting != 0 {
		return w.T("form.waiting", "Next", w.KindName(sub.Waiting), "Running", w.KindName(sub.Running))
	}
	return w.T("form.keys")
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

// Can returns which calls are possible for the pair in the form.
func (f *Form) Can() console.Can {
	if _, why := f.Target.pair(); why != "" {
		return console.Can{Why: why}
	}
	p, _ := f.Pair()
	return f.con.Can(p)
}

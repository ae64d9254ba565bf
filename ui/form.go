package ui

import (
	"slices"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// form is the demo's form: clientId, content, and its three buttons.
type form struct {
	w       *window
	content *fyne.Container

	clientID *kit.Field
	text     *kit.ContentField
	sendFile *kit.Button

	chip     *fyne.Container // stands in for a content too large to show
	chipText *widget.Label
	large    string // that content, or ""

	subscribe, send, close, serverOnly *kit.Button
	drop, reconnect                    *kit.Button // of a subscription that is not closed

	engine *widget.Select // how a stream is read

	reason *widget.Label
}

func newForm(w *window) *form {
	f := &form{w: w}
	settings := w.con.Settings()

	f.clientID = kit.NewField(w.k)
	f.clientID.SetText(console.DefaultClientID)
	if settings.ClientID != nil {
		f.clientID.SetText(*settings.ClientID)
	}
	f.clientID.OnChanged = func(string) { w.refresh() }
	f.clientID.OnSubmitted = func(string) { f.doSubscribe() }

	f.text = kit.NewContentField(w.k, f.setLarge)
	f.text.SetText(console.DefaultContent)
	f.sendFile = kit.NewButton(theme.FolderOpenIcon(), w.chooseFile)
	f.sendFile.Importance = widget.LowImportance

	f.chipText = widget.NewLabel("")
	f.chipText.Wrapping = fyne.TextWrapBreak
	remove := kit.NewButton(theme.CancelIcon(), f.removeLarge)
	remove.Importance = widget.LowImportance
	f.chip = container.NewBorder(nil, nil, nil, container.NewVBox(remove), container.NewVScroll(f.chipText))
	f.chip.Hide()

	f.subscribe = kit.NewButton(nil, f.doSubscribe)
	f.subscribe.Importance = widget.HighImportance
	f.send = kit.NewButton(nil, f.doSend)
	f.close = kit.NewButton(nil, f.doClose)
	f.serverOnly = kit.NewButton(nil, f.doCloseServerOnly)
	f.drop = kit.NewButton(nil, w.dropConnection)
	f.reconnect = kit.NewButton(nil, w.askReconnect)

	f.engine = widget.NewSelect(nil, func(string) {
		w.con.UpdateSettings(func(s *console.Settings) { s.Engine = client.Engines()[f.engine.SelectedIndex()] })
	})

	f.reason = widget.NewLabel("")
	f.reason.Wrapping = fyne.TextWrapWord

	contentLabel := widget.NewLabel("content")
	f.content = container.NewPadded(container.NewBorder(
		container.NewVBox(
			widget.NewLabel("clientId"), f.clientID,
			container.NewBorder(nil, nil, contentLabel, f.sendFile)),
		container.NewVBox(
			// The order of the objects is that of Tab: Send follows Subscribe.
			container.New(layout.NewBorderLayout(nil, nil, nil, f.engine), f.engine, f.subscribe), f.send,
			container.NewBorder(nil, nil, nil, f.serverOnly, f.close),
			container.NewBorder(nil, nil, nil, f.reconnect, f.drop),
			container.New(minHeight(56), f.reason)),
		nil, nil,
		container.NewStack(f.text, f.chip)))

	w.k.Text(func() {
		f.clientID.SetPlaceHolder(w.k.T("form.client_id_hint"))
		f.text.SetPlaceHolder(w.k.T("form.content_hint"))
		f.sendFile.SetText(w.k.T("form.send_file"))
		f.subscribe.SetText(w.k.T("form.subscribe"))
		f.send.SetText(w.k.T("form.send"))
		f.close.SetText(w.k.T("form.close"))
		f.serverOnly.SetText(w.k.T("form.server_only"))
		f.drop.SetText(w.k.T("form.drop"))
		f.reconnect.SetText(w.k.T("form.reconnect"))
		f.showLarge()
		f.nameEngines()
	})
	return f
}

// nameEngines words the choice of engines and shows the one that is set.
func (f *form) nameEngines() {
	var names []string
	for _, name := range client.Engines() {
		names = append(names, wording.Of(f.w.k.Texts).Engine(name))
	}
	f.engine.Options = names
	f.chooseEngine(max(0, slices.Index(client.Engines(), f.w.con.Settings().Engine)))
}

// chooseEngine sets how the next subscription reads its stream.
func (f *form) chooseEngine(i int) { f.engine.SetSelectedIndex(i) }

// doSubscribe does what the button, Return in clientId and the menu do.
func (f *form) doSubscribe() {
	if !f.w.can().Subscribe {
		return
	}
	f.w.target.normalize()
	f.remember()
	p, _ := f.w.pair()
	f.w.con.SubscribeWith(p, f.currentContent())
	f.w.refresh()
}

func (f *form) doSend() {
	if !f.w.can().Send {
		return
	}
	f.w.target.normalize()
	p, _ := f.w.pair()
	f.w.con.Send(p, f.currentContent())
	f.w.refresh()
}

func (f *form) doClose() {
	if p, _ := f.w.pair(); f.w.can().Close {
		f.w.con.Close(p)
		f.w.refresh()
	}
}

func (f *form) doCloseServerOnly() {
	if p, _ := f.w.pair(); f.w.can().CloseServerOnly {
		f.w.con.CloseServerOnly(p)
		f.w.refresh()
	}
}

func (f *form) remember() {
	id := f.clientID.Text
	f.w.con.UpdateSettings(func(s *console.Settings) { s.ClientID = &id })
}

// currentContent is what Send sends.
func (f *form) currentContent() string {
	if f.large != "" {
		return f.large
	}
	return f.text.Text
}

// setLarge puts a content in the form that is sent whole but shown as a chip
// with its size and beginning. A small one goes into the field.
func (f *form) setLarge(text string) {
	if len(text) <= kit.LargeContent && utf8.ValidString(text) {
		f.removeLarge()
		f.text.SetText(text)
		return
	}
	f.large = text
	f.text.Hide()
	f.chip.Show()
	f.showLarge()
	f.w.k.Win.Canvas().Focus(f.send)
}

func (f *form) showLarge() {
	if f.large == "" {
		return
	}
	const shown = 200
	beginning := f.large[:min(shown, len(f.large))]
	f.chipText.SetText(f.w.k.T("form.large", "Size", f.w.k.Texts.Size(int64(len(f.large)))) + "\n" + f.w.k.ShownText(beginning) + "…")
}

func (f *form) removeLarge() {
	f.large = ""
	f.chip.Hide()
	f.text.Show()
	f.w.k.Win.Canvas().Focus(f.text)
}

// refresh enables what can be done and says why the rest cannot.
func (f *form) refresh() {
	can := f.w.can()
	kit.SetEnabled(f.subscribe, can.Subscribe)
	kit.SetEnabled(f.send, can.Send)
	kit.SetEnabled(f.close, can.Close)
	kit.SetEnabled(f.serverOnly, can.CloseServerOnly)
	live := f.w.live()
	kit.SetEnabled(f.drop, live)
	kit.SetEnabled(f.reconnect, live)
	p, _ := f.w.pair()
	text, importance := f.hint(p), widget.MediumImportance
	if can.Why != "" {
		text, importance = f.w.k.T("why."+string(can.Why), "About", can.About), widget.WarningImportance
	}
	if text != f.reason.Text || importance != f.reason.Importance {
		f.reason.Importance = importance
		f.reason.SetText(text)
	}
}

// hint says what is under way on the pair, or else what the keys do.
func (f *form) hint(p console.Pair) string {
	T := f.w.k.T
	if sub, _ := f.w.con.Subscription(p); sub.Waiting != 0 {
		return T("form.waiting", "Next", T("kind."+sub.Waiting.String()), "Running", T("kind."+sub.Running.String()))
	}
	return T("form.keys")
}

// minHeight is a layout that keeps its one object at least so high, so that
// the form does not jump when the text under the buttons changes.
type minHeight float32

func (h minHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(h))
}

func (h minHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

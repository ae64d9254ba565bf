package form

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Can returns which calls are possible for what is in the form.
func (f *Form) Can() console.Can {
	if _, why := f.Target.pair(); why != "" {
		return console.Can{Why: why}
	}
	p, _ := f.Pair()
	can := f.con.Can(p)
	if p.Embedded() && len(f.CurrentContent()) > server.MaxContent {
		can.Send = false
		if can.Why == "" {
			can.Why, can.About = LongContent, f.k.Texts.Size(server.MaxContent)
		}
	}
	return can
}

// LongContent says that the content is longer than the embedded server takes.
const LongContent console.Obstacle = "long_content"

// Refresh enables the possible calls, emphasizes the one that comes next, and says why
// the others are not possible.
func (f *Form) Refresh() {
	can := f.Can()
	f.can = can
	kit.SetEnabled(f.Subscribe, can.Subscribe)
	kit.SetEnabled(f.Send, can.Send)
	kit.SetEnabled(f.Close, can.Close)
	stopped := can.Why == console.ServerStopped
	kit.SetVisible(f.Start, stopped)
	f.emphasize(f.next(can))
	f.Reason.show(f.line(can))
	f.setTips(can)
	f.Closings.Refresh()
}

// next returns the button of what comes next, or nil.
func (f *Form) next(can console.Can) *kit.Button {
	switch {
	case can.Why == console.ServerStopped:
		return f.Start
	case !f.Live() && can.Subscribe:
		return f.Subscribe
	case f.Live() && can.Send:
		return f.Send
	}
	return nil
}

// emphasize shows one button, or none, as the most important.
func (f *Form) emphasize(next *kit.Button) {
	for _, b := range []*kit.Button{f.Subscribe, f.Send, f.Start} {
		importance := widget.MediumImportance
		if b == next {
			importance = widget.HighImportance
		}
		if b.Importance != importance {
			b.Importance = importance
			b.Refresh()
		}
	}
}

// focusNext focuses the button of what comes next.
func (f *Form) focusNext() {
	if next := f.next(f.Can()); next != nil {
		f.k.Win.Canvas().Focus(next)
	} else {
		f.k.Win.Canvas().Focus(f.ClientID)
	}
}

// setTips says what the buttons do or, of those that are disabled, why.
func (f *Form) setTips(can console.Can) {
	T := f.k.T
	why := ""
	if can.Why != "" {
		why = f.why(can)
	}
	tip := func(b *kit.Button, does string, possible bool) {
		if !possible && why != "" {
			b.SetTip(why)
		} else {
			b.SetTip(does)
		}
	}
	tip(f.Subscribe, T("form.subscribe_tip"), can.Subscribe)
	tip(f.Send, T("form.send_tip"), can.Send)
	tip(f.Close, T("form.close_tip"), can.Close)
}

// why says why a call is not possible.
func (f *Form) why(can console.Can) string {
	if problem := f.con.Embedded.Status().Problem; can.Why == console.ServerStopped && problem != "" {
		return f.Target.problem(problem)
	}
	return f.k.T("why."+string(can.Why), "About", can.About)
}

// line returns the line beside the buttons: why a call is not possible, which calls of
// the pair are under way, what is odd about the content, or what the keys do.
func (f *Form) line(can console.Can) (string, widget.Importance) {
	w := wording.Of(f.k.Texts)
	p, _ := f.Pair()
	sub, _ := f.con.Subscription(p)
	switch content := f.CurrentContent(); {
	case can.Why == console.NoSend, can.Why == console.NoClose: // not wrong, but what the target is
		return f.why(can), widget.MediumImportance
	case can.Why != "":
		return f.why(can), widget.WarningImportance
	case sub.Waiting != 0:
		return w.T("form.waiting", "Next", w.KindName(sub.Waiting), "Running", w.KindName(sub.Running)), widget.MediumImportance
	case content == "" && can.Send:
		return w.T("form.empty"), widget.WarningImportance
	case p.Remote != "" && len(content) > server.MaxContent:
		return w.T("form.maybe_too_large", "Size", f.k.Texts.Size(server.MaxContent)), widget.WarningImportance
	}
	return w.T("form.keys"), widget.MediumImportance
}

package details

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/inside"
	"sseconsole/client/pretty"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// insidePanel shows what a string carries: a picture or a token. It is hidden until one is
// found.
type insidePanel struct {
	d       *Details
	content *fyne.Container
	title   *widget.Label
	picture *canvas.Image
	text    *widgets.TextView
	source  string // the string that is shown, or being decoded
	closed  bool   // the user closed the panel: only the caret opens it again
	looked  bool   // first has looked at this record
	cancel  func() // stops the decoding; never nil
}

func newInsidePanel(d *Details) *insidePanel {
	p := &insidePanel{d: d, cancel: func() {}}
	p.title = widget.NewLabel("")
	p.title.Truncation = fyne.TextTruncateEllipsis
	p.picture = canvas.NewImageFromImage(nil)
	p.picture.FillMode = canvas.ImageFillContain
	p.picture.SetMinSize(fyne.NewSize(40, 60))
	p.text = widgets.NewTextView(d.k.Fonts)
	p.text.Post = d.k.Post
	p.text.SetTextSize(d.Text.TextSize())
	done := kit.NewButton(theme.CancelIcon(), p.close)
	d.k.Text(func() { done.SetTip(d.k.T("details.inside_close")) })
	p.content = kit.Border(kit.Border(nil, nil, nil, done, p.title), nil, nil, nil, container.NewStack(p.picture, p.text))
	p.content.Hide()
	return p
}

// clear hides the panel until something is found in another record.
func (p *insidePanel) clear() {
	p.looked = false
	p.hide()
}

// close hides the panel at the user's wish.
func (p *insidePanel) close() {
	p.closed = true
	p.hide()
	p.d.k.Win.Canvas().Focus(p.d.Text)
}

func (p *insidePanel) hide() {
	p.cancel()
	p.source = ""
	p.picture.Image = nil
	if p.content.Visible() {
		p.content.Hide()
		p.d.middle.Refresh()
	}
}

// follow shows what is inside the value at the caret, if anything.
func (p *insidePanel) follow(v value) {
	if v.scalar() && v.text[v.From] == '"' && isInside(v.text[v.From+1:v.To-1]) {
		p.open(v.Text(v.text), v.Path)
	}
}

// mostLooked is how much of a text first looks at, in bytes.
const mostLooked = 1 << 20

// first shows the first thing that is inside the data of a record, unless the user has
// closed the panel.
func (p *insidePanel) first() {
	s := p.d.shown
	if p.looked || p.closed || p.d.record == nil || p.d.Tab() != TabData {
		return
	}
	if s.syntax != pretty.JSON {
		if text, ok := wording.Payload(p.d.record); ok && len(text) < 3*inside.MaxBytes {
			if text = strings.TrimSpace(text); inside.IsPicture(text) || inside.IsToken(text) {
				p.looked = true
				p.open(text, "")
			}
		}
		return
	}
	text := s.text[s.from:]
	for _, mark := range []string{`"data:image`, `"eyJ`, `"Bearer eyJ`} {
		at := strings.Index(text[:min(len(text), mostLooked)], mark)
		if at < 0 {
			continue
		}
		found, ok := pretty.ValueAt(text, at)
		if v := (value{found, text, false}); ok && v.scalar() && v.text[v.From] == '"' && isInside(v.text[v.From+1:v.To-1]) {
			p.looked = true
			p.follow(v)
			return
		}
	}
}

// open decodes a string and shows what is in it. path says where it is, or is "".
func (p *insidePanel) open(source, path string) {
	if source == p.source {
		return
	}
	p.cancel()
	p.source = source
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	w, path := wording.Of(p.d.k.Texts), p.d.k.Heading(path)
	if token, ok := inside.ParseToken(source); ok {
		p.show(w.Join("JWT", path, w.T("details.token")), nil, tokenText(w, token, time.Now()))
		return
	}
	if !inside.IsPicture(source) {
		return
	}
	p.d.k.Work(func() {
		picture, err := inside.DecodePicture(ctx, source)
		p.d.k.Post(func() {
			if ctx.Err() == nil {
				p.show(w.Join(pictureTitle(w, picture), path, pictureError(w, err)), &picture, plain("", ""))
			}
		})
	})
}

// show shows a picture or a text.
func (p *insidePanel) show(title string, picture *inside.Picture, text shown) {
	p.title.SetText(p.d.k.ShownText(title))
	p.picture.Image = nil
	if picture != nil {
		p.picture.Image = picture.Image
	}
	kit.SetVisible(p.picture, picture != nil && picture.Image != nil)
	p.picture.Refresh()
	kit.SetVisible(p.text, picture == nil)
	p.text.SetStyled(text.text, styleOf(text.syntax, text.from, len(text.text)))
	if !p.content.Visible() {
		p.content.Show()
		p.d.middle.Refresh()
	}
}

func pictureTitle(w wording.Words, p inside.Picture) string {
	size := ""
	if p.Width > 0 {
		size = w.T("details.picture_size", "Width", p.Width, "Height", p.Height)
	}
	return w.Join(p.Type, size, w.Size(int64(p.Bytes)))
}

// pictureError says why a picture is not shown, "" if it is.
func pictureError(w wording.Words, err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, inside.ErrTooLarge), errors.Is(err, context.DeadlineExceeded):
		return w.T("details.picture_large")
	case errors.Is(err, inside.ErrFormat):
		return w.T("details.picture_format")
	}
	return w.T("details.picture_broken")
}

// tokenText returns the times of a token, its header and its claims.
func tokenText(w wording.Words, t inside.Token, now time.Time) shown {
	var b strings.Builder
	for _, claim := range t.Times {
		said := ""
		switch {
		case claim.Claim == "exp" && claim.At.Before(now):
			said = w.T("details.token_expired")
		case claim.Claim == "nbf" && claim.At.After(now):
			said = w.T("details.token_early")
		}
		b.WriteString(w.Join(claim.Claim+"  "+claim.At.Format("2006-01-02 15:04:05 -07:00"), said) + "\n")
	}
	from := b.Len()
	for i, part := range []string{t.Header, t.Claims} {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(laidOut(w, context.Background(), pretty.JSON, part).text)
	}
	return shown{text: b.String(), syntax: pretty.JSON, from: from, broken: -1}
}

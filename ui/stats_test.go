//go:build !e2e

package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/client/intake"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/stats"
	"sseconsole/ui/wording/catalogue"
)

// statTexts returns the visible parts of the line at the bottom, in order.
func statTexts(s *stats.Bar) (shown []string) {
	for _, o := range s.Parts.Objects {
		if o.Visible() {
			shown = append(shown, o.(*widget.Label).Text)
		}
	}
	return shown
}

// subscribed returns a window whose subscription x has received two events.
func subscribed(t *testing.T, language string) *window {
	t.Helper()
	w := testWindow(t, settings.Settings{Language: language, Address: "127.0.0.1:0"})
	w.form.ClientID.SetText("x")
	p := console.Pair{ClientID: "x"}
	w.con.Embedded.Start("127.0.0.1:0")
	w.con.Subscribe(p, "")
	w.con.Send(p, "one")
	w.con.Send(p, "two")
	until(t, "two events arrived", func() bool { s, _ := w.con.Intake.Stats(p.Target(), p.ClientID); return s.Events == 2 })
	w.stats.At = time.Time{}
	w.refresh()
	return w
}

// until waits until so reports true.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("timed out waiting until ", what)
		}
	}
}

func TestTheBottomLineShowsWhatASubscriptionReceived(t *testing.T) {
	w := subscribed(t, catalogue.English)
	w.k.Win.Resize(fyne.NewSize(2000, 600))
	line := strings.Join(statTexts(w.stats), " | ")
	for _, part := range []string{"x: Open", "2 events", "/s now, peak ", "Last-Event-ID ", "0 reconnects", "last 0 s ago", "records", "bytes", "▲ reconnect ◆ finding"} {
		if !strings.Contains(line, part) {
			t.Errorf("%q lacks %q", line, part)
		}
	}
	w.con.Subscribe(console.Pair{ClientID: "other"}, "")
	until(t, "there is a second subscription", func() bool {
		s, _ := w.con.Subscription(console.Pair{ClientID: "other"})
		return s.Status.ReadyState == client.Open
	})
	w.refresh()
	w.stats.At = time.Time{}
	w.refresh()
	if line := strings.Join(statTexts(w.stats), " | "); !strings.Contains(line, "All subscriptions | 2 events") {
		t.Errorf("of all subscriptions the line is %q", line)
	}
	w.scope.Choose(w.scope.List[1])
	if line := strings.Join(statTexts(w.stats), " | "); !strings.Contains(line, "other: Open | 0 events") {
		t.Errorf("of the second tab the line is %q", line)
	}
}

func TestTheBottomLineHidesWholePartsIfThereIsNoRoom(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := subscribed(t, language)
		before := stats.StatCount
		for width := float32(2000); width >= 300; width -= 50 {
			w.stats.Parts.Resize(fyne.NewSize(width, 30))
			end, shown := float32(0), 0
			for _, o := range w.stats.Parts.Objects {
				if !o.Visible() {
					continue
				}
				shown++
				if o.Size().Width < o.MinSize().Width || o.Position().X < end {
					t.Errorf("%s: at width %v, %q is cut off or covered", language, width, o.(*widget.Label).Text)
				}
				end = o.Position().X + o.Size().Width
			}
			if end > width || shown > before {
				t.Errorf("%s: at width %v, %d parts end at %v", language, width, shown, end)
			}
			before = shown
		}
		if shown := statTexts(w.stats); len(shown) < 2 || !strings.HasPrefix(shown[0], "x") {
			t.Errorf("%s: at the smallest width %q is shown", language, shown)
		}
	}
}

func TestTheBottomLineKeepsNoWidthOfAnotherLanguage(t *testing.T) {
	second := func(w *window) float32 {
		w.stats.At = time.Time{}
		w.refresh()
		return w.stats.Parts.Objects[1].Position().X
	}
	english, chinese := subscribed(t, catalogue.English), subscribed(t, catalogue.Chinese)
	want, wide := second(english), second(chinese)
	chinese.k.Speak(catalogue.New(catalogue.English))
	if got := second(chinese); got != want || wide <= want {
		t.Errorf("the second part is at %v after a switch from %v, and at %v without", got, wide, want)
	}
}

func TestTheBottomLineChangesAtMostAFewTimesASecond(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	event(w, "a")
	text := func() string { return w.stats.Parts.Objects[stats.StatRecords].(*widget.Label).Text }
	if !w.stats.Behind.Load() || text() != "0 records" {
		t.Errorf("%q at once", text())
	}
	now := w.stats.At.Add(stats.StatsPause)
	early, due := w.stats.Tick(now.Add(-time.Millisecond)), w.stats.Tick(now)
	if early == due {
		t.Error("the newer number is never due")
	}
	w.stats.At = w.stats.At.Add(-stats.StatsPause)
	w.refresh()
	if w.stats.Tick(now) != due {
		t.Error("the window is refreshed again and again although nothing is new")
	}
	if w.stats.Behind.Load() || text() != "1 record" {
		t.Errorf("%q after a while", text())
	}
}

func TestHoveringThePlotDescribesASecondAndItsMarks(t *testing.T) {
	w := subscribed(t, catalogue.English)
	w.k.Win.Resize(fyne.NewSize(1200, 800))
	w.stats.Shown.Seconds[intake.StatsSeconds-1] = intake.Second{Events: 3, Reconnects: 1, Problems: 2}
	w.stats.ShowPlot()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.stats.Plot).Add(fyne.NewPos(w.stats.Plot.Size().Width-1, 10))
	test.MoveMouse(w.k.Win.Canvas(), at)
	if text := w.k.Tip.Text(); text != "1 s ago: 3 events\n▲ 1 reconnect\n◆ 2 findings" {
		t.Errorf("the tip says %q", text)
	}
	if shown := statTexts(w.stats); len(shown) < 3 {
		t.Errorf("the line says %q only", shown)
	}
	test.MoveMouse(w.k.Win.Canvas(), fyne.NewPos(600, 400))
	if text := w.k.Tip.Text(); text != "" {
		t.Errorf("after the mouse has left: %q", text)
	}
}

func TestThePlotShowsItsScale(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := testWindow(t, settings.Settings{Language: language})
		for n, want := range map[uint32]string{1: " 1 ", 2: " 2 ", 9_999: " 9999 ", 50_000: " 50k ", 3_000_000: " 3M "} {
			w.stats.Shown.Seconds[5].Events = n
			w.stats.ShowPlot()
			for _, caption := range w.stats.Plot.Captions() {
				if !strings.Contains(caption+" ", want) {
					t.Errorf("%d events in a second: %q", n, caption)
				}
			}
		}
	}
}

func TestALongNameLosesItsMiddle(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	for name, want := range map[string]string{
		"alice": "alice", "a\nb": "a↵b",
		"0123456789abcdefghijklmnopqrstuvwxyz": "0123456789abcde…stuvwxyz",
		strings.Repeat("数", 1<<20):             strings.Repeat("数", 15) + "…" + strings.Repeat("数", 8),
	} {
		if got := w.k.Brief(name); got != want {
			t.Errorf("%.40q becomes %q", name, got)
		}
	}
	if text := w.k.T("stats.legend"); w.k.Fonts.Printable(text) != text {
		t.Error("no font has the shapes of the marks")
	}
}

package tabs

import (
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// countPause is the shortest time between two changes of the numbers of unread events:
// each distinct text occupies a texture for a minute, and nobody reads faster.
const countPause = 250 * time.Millisecond

// Config is what the tabs need from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Open        func()                // shows the log
	Live        func()                // shows this run instead of an earlier one
	LogShown    func() bool           // reports whether the rows of this run are shown
	Scoped      func(s console.Scope) // is called when another scope was chosen
	Choose      func(p console.Pair)  // puts a subscription into the form, and refreshes the window
	New         func()                // lets the user enter another clientId
	Subscribe   func()                // subscribes to what is in the form
	NextFinding func()                // selects the next finding in the log
	Refresh     func()                // refreshes the window
}

// Bar is the row of tabs. Its methods must be called on the UI thread, unless documented
// otherwise.
type Bar struct {
	cfg     Config
	k       *kit.Kit
	con     *console.Console
	Content fyne.CanvasObject

	All    *Tab
	List   []*Tab // one for each subscription, in display order
	chosen *Tab

	strip  *strip
	Parts  *fyne.Container // everything in Content
	row    *fyne.Container // of List
	Scroll *container.Scroll
	New    *kit.Button // lets the user enter another clientId
	Menu   *kit.Button // lists all tabs; visible if there is no room for all of them
	Hint   *widget.Label
	Badge  *kit.Button // shows the number of findings in the scope; a press selects the next one

	opened  *Tab    // by the latest Subscribe, until a tab is chosen; else nil
	inView  *Tab    // the tab last brought into view
	left    float32 // scroll offset at that time
	width   float32 // of the row at that time
	counted time.Time
	behind  atomic.Bool // there are newer numbers of unread events
	badge   badgeOf
}

// badgeOf is what the badge was computed from: all findings and the scope.
type badgeOf struct {
	findings int64
	scope    console.Scope
}

// New returns a row with a tab for everything.
func New(cfg Config) *Bar {
	b := &Bar{cfg: cfg, k: cfg.Kit, con: cfg.Console, Hint: widget.NewLabel("")}
	b.row = container.New(&rowLayout{b})
	b.Scroll = container.NewHScroll(b.row)
	b.All = newTab(b, console.Pair{})
	b.chosen = b.All
	b.New = kit.NewButton(theme.ContentAddIcon(), cfg.New)
	b.New.Importance = widget.LowImportance
	b.Menu = kit.NewButton(theme.MenuDropDownIcon(), b.showMenu)
	b.Menu.Importance = widget.LowImportance
	b.Menu.Hide()
	b.Hint.Truncation = fyne.TextTruncateEllipsis
	b.Badge = kit.NewButton(theme.WarningIcon(), cfg.NextFinding)
	b.Badge.Importance = widget.WarningImportance
	b.Badge.Hide()
	b.strip = newStrip(b)
	b.Parts = b.strip.content
	b.Content = b.strip
	b.k.Text(func() {
		b.Hint.SetText(b.k.T("tabs.empty"))
		b.New.SetTip(b.k.T("tabs.new"))
		b.Menu.SetTip(b.k.T("tabs.menu"))
		b.badge = badgeOf{findings: -1}
	})
	return b
}

// Scope returns what the chosen tab shows.
func (b *Bar) Scope() console.Scope { return b.chosen.scope() }

// Chosen returns the chosen tab.
func (b *Bar) Chosen() *Tab { return b.chosen }

// Of returns the subscription whose numbers describe the scope best: that of the chosen
// tab or of the only one. It returns false if there are several.
func (b *Bar) Of() (console.Pair, bool) {
	if b.chosen == b.All && len(b.List) == 1 {
		return b.List[0].pair, true
	}
	return b.chosen.pair, b.chosen != b.All
}

// Tab returns the tab of a subscription, or nil.
func (b *Bar) Tab(p console.Pair) *Tab {
	for _, t := range b.List {
		if t.pair == p {
			return t
		}
	}
	return nil
}

// Choose chooses a tab: it shows the log with the tab's rows in this run, and puts its
// subscription into the form. The tab for everything shows an earlier run, too.
func (b *Bar) Choose(t *Tab) {
	b.cfg.Open()
	b.choose(t)
	if t == b.All {
		b.cfg.Refresh()
	} else {
		b.cfg.Live()
		b.cfg.Choose(t.pair)
	}
}

// pick chooses a tab and gives the row the focus, so that its keys go on from there.
func (b *Bar) pick(t *Tab) {
	b.k.Win.Canvas().Focus(b.strip)
	b.Choose(t)
}

func (b *Bar) choose(t *Tab) {
	b.opened = nil
	if t != b.chosen {
		b.chosen = t
		b.cfg.Scoped(t.scope())
	}
}

// Step chooses the tab by places after the chosen one, wrapping around at the ends.
func (b *Bar) Step(by int) {
	tabs := b.all()
	n := len(tabs)
	b.Choose(tabs[((slices.Index(tabs, b.chosen)+by)%n+n)%n])
}

// all returns all tabs in display order.
func (b *Bar) all() []*Tab { return append([]*Tab{b.All}, b.List...) }

// Calling must be called before a call of the form. It makes sure that its rows are
// shown: by the tab of the pair, or by that for everything. A tab appears with Subscribe.
func (b *Bar) Calling(call record.Kind, p console.Pair) {
	t := b.Tab(p)
	if t == nil && call == record.Subscribe {
		t = newTab(b, p)
		t.kept = true
		b.add(t)
	} else if call == record.Subscribe {
		t.leaving, t.closing = false, false
	}
	switch {
	case b.chosen == b.All:
		b.opened = t
	case t != nil:
		b.choose(t)
	default:
		b.choose(b.All)
	}
}

func (b *Bar) add(t *Tab) {
	b.List = append(b.List, t)
	b.row.Add(t)
}

// Refresh updates the tabs and the badge. Without a change it redraws nothing.
func (b *Bar) Refresh() {
	changed := b.follow()
	now := time.Now()
	count := now.Sub(b.counted) >= countPause
	shown, behind := b.cfg.LogShown(), false
	several := b.severalTargets()
	for _, t := range b.all() {
		t.count(shown && (b.chosen == b.All || b.chosen == t))
		changed = t.show(now, several, count) || changed
		behind = behind || t.Unread != t.told
	}
	if count {
		b.counted = now
	}
	b.behind.Store(behind)
	b.showBadge()
	if empty := len(b.List) == 0; empty != b.Hint.Visible() {
		kit.SetVisible(b.Hint, empty)
		changed = true
	}
	if changed {
		b.strip.arrange()
	}
	b.keepInView()
}

// Tick returns a number that changes when the tabs should be refreshed although nothing
// else changed. Any goroutine may call it.
func (b *Bar) Tick(now time.Time) int64 {
	if b.behind.Load() {
		return now.UnixMilli() / countPause.Milliseconds()
	}
	return 0
}

// follow adds and removes tabs as subscriptions come and go, and reports whether it did.
func (b *Bar) follow() (changed bool) {
	tabs := make(map[console.Pair]*Tab, len(b.List))
	for _, t := range b.List {
		tabs[t.pair] = t
	}
	listed := make(map[console.Pair]bool, len(b.List))
	for _, s := range b.con.Subscriptions() {
		t := tabs[s.Pair]
		if t != nil && t.leaving && b.con.Dismiss(s.Pair) {
			if t.closing {
				b.sayClosed(t)
			}
			continue
		}
		if t == nil {
			t = newTab(b, s.Pair)
			b.add(t)
			changed = true
		}
		t.Sub, t.kept = s, false
		listed[s.Pair] = true
	}
	for i := len(b.List) - 1; i >= 0; i-- {
		t := b.List[i]
		if listed[t.pair] {
			continue
		}
		if t.kept {
			t.Sub, _ = b.con.Subscription(t.pair)
			continue
		}
		b.remove(i)
		changed = true
	}
	return changed
}

// remove removes the tab at i. If it was chosen, its neighbour is chosen.
func (b *Bar) remove(i int) {
	t := b.List[i]
	if t == b.chosen {
		b.choose(b.neighbour(t))
	}
	if t == b.opened {
		b.opened = nil
	}
	b.List = slices.Delete(b.List, i, i+1)
	b.row.Remove(t)
}

// neighbour returns the tab after t or, if t is the last one, the one before.
func (b *Bar) neighbour(t *Tab) *Tab {
	tabs := b.all()
	i := slices.Index(tabs, t)
	if i == len(tabs)-1 {
		return tabs[i-1]
	}
	return tabs[i+1]
}

// severalTargets reports whether the subscriptions go to different targets. The tabs then
// name them.
func (b *Bar) severalTargets() bool {
	for _, t := range b.List {
		if t.pair.Target() != b.List[0].pair.Target() {
			return true
		}
	}
	return false
}

// showBadge shows the number of findings in the scope.
func (b *Bar) showBadge() {
	of := badgeOf{b.con.Intake.Findings(), b.Scope()}
	if of == b.badge {
		return
	}
	b.badge = of
	findings := of.findings
	if of.scope.One {
		findings = 0
		for _, c := range b.con.Intake.Counts() {
			if of.scope.Has(c.Target, c.ClientID) {
				findings += c.N
			}
		}
	}
	if findings > 0 {
		b.Badge.SetText(wording.Of(b.k.Texts).Problems(findings))
	}
	kit.SetVisible(b.Badge, findings > 0)
	b.strip.arrange()
}

// keepInView keeps the chosen tab or, beside all others, the one just opened in view as the
// widths of tabs change with their states. Once the user has scrolled, the row stays where
// it is until it becomes narrower or wider.
func (b *Bar) keepInView() {
	t := b.chosen
	if t == b.All && b.opened != nil {
		t = b.opened
	}
	end := max(0, b.row.MinSize().Width-b.Scroll.Size().Width) // Fyne scrolls no further
	if t != b.inView || b.Parts.Size().Width != b.width || b.Scroll.Offset.X == min(b.left, end) {
		b.bringIntoView(t)
	}
}

// bringIntoView scrolls as little as needed to show t.
func (b *Bar) bringIntoView(t *Tab) {
	b.inView = t
	if t != b.All && b.Scroll.Size().Width > 0 {
		left := b.row.Layout.(*rowLayout).left(t)
		offset := b.Scroll.Offset
		offset.X = max(min(offset.X, left), left+t.MinSize().Width-b.Scroll.Size().Width, 0)
		if offset != b.Scroll.Offset {
			b.row.Resize(b.row.MinSize().Max(b.Scroll.Size())) // otherwise the old width limits the offset
			b.Scroll.ScrollToOffset(offset)
		}
	}
	b.left, b.width = b.Scroll.Offset.X, b.Parts.Size().Width
}

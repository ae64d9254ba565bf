package console

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
	"sseconsole/ui/console/embedded"
)

// played returns the only play.
func played(t *testing.T, c *Console) embedded.Play {
	t.Helper()
	plays := c.Embedded.Lab().Plays
	if len(plays) != 1 {
		t.Fatalf("%d plays", len(plays))
	}
	return plays[0]
}

func text(s string) io.ReadCloser { return io.NopCloser(strings.NewReader(s)) }

func TestAScenarioIsPlayedStepByStep(t *testing.T) {
	c := laboratoryOf(t, "a", "b")
	c.Embedded.PlayFile("my.txt", text("title: Mine\n\nsend one\nwait 1h\nsend two\n"), scenario.Play{To: []string{"a"}, Stepping: true})
	until(t, c, "it waits for the first step", func() bool { return len(c.Embedded.Lab().Plays) == 1 && played(t, c).Status.Stepping })
	if p := played(t, c); p.Status.Title != "Mine" || p.Name != "my.txt" || p.Status.Line != 3 || p.Status.Lines != 5 || p.Text != "send one" || p.Repeat {
		t.Errorf("%+v", p)
	}
	c.Embedded.StepPlay(played(t, c).Status.ID)
	until(t, c, "one came", func() bool { return len(records(c, record.Event)) == 1 && played(t, c).Status.Line == 4 })
	c.Embedded.StepPlay(played(t, c).Status.ID)
	c.Embedded.StepPlay(played(t, c).Status.ID)
	until(t, c, "two came, and it ended", func() bool { return len(records(c, record.Event)) == 2 && len(c.Embedded.Lab().Plays) == 0 })
	until(t, c, "the log says so", func() bool { return len(notices(c, "scenario_ended")) == 1 })
	if begun := notices(c, "scenario_begun"); len(begun) != 1 || begun[0].Subject != "my.txt" || notices(c, "scenario_ended")[0].Events != 2 {
		t.Errorf("the log:\n%s", log(c))
	}
}

func TestAShippedScenarioIsPausedSpedUpAndStopped(t *testing.T) {
	c := laboratoryOf(t, "a")
	c.Embedded.PlayShipped("quotes", scenario.Play{})
	until(t, c, "events come", func() bool { return len(records(c, record.Event)) > 2 })
	id := played(t, c).Status.ID
	c.Embedded.PausePlay(id)
	until(t, c, "it is paused", func() bool { return played(t, c).Status.State == scenario.Paused })
	c.Embedded.SetPlaySpeed(id, 10)
	c.Embedded.ResumePlay(id)
	until(t, c, "it plays faster", func() bool { p := played(t, c); return p.Status.State == scenario.Playing && p.Status.Speed == 10 })
	c.Embedded.StopPlay(id)
	until(t, c, "it is over", func() bool { return len(c.Embedded.Lab().Plays) == 0 })
	if c.Embedded.Lab().Begun.Err != nil {
		t.Error(c.Embedded.Lab().Begun.Err)
	}
}

func TestAMistakeInAScenarioIsReportedWithItsLine(t *testing.T) {
	c := running(t)
	c.Embedded.PlayFile("bad.txt", text("send one\nsing two\n"), scenario.Play{})
	until(t, c, "it is refused", func() bool { return c.Embedded.Lab().Begun.N == 1 })
	var wrong *scenario.Error
	if !errors.As(c.Embedded.Lab().Begun.Err, &wrong) || wrong.Line != 2 || len(c.Embedded.Lab().Plays) != 0 || len(notices(c, "scenario_not_played")) != 1 {
		t.Errorf("%v; the log:\n%s", c.Embedded.Lab().Begun.Err, log(c))
	}
	gone, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	c.Embedded.PlayFile("gone.txt", gone, scenario.Play{})
	until(t, c, "a file that cannot be read is refused", func() bool {
		return c.Embedded.Lab().Begun.N == 2 && errors.Is(c.Embedded.Lab().Begun.Err, os.ErrClosed)
	})
	c.Embedded.PlayShipped("none", scenario.Play{})
	until(t, c, "one that does not ship is refused", func() bool { return c.Embedded.Lab().Begun.N == 3 && c.Embedded.Lab().Begun.Err != nil })
}

func TestASendIsRepeatedAndStopped(t *testing.T) {
	c := laboratoryOf(t, "a")
	c.Embedded.ServerRepeat(message.Message{To: []string{"a"}, Data: "no {n}"}, time.Millisecond, 3)
	until(t, c, "it is over", func() bool { return len(notices(c, "repeat_ended")) == 1 })
	until(t, c, "all came", func() bool { return len(records(c, record.Event)) == 3 })
	if last := records(c, record.Event)[2]; last.Data != "no 3" || notices(c, "repeat_ended")[0].Events != 3 {
		t.Errorf("%q; the log:\n%s", last.Data, log(c))
	}
	c.Embedded.ServerRepeat(message.Message{Data: strings.Repeat("for ever ", 100)}, time.Millisecond, 0)
	c.Embedded.ServerRepeat(message.Message{Data: "and ever"}, time.Hour, 0)
	until(t, c, "two play", func() bool { return len(c.Embedded.Lab().Plays) == 2 })
	if p := c.Embedded.Lab().Plays[0]; !p.Repeat || len(p.Text) > embedded.ShownLine+4 || !strings.HasPrefix(p.Text, "for ever") {
		t.Errorf("%+v", p)
	}
	c.Embedded.StopPlays()
	until(t, c, "both are over", func() bool { return len(c.Embedded.Lab().Plays) == 0 && len(notices(c, "repeat_ended")) == 3 })
	c.Embedded.ServerRepeat(message.Message{Type: "a\nb"}, time.Second, 0)
	until(t, c, "what is no message is refused", func() bool { return c.Embedded.Lab().Sent.Err != nil })
}

func TestPlaysEndWithTheServer(t *testing.T) {
	c := laboratoryOf(t, "a")
	c.Embedded.PlayShipped("quotes", scenario.Play{})
	until(t, c, "it plays", func() bool { return len(c.Embedded.Lab().Plays) == 1 })
	c.Embedded.Stop()
	until(t, c, "it is over", func() bool {
		return len(notices(c, "scenario_ended")) == 1 && c.Embedded.Status().State == embedded.Stopped
	})
	c.Embedded.Mu.Lock()
	defer c.Embedded.Mu.Unlock()
	if n := len(c.Embedded.Laboratory.Playing); n != 0 {
		t.Errorf("%d ended plays are still remembered", n)
	}
}

type closeTeller chan struct{}

func (closeTeller) Read([]byte) (int, error) { return 0, io.EOF }
func (c closeTeller) Close() error           { close(c); return nil }

func TestAScenarioForAStoppedServerIsNotPlayedAndItsFileIsClosed(t *testing.T) {
	c := running(t)
	address := c.Embedded.Status().Address
	c.Embedded.Stop()
	file := make(closeTeller)
	c.Embedded.PlayFile("a.txt", file, scenario.Play{})
	c.Embedded.Start(address)
	<-file
	until(t, c, "it runs again", func() bool { return c.Embedded.Status().State == embedded.Running })
	if n := c.Embedded.Lab().Begun.N; n != 0 {
		t.Errorf("%d plays were started", n)
	}
}

package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"sseconsole/client/visible"
	"sseconsole/server/scenario"
	"sseconsole/ui/wording"
)

// steering lets whoever writes to the standard input of serve steer its
// scenarios, a command a line. Each is answered by a line, help and status by
// several.
type steering struct {
	words     wording.Words
	scenarios []playedScenario
	out       io.Writer
	quit      func()
}

// playedScenario is a scenario under the name that the command line gave it.
type playedScenario struct {
	name    string
	ForEach *scenario.ForEach
}

// backInForeground is how often a program in the background of a terminal looks
// whether it may read from it again.
const backInForeground = time.Second

// read obeys what comes from in until that or ctx ends. What is typed must not
// bring the server down, and that nothing more comes is no reason to end it.
func (s steering) read(ctx context.Context, in io.Reader) {
	lines := bufio.NewReader(in)
	for ctx.Err() == nil {
		line, err := lines.ReadString('\n')
		if line = strings.TrimSpace(line); line != "" && ctx.Err() == nil {
			if _, err := io.WriteString(s.out, s.obey(line)); err != nil {
				return // nobody reads the answers
			}
		}
		switch {
		case err == nil:
		case errors.Is(err, syscall.EIO): // the terminal is another program's, see stayInBackground
			select {
			case <-time.After(backInForeground):
			case <-ctx.Done():
			}
		default:
			return
		}
	}
}

// obey carries out a command and returns the answer.
func (s steering) obey(line string) string {
	command, about, _ := strings.Cut(line, " ")
	about = strings.TrimSpace(about)
	all := func(do func(playedScenario) []scenario.Status) (list []scenario.Status) {
		for _, sc := range s.scenarios {
			list = append(list, do(sc)...)
		}
		return list
	}
	switch command {
	case "pause":
		return s.answer("paused", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Pause(about) }), "held")
	case "resume":
		return s.answer("goes_on", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Resume(about) }), "at_once")
	case "step":
		return s.answer("step", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Step(about) }), "held")
	case "stop":
		return s.answer("stopped", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Stop(about) }), "nothing")
	case "start":
		begun, on := 0, 0
		for _, sc := range s.scenarios {
			on += len(sc.ForEach.Resume(about))
			begun += sc.ForEach.Start(about)
		}
		if begun+on == 0 && about != "" {
			return s.notTo(about)
		}
		return s.words.T("steer.started", "Begun", begun, "Resumed", on) + "\n"
	case "speed":
		speed, err := parseSpeed(about)
		if err != nil {
			return s.words.T("steer.bad_speed") + "\n"
		}
		all(func(sc playedScenario) []scenario.Status { return sc.ForEach.SetSpeed("", speed) })
		return s.words.T("steer.speed", "Speed", speed) + "\n"
	case "status":
		return s.status()
	case "quit":
		s.quit()
		return s.words.T("steer.quit") + "\n"
	case "help", "?":
		return s.words.T("steer.help") + "\n"
	}
	return s.words.T("steer.unknown", "Command", visible.Quote(command)) + "\n"
}

// named is how many clientIds an answer names at most.
const named = 10

// answer says to whom a command applied, and where the scenario is for each.
func (s steering) answer(what, clientID string, list []scenario.Status, next string) string {
	if len(list) == 0 {
		if clientID != "" {
			return s.notTo(clientID)
		}
		return s.words.T("steer.nobody", "What", s.words.T("steer."+what), "Next", s.words.T("steer.next_"+next)) + "\n"
	}
	var about []string
	for _, st := range list[:min(len(list), named)] {
		about = append(about, s.words.T("steer.at", "ClientID", visible.Line(st.To[0]), "Where", s.where(st)))
	}
	if more := len(list) - named; more > 0 {
		about = append(about, s.words.T("steer.more", "N", more))
	}
	return s.words.Labelled(s.words.T("steer."+what), strings.Join(about, ", ")) + "\n"
}

func (s steering) where(st scenario.Status) string {
	return s.words.T("steer.line", "Line", st.Line, "Lines", st.Lines)
}

func (s steering) notTo(clientID string) string {
	return s.words.T("steer.not_to", "ClientID", visible.Quote(clientID)) + "\n"
}

// status tells of each player, and of what comes next.
func (s steering) status() string {
	T := s.words.T
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, sc := range s.scenarios {
		name := visible.Line(sc.name)
		for _, st := range sc.ForEach.Status("") {
			state := T("steer.state_" + string(st.State))
			if st.Waiting {
				state = T("steer.waiting", "State", state)
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", name, visible.Line(st.To[0]), state,
				s.where(st), T("plays.sends", "N", st.Sends), T("steer.speed", "Speed", st.Speed))
		}
		next := map[scenario.State]string{scenario.Playing: "at_once", scenario.Paused: "held", scenario.Ended: "nothing"}[sc.ForEach.Next()]
		fmt.Fprintf(table, "%s\t%s\t%s\n", name, T("steer.next"), T("steer.next_"+next))
	}
	table.Flush() // into memory: cannot fail
	return text.String()
}

func parseSpeed(s string) (float64, error) {
	speed, err := strconv.ParseFloat(s, 64)
	if err != nil || !(speed > 0) {
		return 0, errors.New("want a number such as 2 or 0.5, or inf for no waits")
	}
	return speed, nil
}

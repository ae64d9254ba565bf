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
)

const steerHelp = `pause [clientId]    hold the scenario; without a clientId for all, also for those that subscribe later
resume [clientId]   go on
step [clientId]     play one step, then hold
stop [clientId]     end it; without a clientId, not for those that subscribe later either
start [clientId]    begin it where it is not being played, go on where it is held
speed N             2 is twice as fast, inf goes without waits
status              to whom it is played, and where it is
quit                end the server
`

// steering lets whoever writes to the standard input of serve steer its
// scenarios, a command a line. Each is answered by a line, help and status by
// several.
type steering struct {
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
		return answer("paused", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Pause(about) }), "begins held")
	case "resume":
		return answer("goes on", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Resume(about) }), "begins at once")
	case "step":
		return answer("one step", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Step(about) }), "begins held")
	case "stop":
		return answer("stopped", about, all(func(sc playedScenario) []scenario.Status { return sc.ForEach.Stop(about) }), "gets nothing until start")
	case "start":
		begun, on := 0, 0
		for _, sc := range s.scenarios {
			on += len(sc.ForEach.Resume(about))
			begun += sc.ForEach.Start(about)
		}
		if begun+on == 0 && about != "" {
			return notTo(about)
		}
		return fmt.Sprintf("started: %d from the beginning, %d from where it was held\n", begun, on)
	case "speed":
		speed, err := parseSpeed(about)
		if err != nil {
			return fmt.Sprintf("speed: %v\n", err)
		}
		all(func(sc playedScenario) []scenario.Status { return sc.ForEach.SetSpeed("", speed) })
		return fmt.Sprintf("speed: %v\n", speed)
	case "status":
		return s.status()
	case "quit":
		s.quit()
		return "ends\n"
	case "help", "?":
		return steerHelp
	}
	return fmt.Sprintf("there is no command %q; help lists them\n", command)
}

// named is how many clientIds an answer names at most.
const named = 10

// answer says to whom a command applied, and where the scenario is for each.
func answer(what, clientID string, list []scenario.Status, next string) string {
	if len(list) == 0 {
		if clientID != "" {
			return notTo(clientID)
		}
		return fmt.Sprintf("%s: nobody now; whoever subscribes %s\n", what, next)
	}
	var about []string
	for _, st := range list[:min(len(list), named)] {
		about = append(about, fmt.Sprintf("%s (line %d of %d)", visible.Line(st.To[0]), st.Line, st.Lines))
	}
	if more := len(list) - named; more > 0 {
		about = append(about, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%s: %s\n", what, strings.Join(about, ", "))
}

func notTo(clientID string) string {
	return fmt.Sprintf("nothing is played to %q\n", clientID)
}

// status tells of each player, and of what comes next.
func (s steering) status() string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, sc := range s.scenarios {
		name := visible.Line(sc.name)
		for _, st := range sc.ForEach.Status("") {
			state := string(st.State)
			if st.Waiting {
				state += ", waits for room"
			}
			fmt.Fprintf(table, "%s\t%s\t%s\tline %d of %d\t%d sent\tspeed %v\n", name, visible.Line(st.To[0]), state, st.Line, st.Lines, st.Sends, st.Speed)
		}
		next := map[scenario.State]string{scenario.Playing: "begins at once", scenario.Paused: "begins held", scenario.Ended: "gets nothing until start"}
		fmt.Fprintf(table, "%s\twhoever subscribes next\t%s\n", name, next[sc.ForEach.Next()])
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

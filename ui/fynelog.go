package ui

import (
	"bytes"
	"io"
	"log"
	"os"
)

// hideDBusErrors keeps from stderr what Fyne logs if there is no session bus: it watches
// the system's theme and sends notifications over D-Bus, and works without it. It must be
// called before the app exists.
func hideDBusErrors() { log.SetOutput(&fyneLog{to: os.Stderr}) }

// fyneLog passes log entries on, but for Fyne's errors about D-Bus. Fyne logs an error in
// up to three entries, of which the first says what failed. Package log calls Write once
// for an entry, never twice at a time.
type fyneLog struct {
	to      io.Writer
	dropped bool // the last error
}

// aboutDBus are the beginnings of Fyne's errors about D-Bus.
var aboutDBus = [][]byte{
	[]byte("failed to watch theme settings"),
	[]byte("Unable to connect to session D-Bus"),
	[]byte("Sending notification using portal failed"),
	[]byte("Failed to send message to bus"),
}

// Write implements io.Writer.
func (l *fyneLog) Write(entry []byte) (int, error) {
	if _, what, is := bytes.Cut(entry, []byte("Fyne error:  ")); is {
		l.dropped = false
		for _, about := range aboutDBus {
			l.dropped = l.dropped || bytes.HasPrefix(what, about)
		}
	} else if !bytes.Contains(entry, []byte("   Cause:")) && !bytes.Contains(entry, []byte("   At: ")) {
		l.dropped = false
	}
	if l.dropped {
		return len(entry), nil
	}
	return l.to.Write(entry)
}

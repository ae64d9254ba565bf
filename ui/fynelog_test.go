package ui

import (
	"bytes"
	"errors"
	"log"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestFynesErrorsAboutDBusAreNotPrinted(t *testing.T) {
	var printed bytes.Buffer
	before := log.Writer()
	log.SetOutput(&fyneLog{to: &printed})
	defer log.SetOutput(before)

	noBus := errors.New(`exec: "dbus-launch": executable file not found in $PATH`)
	fyne.LogError("failed to watch theme settings", noBus)
	fyne.LogError("Unable to connect to session D-Bus", noBus)
	if printed.Len() > 0 {
		t.Errorf("printed: %s", &printed)
	}
	fyne.LogError("Settings load error:", errors.New("EOF"))
	fyne.LogError("Failed to send message to bus", nil)
	log.Println("something else")
	for _, want := range []string{"Settings load error:", "Cause: EOF", "At: ", "something else"} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("%q is missing in: %s", want, &printed)
		}
	}
	if n := strings.Count(printed.String(), "\n"); n != 4 {
		t.Errorf("%d lines: %s", n, &printed)
	}
}

//go:build darwin || windows

package system

import "fyne.io/fyne/v2"

// Notify shows a notification of the desktop. It blocks, and may be called from any
// goroutine.
func Notify(a fyne.App, title, text string) error {
	a.SendNotification(fyne.NewNotification(title, text))
	return nil
}

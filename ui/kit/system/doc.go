// Package system does what differs between desktops, or what Fyne does not pass on of them:
// notifications, screenshots, and keys that no control uses.
package system

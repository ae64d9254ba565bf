// Package lab shows the tab of the embedded server, the laboratory: its sessions, what
// it sends, its faults, the scenarios it plays, and its settings.
package lab

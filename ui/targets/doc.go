// Package targets shows the panel in which saved targets and environments are created
// and edited, imports and exports them, and converts requests from and to curl
// commands.
package targets

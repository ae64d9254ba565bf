// Package form shows the demo's form, the bar that selects its target, and the strip
// of subscriptions.
package form

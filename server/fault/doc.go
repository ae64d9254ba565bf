// Package fault describes faults, things that go wrong on purpose in a stream. It has
// the kinds of faults, their form as a line of text, and the [Registry] of faults that
// are on. It does not write streams: package hub applies faults to bytes, and package
// server to statuses.
//
// To add a fault, declare its [Kind] and add it to [Kinds], with default values in
// [Registry.Set] if it has any. Act on it in hub/faultwriter.go or, if it replaces the
// stream, in [Active.Refuses] and server/faults.go, and give it a case in
// server/fault_test.go. For the window, add it to FaultChoices in ui/lab/faults.go, and its
// texts fault.KIND and fault.KIND.why to assets/translations. Describe it in
// docs/server.md.
package fault

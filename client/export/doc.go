// Package export writes records to files that others can use, and reads such
// files back.
//
// Each writer takes a sequence of records and goes through it once, with
// memory that does not grow with it: NDJSON, CSV, Text, Raw (the bytes as they
// were received), Scenario (what the embedded server can play) and Bundle
// (evidence: a zip of all that, with a report for people). Import goes the
// other way: it tells by a file's content what it is.
//
// Secrets are masked on the way by a Mask, which a sequence goes through first.
// Beside the bytes, nothing here makes sentences: the report has its texts from
// its caller.
package export

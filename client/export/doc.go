// Package export writes records to files for other programs and people, and reads
// such files back.
//
// Each writer reads a sequence of records once, with bounded memory: NDJSON, CSV,
// Text, Raw (the bytes as received), Scenario (which the embedded server can play)
// and Bundle (evidence: a zip of these with a report). Import reads records back
// and recognizes a file by its content.
//
// A Mask removes secrets from a sequence before it is written. The package has no
// sentences in any language: the caller supplies them as Words.
package export

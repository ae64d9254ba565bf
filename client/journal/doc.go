// Package journal keeps every record of a run in the order of its appending.
//
// A Journal made by Create has an append-only file of its own. Records are in
// it 100 ms after they came, and what is in it survives the end of the process
// by any cause. Memory does not grow with the file: what is kept is where
// stretches of 64 KiB begin, the newest MiB of records, and 8 MiB of what was
// read last. The zero Journal is in memory alone and drops the oldest records
// at its limit.
//
// Runs lists the runs in a directory, OpenRun opens one for reading, and Prune
// removes old ones. The format of the file is described in docs/journal.md.
package journal

// Package journal stores the records of a run in the order in which they were
// appended.
//
// A Journal made by Create has its own append-only file. Records are in it 100 ms
// after they were appended, and survive any end of the process. Memory does not grow
// with the file: it holds the position of every region of 64 KiB, the newest MiB of
// records, and 8 MiB of what was read last. The zero Journal is in memory only and
// drops the oldest records at its limit.
//
// Runs lists the runs in a directory, OpenRun opens one for reading, and Prune
// removes old ones. docs/journal.md describes the format of the file.
package journal

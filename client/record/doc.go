// Package record defines the one kind of entry that everything seen or done
// becomes: what the person did, what came over the wire, what happened to a
// connection. Records are produced by package client and by the window's
// controller, kept by the journal and shown by the log.
//
// A Record is plain data. It carries no sentence for people: causes are codes
// (Failure, Party, DelaySource) that the window words in the person's language;
// Detail alone is technical text, as the system or the library gave it.
package record

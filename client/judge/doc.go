// Package judge reads the records of subscriptions and says what is wrong with
// their streams: what a browser would discard, hold back or misread.
//
// It looks at the bytes (Chunk records), the headers and the times, not at what
// an engine made of them, so that its findings are the same for every engine.
// A finding is a code, which has a severity ([SeverityOf]). The sentences for
// people, what was seen, why it matters and what to do, are in the catalogue of
// package assets under problem.<code>, problem.<code>.why and problem.<code>.do.
//
// Every finding stands in one list with a stream that has the fault and a
// near miss that has not; see [Findings].
package judge

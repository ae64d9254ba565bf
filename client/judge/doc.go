// Package judge reads the records of subscriptions and reports what is wrong with
// their streams: what a browser would discard, delay or misread.
//
// It judges the bytes (Chunk records), headers and times rather than what an engine
// reads from them, so its findings are the same for every engine. A finding is a
// code with a severity ([SeverityOf]). The sentences for users are in the catalogue
// of package assets: what was seen under problem.<code>, why it matters under
// problem.<code>.why and what to do under problem.<code>.do.
//
// To add a finding, add it to one of the lists that findings joins, with a stream
// that has the fault and a near miss that does not ([Findings]), and add its
// sentences to the catalogue.
package judge

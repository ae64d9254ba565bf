// Package eventstream decodes text/event-stream as section 9.2.6 of the HTML
// standard says. It also reports what a browser hides: comments, retry fields,
// blocks that dispatch nothing, and the bytes that each item came from.
//
// The caller writes each chunk of a response body to a Decoder and receives each
// item as soon as its last byte has arrived. Decoding is a single pass: time is
// linear in the size of an event, however its bytes are split into chunks, and
// memory is needed only for the unfinished block.
package eventstream

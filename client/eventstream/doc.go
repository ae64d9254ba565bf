// Package eventstream decodes text/event-stream as the HTML standard says in
// section 9.2.6, and shows what a browser hides: comments, retry fields, blocks
// that dispatch nothing, and the bytes that everything came from.
//
// The caller pushes each chunk of a response body into a Decoder and gets the
// items back as soon as their last byte is there. Decoding is one pass: linear
// in the size of an event however its bytes are cut into chunks, with memory
// for the block that is not finished yet and nothing else.
package eventstream

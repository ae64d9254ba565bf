package judge

import "slices"

// Finding is one thing that can be wrong with a stream.
type Finding struct {
	// Code is the Type of the Problem records, and part of the keys of the sentences.
	Code string

	Severity Severity

	// Source names what says that clients act as the sentences say.
	Source string

	// Fires is an example that has the fault, Silent a near miss without it.
	Fires, Silent Example
}

// Example is what a server does, step by step. A step is a chunk of the body, or a
// command that begins with @:
//
//	@header Name: value   sets a header of the responses; no value removes it
//	@http 1.0             makes the responses HTTP/1.0
//	@origin O             sets the origin of the page that should read the stream
//	@ask codings          sets the Accept-Encoding of the requests
//	@redirect URL         redirects the requests, by a response with the headers so far
//	@more                 sends more after the end of the compressed data
//	@odd text             breaks the rules in the heads of the responses, as text says
//	@wait 31s             sends nothing for that time
//	@asked                makes the request; its response comes with what follows a wait
//	@method POST          sets the method of the requests
//	@end                  the server ends the stream, and the client reconnects
//	@cut F detail         the network ends the stream with a record.Failure, and the client reconnects
//	@down detail          the request gets no response, and another one is made
//	@status 503 body      the response has this status, and the client gives up
//	@again                like @end, and then everything so far happens another nine times
//	@rival                another subscription to the same URL connects, and the server ends this
//	                      one for it; what follows belongs to the other
type Example []string

// Findings returns all findings that a Judge can make.
func Findings() []Finding {
	var list []Finding
	for _, f := range findings() {
		list = append(list, f.finding)
	}
	return list
}

// finding is a Finding and the code that makes it.
type finding struct {
	finding Finding

	at      stage
	is      func(*stream) bool                       // reports whether the stream has the fault now
	seen    func(*stream) string                     // returns the Data of its Problem; nil means ""
	where   func(*stream) (raw []byte, offset int64) // returns the bytes at fault; nil means those of the stage
	lasting bool                                     // it is about several connections: one Problem per subscription

	index int // in the list
}

// stage is when a finding looks.
type stage uint8

const (
	atAnswer    stage = iota // at the response's headers
	atCode                   // at the first line of a body, to see if it is text
	atBeginning              // once it is known that a body does not begin like a stream
	atData                   // at a data line that begins with a space where others do not
	atBadID                  // at an id line with a NUL
	atRetry                  // at a retry line
	atOtherLine              // at a line that has none of the four fields
	atOddLine                // at a line with a BOM, with bytes that are not UTF-8, or ended by CR
	atComment                // at a comment that contains a field, like others before
	atPayload                // at data that is JSON or begins like it
	atFlaw                   // at data that is not JSON although most is
	atText                   // at JSON after data that is not JSON
	atBlock                  // at a blank line
	atOpen                   // when bytes came, but no event for a while
	atID                     // at an event with an id that is not fine
	atLump                   // after a lump of a rhythm
	atSilence                // once a silence is too long
	atEnd                    // when the server has ended the stream
	atEviction               // when the server has ended the stream for a rival
	atReconnect              // after one of too many ends

	atAsk         // at a request
	atRefusal     // when a request fails for good
	atBreach      // when the network has ended the stream
	atNoResponse  // when a reconnect got no response
	atPoll        // after one of several short connections
	atSlowHead    // once a response is late
	atFirstLump   // after the first bytes that came together
	atBehind      // when an event was completed by the next one, again
	atHalf        // when the rest of a line is late
	atStoppedBeat // once comments have stopped
	atRedirect    // at a redirect, before it is followed
	atGzipEnd     // when more follows the end of compressed data
	stages
)

func findings() []finding {
	return slices.Concat(answerFindings(), lineFindings(), foreignFindings(), blockFindings(), openFindings(), jsonFindings(), idFindings(), timeFindings(), heldFindings(), fateFindings(), wayFindings())
}

func always(*stream) bool { return true }

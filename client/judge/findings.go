package judge

import "slices"

// Finding is one thing that can be wrong with a stream.
type Finding struct {
	// Code is the Type of its Problem records, and the key of its sentences.
	Code string

	Severity Severity

	// Source says where it stands that a client acts as the sentences say.
	Source string

	// Fires is an example that has the fault, Silent a near miss.
	Fires, Silent Example
}

// Example is what a server does, step by step. A step is a chunk of bytes of
// the body, or begins with @ and is something else:
//
//	@header Name: value   sets a header of the responses; no value removes it
//	@http 1.0             makes the responses HTTP/1.0
//	@origin O             the page that should be able to read the stream
//	@ask codings          the Accept-Encoding of the requests
//	@redirect URL         the requests are led there, by a response with these headers
//	@more                 more follows the end of the compressed data
//	@odd text             the heads of the responses break the rules so
//	@wait 31s             nothing comes for so long
//	@asked                the request is made, and its response comes with what follows a wait
//	@method POST          the requests are made so
//	@end                  the server ends the stream, and the client reconnects
//	@cut F detail         the network ends the stream with a record.Failure, and the client reconnects
//	@down detail          the request gets no response, and another one is made
//	@status 503 body      the request is answered so, and the client gives up
//	@again                so too, and what came until then comes another nine times
//	@rival                another subscription to the same URL connects, and this one is ended for
//	                      it; what follows is of the other
type Example []string

// Findings returns everything that a Judge can find.
func Findings() []Finding {
	var list []Finding
	for _, f := range findings() {
		list = append(list, f.finding)
	}
	return list
}

// finding is a Finding with how it is made.
type finding struct {
	finding Finding

	at      stage
	is      func(*stream) bool                       // whether it is there now
	seen    func(*stream) string                     // the Data of its Problem; nil: nothing to tell
	where   func(*stream) (raw []byte, offset int64) // the bytes at fault; nil: as the stage has them
	lasting bool                                     // it is about several connections: one Problem for the subscription

	index int // in the list
}

// stage is when a finding looks.
type stage uint8

const (
	atAnswer    stage = iota // at the response's headers
	atCode                   // at the first line of a body: is it text at all
	atBeginning              // once it is known that a body does not begin as a stream
	atData                   // at a data line that begins with a space where others do not
	atBadID                  // at an id line with a NUL
	atRetry                  // at a retry line
	atOtherLine              // at a line that has none of the four fields
	atOddLine                // at a line with a BOM, with bytes that are not UTF-8, or ended by CR
	atComment                // at a comment that holds a field, as others before
	atPayload                // at data that is JSON or begins so
	atFlaw                   // at data that is no JSON where most is
	atText                   // at JSON after data that is none
	atBlock                  // at a blank line
	atOpen                   // when bytes came, but no event for a while
	atID                     // at an event with an id that is not fine
	atLump                   // after a lump of a rhythm
	atSilence                // once a silence is too long
	atEnd                    // when the server has ended the stream
	atEviction               // when a rival has ended the stream
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

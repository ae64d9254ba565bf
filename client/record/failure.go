package record

// Failure is the code of a cause. The window has a sentence for each, which
// says what a person can do about it.
type Failure string

// The causes.
const (
	Refused       Failure = "refused"        // nobody listens there
	NameNotFound  Failure = "name_not_found" // the host name has no address
	Unreachable   Failure = "unreachable"    // no route to the host or network
	Timeout       Failure = "timeout"        // no connection or no answer in time
	Reset         Failure = "reset"          // the connection broke
	BadAddress    Failure = "bad_address"    // the URL cannot be requested
	TLSAuthority  Failure = "tls_authority"  // the certificate's issuer is not trusted
	TLSExpired    Failure = "tls_expired"    // the certificate is expired or not valid yet
	TLSName       Failure = "tls_name"       // the certificate is for another name
	TLSOther      Failure = "tls_other"      // TLS failed otherwise
	NotTLS        Failure = "not_tls"        // https asked, plain HTTP answered
	NotHTTP       Failure = "not_http"       // the answer is no HTTP, or HTTPS where HTTP was asked
	NoContent     Failure = "no_content"     // 204: the server wants no reconnect
	BadStatus     Failure = "bad_status"     // another status than 200
	NotAStream    Failure = "not_a_stream"   // 200, but another content type than text/event-stream
	NotAllowed    Failure = "not_allowed"    // 405: the method is not allowed there
	BadCode       Failure = "bad_code"       // HTTP 200 with a code other than 200 in its JSON
	TooLarge      Failure = "too_large"      // an event over the size limit that is set
	TooManyHops   Failure = "too_many_hops"  // redirects without an end
	ServerMoved   Failure = "server_moved"   // the embedded server no longer is at this address
	ServerStopped Failure = "server_stopped" // the embedded server is not running
	Other         Failure = "other"          // see Detail
)

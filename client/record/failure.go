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
	TLSExpired    Failure = "tls_expired"    // the certificate is expired
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

	TLSNotYet          Failure = "tls_not_yet"          // the certificate is not valid yet
	TLSVersion         Failure = "tls_version"          // no version of TLS that both sides allow
	ClientCertRequired Failure = "client_cert_required" // the server wants a certificate of the client
	ClientCertRefused  Failure = "client_cert_refused"  // the server does not take the client's certificate
	ProxyUnreachable   Failure = "proxy_unreachable"    // no connection to the proxy
	ProxyAuth          Failure = "proxy_auth"           // the proxy wants a password, or another one
	AuthOrProxyAuth    Failure = "auth_or_proxy_auth"   // 401 through a proxy of plain HTTP: from it or from the server
	ProxyTimeout       Failure = "proxy_timeout"        // the proxy took the connection and then did not answer in time
	ProxyRefused       Failure = "proxy_refused"        // the proxy does not connect to this host; see Detail
	NoHTTP2            Failure = "no_http2"             // only HTTP/2 is asked for, and the server does not speak it
	ConnectTimeout     Failure = "connect_timeout"      // no connection in time
	HeaderTimeout      Failure = "header_timeout"       // no answer in time
	IdleTimeout        Failure = "idle_timeout"         // an open stream was silent for too long
	Dropped            Failure = "dropped"              // the person dropped the connection
	Redirected         Failure = "redirected"           // redirects are not to be followed; Detail says where it leads
	RedirectScheme     Failure = "redirect_scheme"      // a redirect to what is no HTTP
	TooManyReconnects  Failure = "too_many_reconnects"  // as many reconnects as are allowed
	BadHeader          Failure = "bad_header"           // a header cannot be sent; see Detail
	Unexpected         Failure = "unexpected"           // the answer is not what the target expects; see Detail
	NotReady           Failure = "not_ready"            // the saved target lacks something, such as a variable's value; see Detail
	BadConnection      Failure = "bad_connection"       // a setting of the target's connection is wrong; see Detail
	PEMUnreadable      Failure = "pem_unreadable"       // a certificate or key file cannot be read; Detail names the file
	PEMNoCert          Failure = "pem_no_cert"          // it has no certificate
	PEMNoKey           Failure = "pem_no_key"           // it has no private key
	PEMEncrypted       Failure = "pem_encrypted"        // the key in it has a password
	PEMBroken          Failure = "pem_broken"           // it is broken
	PEMMismatch        Failure = "pem_mismatch"         // the key is not the certificate's

	// How a response broke.
	BadHead     Failure = "bad_head"     // its head is such as no browser reads; see Detail
	CutChunks   Failure = "cut_chunks"   // the connection was closed without the last chunk
	BadChunk    Failure = "bad_chunk"    // something else stands where the size of a chunk should; see Detail
	CutLength   Failure = "cut_length"   // the connection was closed before Content-Length was reached; see Detail
	CutCoding   Failure = "cut_coding"   // the compressed data ended without its end
	BadCoding   Failure = "bad_coding"   // the body is not what Content-Encoding says
	StreamReset Failure = "stream_reset" // HTTP/2: RST_STREAM; see Detail
	GoAway      Failure = "go_away"      // HTTP/2: GOAWAY, and the connection was closed; see Detail
	BadCharset  Failure = "bad_charset"  // Content-Type names another charset than UTF-8, which Chromium refuses
)

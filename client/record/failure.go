package record

// Failure is the code of a cause. The window has a sentence for each that says
// what the user can do about it.
type Failure string

// The causes.
const (
	Refused       Failure = "refused"        // nothing is listening there
	NameNotFound  Failure = "name_not_found" // the host name has no address
	Unreachable   Failure = "unreachable"    // no route to the host or network
	Timeout       Failure = "timeout"        // no connection or no response in time
	Reset         Failure = "reset"          // the connection broke
	BadAddress    Failure = "bad_address"    // the URL cannot be requested
	TLSAuthority  Failure = "tls_authority"  // the certificate's issuer is not trusted
	TLSExpired    Failure = "tls_expired"    // the certificate is expired
	TLSName       Failure = "tls_name"       // the certificate is for another name
	TLSOther      Failure = "tls_other"      // TLS failed otherwise
	NotTLS        Failure = "not_tls"        // plain HTTP was answered to https
	NotHTTP       Failure = "not_http"       // the response is not HTTP, or is HTTPS where http was requested
	NoContent     Failure = "no_content"     // 204: the client must not reconnect
	BadStatus     Failure = "bad_status"     // a status other than 200
	NotAStream    Failure = "not_a_stream"   // 200, but a content type other than text/event-stream
	NotAllowed    Failure = "not_allowed"    // 405: the method is not allowed there
	BadCode       Failure = "bad_code"       // HTTP 200 with a code other than 200 in its JSON
	TooLarge      Failure = "too_large"      // an event exceeds the size limit
	TooManyHops   Failure = "too_many_hops"  // too many redirects
	ServerMoved   Failure = "server_moved"   // the embedded server is no longer at this address
	ServerStopped Failure = "server_stopped" // the embedded server is not running
	Other         Failure = "other"          // see Detail

	TLSNotYet          Failure = "tls_not_yet"          // the certificate is not valid yet
	TLSVersion         Failure = "tls_version"          // no version of TLS that both sides allow
	ClientCertRequired Failure = "client_cert_required" // the server requires a client certificate
	ClientCertRefused  Failure = "client_cert_refused"  // the server rejected the client certificate
	ProxyUnreachable   Failure = "proxy_unreachable"    // no connection to the proxy
	ProxyAuth          Failure = "proxy_auth"           // the proxy requires a password, or rejected it
	AuthOrProxyAuth    Failure = "auth_or_proxy_auth"   // 401 through a proxy over plain HTTP: from the proxy or from the server
	ProxyTimeout       Failure = "proxy_timeout"        // the proxy accepted the connection but did not answer in time
	ProxyRefused       Failure = "proxy_refused"        // the proxy refuses to connect to this host; see Detail
	NoHTTP2            Failure = "no_http2"             // HTTP/2 is required, and the server does not support it
	ConnectTimeout     Failure = "connect_timeout"      // no connection in time
	HeaderTimeout      Failure = "header_timeout"       // no response headers in time
	IdleTimeout        Failure = "idle_timeout"         // an open stream was silent for too long
	Dropped            Failure = "dropped"              // the user dropped the connection
	Redirected         Failure = "redirected"           // redirects are not followed; Detail is the location
	RedirectScheme     Failure = "redirect_scheme"      // a redirect to a scheme other than http and https
	TooManyReconnects  Failure = "too_many_reconnects"  // the limit of reconnects was reached
	BadHeader          Failure = "bad_header"           // a header cannot be sent; see Detail
	Unexpected         Failure = "unexpected"           // the response is not what the target expects; see Detail
	NotReady           Failure = "not_ready"            // the saved target lacks something, such as a variable's value; see Detail
	BadConnection      Failure = "bad_connection"       // a setting of the target's connection is wrong; see Detail
	PEMUnreadable      Failure = "pem_unreadable"       // a certificate or key file cannot be read; Detail names the file
	PEMNoCert          Failure = "pem_no_cert"          // the file has no certificate
	PEMNoKey           Failure = "pem_no_key"           // the file has no private key
	PEMEncrypted       Failure = "pem_encrypted"        // the key in the file has a password
	PEMBroken          Failure = "pem_broken"           // the file is malformed
	PEMMismatch        Failure = "pem_mismatch"         // the key does not belong to the certificate

	// How a response broke off.
	BadHead     Failure = "bad_head"     // its header is one that no browser accepts; see Detail
	CutChunks   Failure = "cut_chunks"   // the connection was closed without the last chunk
	BadChunk    Failure = "bad_chunk"    // the size of a chunk is malformed; see Detail
	CutLength   Failure = "cut_length"   // the connection was closed before Content-Length was reached; see Detail
	CutCoding   Failure = "cut_coding"   // the compressed data is incomplete
	BadCoding   Failure = "bad_coding"   // the body is not what Content-Encoding says
	StreamReset Failure = "stream_reset" // HTTP/2: RST_STREAM; see Detail
	GoAway      Failure = "go_away"      // HTTP/2: GOAWAY, and the connection was closed; see Detail
	BadCharset  Failure = "bad_charset"  // Content-Type names a charset other than UTF-8, which Chromium refuses
)

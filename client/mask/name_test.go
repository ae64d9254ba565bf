package mask

import (
	"strings"
	"testing"
)

func TestASecretIsKnownByThePartsOfItsName(t *testing.T) {
	for scope, names := range map[Scope]string{
		Param: `auth_token private_token session_token X-Amz-Security-Token X-Amz-Signature X-Amz-Credential credential pwd sessionid sid
			client_secret refresh_token access_token id_token api_key apikey apiKey APIKey APIKEY x-api-key passwd password PassWord passphrase passcode
			secret signature sig jwt bearer authorization code state auth session csrf csrf_token xsrfToken accessKey secretKey secret_access_key
			private_key publisherJWT PHPSESSID JSESSIONID ASP.NET_SessionId accesstoken clientsecret csrfmiddlewaretoken authenticity_token
			pass user_pass new_password passwordConfirm password_confirmation token2 user[password] filter[token][] tok%65n %70assword
			subscription-key X-Goog-Signature hub.verify_token client_assertion code_verifier SAMLResponse authCode session_id key KEY TOKEN`,
		Header: `Authorization Proxy-Authorization Cookie Set-Cookie X-Auth X-Auth-Token X-Session-Id X-Session X-Api-Key X-Apikey X-CSRF-Token
			X-XSRF-TOKEN X-Amz-Security-Token X-Hub-Signature-256 Idempotency-Key X-Foo-Secret X-Password X-Auth-Key X-Client-JWT`,
		JSON: `password pwd token access_token apiKey key pass secret secrets credentials client_secret sessionid session_token sessionToken
			auth_token authorization cookie jwt privateKey`,
	} {
		for name := range strings.FieldsSeq(names) {
			if !scope.Secret(name) {
				t.Errorf("%q in scope %d is not a secret", name, scope)
			}
		}
	}
}

func TestANameThatOnlyLooksLikeASecretIsPlain(t *testing.T) {
	plain := `monkey turkey hotkey author authors authority keyboard keys max_tokens maxTokens prompt_tokens total_tokens tokens token_count token_type
		tokenizer error.code status_code statusCode country_code session_count sessionCount authorization_endpoint signature_version key_id
		public_key primary_key sort_key Last-Event-ID clientId client_id Content-Type Content-Length encode unicode compass bypass passenger
		design assign resign secretary cookiePolicy password_policy code_challenge codec stateless estate sidebar inside X-Request-Id Sec-Fetch-Site
		content message event id data retry user username to from Origin Referer Location WWW-Authenticate ETag value text - _ % %zz 42 订阅`
	for name := range strings.FieldsSeq(plain) {
		for _, scope := range []Scope{Param, Header, JSON} {
			if scope == Header && strings.HasSuffix(name, "_key") {
				continue // in a header, the last word is enough
			}
			if scope.Secret(name) {
				t.Errorf("%q in scope %d is a secret", name, scope)
			}
		}
	}
	for _, name := range []string{"code", "session", "sid", "auth", "state", "x_auth", "user_session"} {
		if JSON.Secret(name) {
			t.Errorf("%q in JSON is a secret", name)
		}
	}
	if Param.Secret("") || Header.Secret("") || JSON.Secret("") {
		t.Error("the empty name is a secret")
	}
}

// Names that were masked before the lists were merged still are.
func TestNamesOfTheFormerListsAreStillSecrets(t *testing.T) {
	for name := range strings.FieldsSeq(`token accesstoken refreshtoken idtoken apikey key password passwd secret clientsecret authorization jwt
		signature sig xamzsignature`) {
		for _, form := range []string{name, strings.ToUpper(name), strings.ToUpper(name[:1]) + name[1:]} {
			if !Param.Secret(form) || !JSON.Secret(form) && form != "" {
				t.Errorf("%q is not a secret any more", form)
			}
		}
	}
	for name := range strings.FieldsSeq("authorization cookie set-cookie proxy-authorization proxy-cookie proxy-set-cookie " +
		"x-key x-apikey x-token x-secret x-password x-jwt key token sec-websocket-key surrogate-key idempotency-key") {
		if !Header.Secret(name) || !Header.Secret(strings.ToUpper(name)) {
			t.Errorf("the header %q is not a secret any more", name)
		}
	}
}

func TestTheRulesOfCORSAreNoSecrets(t *testing.T) {
	if Header.Secret("access-control-allow-credentials") || !Header.Secret("X-Credentials") {
		t.Error("of rules and credentials the one is taken for the other")
	}
}

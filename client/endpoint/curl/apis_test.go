package curl

// api is a command from the documentation of an API or copied from a browser, and what
// it becomes (see render).
type api struct{ name, command, want string }

func apis() []api {
	return []api{
		{"OpenAI chat", `curl https://api.openai.com/v1/chat/completions \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -d '{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hello!"}]}'`,
			`POST https://api.openai.com/v1/chat/completions [Authorization: Bearer {{OPENAI_API_KEY}}] [Content-Type: application/json] <{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hello!"}]}> $OPENAI_API_KEY`},
		{"OpenAI responses", `curl -N https://api.openai.com/v1/responses -H 'Authorization: Bearer sk-1' --json '{"model":"gpt-4o","input":"hi","stream":true}'`,
			`POST https://api.openai.com/v1/responses [Accept: application/json] [Authorization: Bearer sk-1] [Content-Type: application/json] <{"model":"gpt-4o","input":"hi","stream":true}>`},
		{"Anthropic", `curl https://api.anthropic.com/v1/messages \
     --header "x-api-key: $ANTHROPIC_API_KEY" --header "anthropic-version: 2023-06-01" \
     --header "content-type: application/json" \
     --data '{"model":"claude-sonnet-4-5","max_tokens":256,"stream":true,"messages":[{"role":"user","content":"Hi"}]}'`,
			`POST https://api.anthropic.com/v1/messages [Anthropic-Version: 2023-06-01] [Content-Type: application/json] [X-Api-Key: {{ANTHROPIC_API_KEY}}] <{"model":"claude-sonnet-4-5","max_tokens":256,"stream":true,"messages":[{"role":"user","content":"Hi"}]}> $ANTHROPIC_API_KEY`},
		{"Gemini", `curl "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=$GEMINI_API_KEY" -H 'Content-Type: application/json' --no-buffer -d '{"contents":[{"parts":[{"text":"Hi"}]}]}'`,
			`POST https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key={{GEMINI_API_KEY}} [Content-Type: application/json] <{"contents":[{"parts":[{"text":"Hi"}]}]}> $GEMINI_API_KEY`},
		{"Azure OpenAI", `curl "$ENDPOINT/openai/deployments/gpt/chat/completions?api-version=2024-10-21" -H "api-key: ${KEY}" -H "Content-Type: application/json" -d '{"stream":true}'`,
			`POST {{ENDPOINT}}/openai/deployments/gpt/chat/completions?api-version=2024-10-21 [Api-Key: {{KEY}}] [Content-Type: application/json] <{"stream":true}> $ENDPOINT $KEY`},
		{"Ollama", `curl http://localhost:11434/api/generate -d '{"model": "llama3.2", "prompt": "Why?"}'`,
			`POST http://localhost:11434/api/generate [Content-Type: application/x-www-form-urlencoded] <{"model": "llama3.2", "prompt": "Why?"}>`},
		{"Mistral", `curl --location "https://api.mistral.ai/v1/chat/completions" --header 'Accept: application/json' --header "Authorization: Bearer $MISTRAL_API_KEY" --header 'Content-Type: application/json' --data '{"model":"m","stream":true}'`,
			`POST https://api.mistral.ai/v1/chat/completions [Accept: application/json] [Authorization: Bearer {{MISTRAL_API_KEY}}] [Content-Type: application/json] <{"model":"m","stream":true}> follow $MISTRAL_API_KEY`},
		{"Mercure publish", `curl -d 'topic=https://example.com/books/1' -d 'data={"status":"OutOfStock"}' -H 'Authorization: Bearer eyJ.x.y' https://localhost/.well-known/mercure`,
			`POST https://localhost/.well-known/mercure [Authorization: Bearer eyJ.x.y] [Content-Type: application/x-www-form-urlencoded] <topic=https://example.com/books/1&data={"status":"OutOfStock"}>`},
		{"Mercure publish, encoded", `curl -k --data-urlencode 'topic=https://example.com/books/1' --data-urlencode 'data={"a":"b c"}' --data private=on -H 'Authorization: Bearer eyJ' https://localhost/.well-known/mercure`,
			`POST https://localhost/.well-known/mercure [Authorization: Bearer eyJ] [Content-Type: application/x-www-form-urlencoded] <topic=https%3A%2F%2Fexample.com%2Fbooks%2F1&data=%7B%22a%22%3A%22b+c%22%7D&private=on> Insecure=true`},
		{"Mercure subscribe", `curl -N -G https://demo.mercure.rocks/.well-known/mercure --data-urlencode 'topic=https://example.com/books/{id}'`,
			`GET https://demo.mercure.rocks/.well-known/mercure?topic=https%3A%2F%2Fexample.com%2Fbooks%2F%7Bid%7D`},
		{"Mercure cookie", `curl -b mercureAuthorization=eyJ https://localhost/.well-known/mercure?topic=x`,
			`GET https://localhost/.well-known/mercure?topic=x [Cookie: mercureAuthorization=eyJ]`},
		{"nchan publish", `curl --request POST --data "test message" http://127.0.0.1:80/pub`,
			`POST http://127.0.0.1:80/pub [Content-Type: application/x-www-form-urlencoded] <test message>`},
		{"nchan info", `curl -v --request GET -H "Accept: text/json" http://127.0.0.2:80/pub`,
			`GET http://127.0.0.2:80/pub [Accept: text/json]`},
		{"nchan delete", `curl -X DELETE http://127.0.0.1/pub?id=a`,
			`DELETE http://127.0.0.1/pub?id=a`},
		{"nchan subscribe", `curl -H "Accept: text/event-stream" -H "Last-Event-ID: 1448:0" http://127.0.0.1/sub/news`,
			`GET http://127.0.0.1/sub/news [Accept: text/event-stream] [Last-Event-Id: 1448:0]`},
		{"Wikimedia", `curl -s -H 'Accept: application/json' 'https://stream.wikimedia.org/v2/stream/recentchange?since=2024-01-01T00:00:00Z' | jq .`,
			`GET https://stream.wikimedia.org/v2/stream/recentchange?since=2024-01-01T00:00:00Z [Accept: application/json] !trailing  | jq .`},
		{"GitHub", `curl -L -X POST -H "Accept: application/vnd.github+json" -H "Authorization: Bearer <YOUR-TOKEN>" -H "X-GitHub-Api-Version: 2022-11-28" https://api.github.com/repos/OWNER/REPO/dispatches -d '{"event_type":"on-demand","client_payload":{"unit":false}}'`,
			`POST https://api.github.com/repos/OWNER/REPO/dispatches [Accept: application/vnd.github+json] [Authorization: Bearer <YOUR-TOKEN>] [Content-Type: application/x-www-form-urlencoded] [X-Github-Api-Version: 2022-11-28] <{"event_type":"on-demand","client_payload":{"unit":false}}> follow`},
		{"GitHub, token", `curl -u octocat:ghp_1 https://api.github.com/user`,
			`GET https://api.github.com/user [Authorization: Basic b2N0b2NhdDpnaHBfMQ==]`},
		{"GitHub, head", `curl -I "https://api.github.com/users/octocat" --http1.1`,
			`HEAD https://api.github.com/users/octocat HTTP=1.1`},
		{"Stripe", `curl https://api.stripe.com/v1/charges -u "sk_test_1:" -d amount=2000 -d currency=usd -d "metadata[order_id]=6735" -d description="My First Test"`,
			`POST https://api.stripe.com/v1/charges [Authorization: Basic c2tfdGVzdF8xOg==] [Content-Type: application/x-www-form-urlencoded] <amount=2000&currency=usd&metadata[order_id]=6735&description=My First Test>`},
		{"Stripe, GET", `curl -G https://api.stripe.com/v1/customers -u sk_test_1: -d limit=3 -d "created[gte]=1"`,
			`GET https://api.stripe.com/v1/customers?limit=3&created[gte]=1 [Authorization: Basic c2tfdGVzdF8xOg==]`},
		{"Twilio", `curl -X POST "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" --data-urlencode "From=+15017122661" --data-urlencode "Body=Hi there & you" --data-urlencode "To=+15558675310" -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN`,
			`POST https://api.twilio.com/2010-04-01/Accounts/{{TWILIO_ACCOUNT_SID}}/Messages.json [Authorization: Basic e3tUV0lMSU9fQUNDT1VOVF9TSUR9fTp7e1RXSUxJT19BVVRIX1RPS0VOfX0=] [Content-Type: application/x-www-form-urlencoded] <From=%2B15017122661&Body=Hi+there+%26+you&To=%2B15558675310> $TWILIO_ACCOUNT_SID $TWILIO_AUTH_TOKEN`},
		{"Elasticsearch", `curl -X GET "localhost:9200/my-index/_search?pretty" -H 'Content-Type: application/json' -d'
{
  "query": {"match_all": {}}
}
'`,
			`GET http://localhost:9200/my-index/_search?pretty [Content-Type: application/json] <
{
  "query": {"match_all": {}}
}
>`},
		{"Elasticsearch, TLS", `curl --cacert $ES_HOME/config/certs/http_ca.crt -u elastic:$ELASTIC_PASSWORD https://localhost:9200`,
			`GET https://localhost:9200 [Authorization: Basic ZWxhc3RpYzp7e0VMQVNUSUNfUEFTU1dPUkR9fQ==] CAFile={{ES_HOME}}/config/certs/http_ca.crt $ES_HOME $ELASTIC_PASSWORD`},
		{"Elasticsearch, bulk", `curl -s -XPOST -H "Content-Type: application/x-ndjson" localhost:9200/_bulk --data-binary @requests`,
			`POST http://localhost:9200/_bulk [Content-Type: application/x-ndjson] <> !file_not_read --data-binary @requests`},
		{"Slack webhook", `curl -X POST -H 'Content-type: application/json' --data '{"text":"Hello, World!"}' https://hooks.slack.com/services/T0/B0/X`,
			`POST https://hooks.slack.com/services/T0/B0/X [Content-Type: application/json] <{"text":"Hello, World!"}>`},
		{"Slack form", `curl -F file=@dramacat.gif -F channels=C024 -H "Authorization: Bearer xoxb-1" https://slack.com/api/files.upload`,
			`POST https://slack.com/api/files.upload [Authorization: Bearer xoxb-1] !not_honoured -F file=@dramacat.gif !not_honoured -F channels=C024`},
		{"Slack post", `curl -d "text=Hi I am a bot." -d "channel=C123" -H "Authorization: Bearer xoxb-not-a-real-token" -X POST https://slack.com/api/chat.postMessage`,
			`POST https://slack.com/api/chat.postMessage [Authorization: Bearer xoxb-not-a-real-token] [Content-Type: application/x-www-form-urlencoded] <text=Hi I am a bot.&channel=C123>`},
		{"Kubernetes watch", `curl --cacert ca.crt --cert client.crt --key client.key "https://10.0.0.1:6443/api/v1/namespaces/default/pods?watch=1&resourceVersion=10245"`,
			`GET https://10.0.0.1:6443/api/v1/namespaces/default/pods?watch=1&resourceVersion=10245 CAFile=ca.crt CertFile=client.crt KeyFile=client.key`},
		{"Kubernetes token", `curl -X GET $APISERVER/api --header "Authorization: Bearer $TOKEN" --insecure`,
			`GET {{APISERVER}}/api [Authorization: Bearer {{TOKEN}}] Insecure=true $APISERVER $TOKEN`},
		{"Kubernetes in a pod", `curl --cacert ${CACERT} --header "Authorization: Bearer ${TOKEN}" -X GET ${APISERVER}/api`,
			`GET {{APISERVER}}/api [Authorization: Bearer {{TOKEN}}] CAFile={{CACERT}} $CACERT $TOKEN $APISERVER`},
		{"Home Assistant", `curl -X GET -H "Authorization: Bearer ABCDEFGH" -H "Content-Type: application/json" http://IP_ADDRESS:8123/api/stream?restrict=state_changed`,
			`GET http://ip_address:8123/api/stream?restrict=state_changed [Authorization: Bearer ABCDEFGH] [Content-Type: application/json]`},
		{"Home Assistant service", `curl \
  -H "Authorization: Bearer TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"entity_id": "switch.christmas_lights"}' \
  http://localhost:8123/api/services/switch/turn_on`,
			`POST http://localhost:8123/api/services/switch/turn_on [Authorization: Bearer TOKEN] [Content-Type: application/json] <{"entity_id": "switch.christmas_lights"}>`},
		{"Particle", `curl "https://api.particle.io/v1/devices/events?access_token=1234"`,
			`GET https://api.particle.io/v1/devices/events?access_token=1234`},
		{"ntfy", `curl -H "Title: Hey" -H "Priority: urgent" -H "Tags: warning,skull" -d "Look" ntfy.sh/mytopic`,
			`POST http://ntfy.sh/mytopic [Content-Type: application/x-www-form-urlencoded] [Priority: urgent] [Tags: warning,skull] [Title: Hey] <Look>`},
		{"ntfy subscribe", `curl -s ntfy.sh/disk-alerts/sse`,
			`GET http://ntfy.sh/disk-alerts/sse`},
		{"Docker", `curl --unix-socket /var/run/docker.sock http://localhost/v1.43/events`,
			`GET http://localhost/v1.43/events !not_honoured --unix-socket /var/run/docker.sock`},
		{"Consul", `curl --request PUT --data 'hello' http://127.0.0.1:8500/v1/event/fire/my-event?dc=dc1`,
			`PUT http://127.0.0.1:8500/v1/event/fire/my-event?dc=dc1 [Content-Type: application/x-www-form-urlencoded] <hello>`},
		{"Vault", `curl -H "X-Vault-Token: hvs.1" -H "X-Vault-Namespace: admin/" -X LIST https://vault.example:8200/v1/secret/metadata`,
			`LIST https://vault.example:8200/v1/secret/metadata [X-Vault-Namespace: admin/] [X-Vault-Token: hvs.1]`},
		{"CouchDB", `curl -X GET 'http://admin:pass@127.0.0.1:5984/db/_changes?feed=eventsource&heartbeat=5000'`,
			`GET http://admin:pass@127.0.0.1:5984/db/_changes?feed=eventsource&heartbeat=5000`},
		{"Fly machines", `curl -i -X POST -H "Authorization: Bearer ${FLY_API_TOKEN}" -H "Content-Type: application/json" "${FLY_API_HOSTNAME}/v1/apps" -d '{"app_name":"a"}'`,
			`POST {{FLY_API_HOSTNAME}}/v1/apps [Authorization: Bearer {{FLY_API_TOKEN}}] [Content-Type: application/json] <{"app_name":"a"}> $FLY_API_TOKEN $FLY_API_HOSTNAME`},
		{"Shelly", `curl -X POST -d '{"id":1,"method":"Switch.Set"}' http://192.168.33.1/rpc`,
			`POST http://192.168.33.1/rpc [Content-Type: application/x-www-form-urlencoded] <{"id":1,"method":"Switch.Set"}>`},
		{"Hue", `curl --insecure -N -H 'hue-application-key: k' -H 'Accept: text/event-stream' https://192.168.1.2/eventstream/clip/v2`,
			`GET https://192.168.1.2/eventstream/clip/v2 [Accept: text/event-stream] [Hue-Application-Key: k] Insecure=true`},
		{"Chromium, bash", `curl 'http://localhost:8080/demo/sse/send?clientId=demo&content=%E4%BD%A0' \
  -H 'Accept: */*' \
  -H 'Accept-Language: en-US,en;q=0.9' \
  -b 'a=1; b=2' \
  -H 'sec-ch-ua: "Chromium";v="131", "Not_A Brand";v="24"' \
  --data-raw $'it\'s\u0021 \x41\n' \
  --compressed --insecure ;`,
			`POST http://localhost:8080/demo/sse/send?clientId=demo&content=%E4%BD%A0 [Accept: */*] [Accept-Language: en-US,en;q=0.9] [Content-Type: application/x-www-form-urlencoded] [Cookie: a=1; b=2] [Sec-Ch-Ua: "Chromium";v="131", "Not_A Brand";v="24"] <it's! A
> Insecure=true Compression=all`},
		{"Chromium, cmd", "curl ^\"http://h/a?b=1^&c=2^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"x^%^20y^\\^\"^}^\"",
			`POST http://h/a?b=1&c=2 [Accept: */*] [Content-Type: application/x-www-form-urlencoded] <{"a":"x%20y"}>`},
		{"Firefox, cmd", "curl.exe \"http://h/a?b=1&c=2\" --compressed -H \"A: \\\"q\\\"\" ^\n  -X PUT",
			`PUT http://h/a?b=1&c=2 [A: "q"] Compression=all`},
		{"Safari", `curl 'https://h/x' -X 'PUT' -H 'Accept: text/event-stream' --data-binary '{"a":1}'`,
			`PUT https://h/x [Accept: text/event-stream] [Content-Type: application/x-www-form-urlencoded] <{"a":1}>`},
		{"Postman", `curl --location --globoff 'https://h/{x}?a[]=1' --header 'X-A: b'`,
			`GET https://h/%7Bx%7D?a[]=1 [X-A: b] follow`},
		{"this program", `B=http://127.0.0.1:8080/demo/sse curl -G "$B/send" --data-urlencode clientId=demo --data-urlencode 'content=a+b & 100%'`,
			`GET http://127.0.0.1:8080/demo/sse/send?clientId=demo&content=a%2Bb+%26+100%25`},
		{"this program, a form", `B=http://h/demo/sse; T="t 1"

curl -H "X: $T" "$B/send" --data-urlencode clientId=demo --data-urlencode 'content=第一行
second line'`,
			`POST http://h/demo/sse/send [Content-Type: application/x-www-form-urlencoded] [X: t 1] <clientId=demo&content=%E7%AC%AC%E4%B8%80%E8%A1%8C%0Asecond+line>`},
		{"a template", `curl -N '{{base}}/subscribe?clientId={clientId}' -H 'X: {other}'`,
			`GET {{base}}/subscribe?clientId={clientId} [X: {other}]`},
		{"flags together", `curl -sSNLkXPUT -uu:p -HA:1 -dx=1 http://h`,
			`PUT http://h [A: 1] [Authorization: Basic dTpw] [Content-Type: application/x-www-form-urlencoded] <x=1> Insecure=true follow`},
		{"a value that looks like a flag", `curl -d -x -H -- http://h`,
			`POST http://h [Content-Type: application/x-www-form-urlencoded] <-x> !not_honoured -H`},
		{"an equals sign", `curl --request=POST --data=x http://h`,
			`GET http://h !equals_sign --request !equals_sign --data`},
		{"unknown", `curl --fancy 3 -! http://h/x`,
			`GET http://h/x !unknown_flag --fancy !unknown_flag -! !extra_url  3`},
		{"switched off", `curl --location --no-location --no-silent --compressed --no-compressed http://h`,
			`GET http://h`},
		{"proxy", `curl -x user:p%40w@proxy.example -L http://h`,
			`GET http://h Proxy=http://user:p%40w@proxy.example:1080 follow`},
		{"proxy and user", `curl --proxy https://proxy.example --proxy-user me:s3c:ret http://h`,
			`GET http://h Proxy=https://me:s3c%3Aret@proxy.example:443`},
		{"socks", `curl --socks5-hostname localhost:9050 --connect-timeout 2.5 --max-time 60 http://h`,
			`GET http://h Proxy=socks5h://localhost:9050 ConnectTimeout=2500000000 !not_honoured --max-time 60`},
		{"no proxy", `curl --noproxy '*' --http2 --tlsv1.3 --compressed -H 'Accept-Encoding: br' https://h`,
			`GET https://h MinTLS=1.3 Proxy=none HTTP=2 Compression=br`},
		{"certificate with a password", `curl -E cert.pem:secret --pass x https://h`,
			`GET https://h CertFile=cert.pem KeyFile=cert.pem !not_honoured --cert !not_honoured --pass`},
		{"headers taken out", `curl -H 'Accept:' -H 'User-Agent:' -H 'X-Empty;' -H 'Content-Type:' -d x http://h`,
			`POST http://h [X-Empty: ] <x>`},
		{"presets lose", `curl -A ua -e ref -b a=b -u a:b -H 'User-Agent: mine' -H 'Cookie: c=d' -H 'Authorization: x' -H 'Referer: r' http://h`,
			`GET http://h [Authorization: x] [Cookie: c=d] [Referer: r] [User-Agent: mine]`},
		{"presets", `curl -A ua -e 'http://r;auto' -b a=b -b c=d -r 0-9 --oauth2-bearer tok http://h`,
			`GET http://h [Authorization: Bearer tok] [Cookie: a=b;c=d] [Range: bytes=0-9] [Referer: http://r] [User-Agent: ua] !not_honoured -e ;auto`},
		{"several headers of one name", `curl -H 'X: 1' -H 'x: 2' http://h`,
			`GET http://h [X: 1] [X: 2]`},
		{"headers that cannot be sent", `curl -H 'Content-Length: 3' -H 'a b: c' -H ': x' -H 'X: a
b' -H 'Connection: keep-alive' -H 'nothing' http://h`,
			`GET http://h !not_honoured -H Content-Length !not_honoured -H a b !not_honoured -H !not_honoured -H X !not_honoured -H Connection !not_honoured -H`},
		{"files", `curl -d @body.txt -b cookies.txt -H @headers --data-urlencode name@file http://h`,
			`POST http://h [Content-Type: application/x-www-form-urlencoded] <&name=> !file_not_read -d @body.txt !file_not_read -b cookies.txt !file_not_read -H @headers !file_not_read --data-urlencode @file`},
		{"query and data", `curl -G -d a=1 -d 'b=2 3' --url-query 'c=4 5' --url-query +d=6 'http://h/x?z=0#frag'`,
			`GET http://h/x?z=0&c=4+5&d=6&a=1&b=2%203`},
		{"two URLs", `curl http://h/1 http://h/2 --next http://h/3`,
			`GET http://h/1 !not_honoured --next !extra_url  http://h/2 !extra_url  http://h/3`},
		{"brackets", `curl 'http://h/[1-3]' 'http://[::1]:80/'`,
			`GET http://h/[1-3] !extra_url  http://[::1]:80/ !glob  http://h/[1-3]`},
		{"dots", `curl http://h/a/../b/./c`,
			`GET http://h/b/c`},
		{"dots as they are", `curl --path-as-is http://h/a/../b`,
			`GET http://h/a/../b`},
		{"an ampersand forgotten", `curl http://h/x?a=1&b=2`,
			`GET http://h/x?a=1 !trailing  &b=2`},
		{"a redirection", `curl http://h 2>/dev/null`,
			`GET http://h !trailing  2>/dev/null`},
		{"a comment", "curl http://h # the root\ncurl http://other",
			`GET http://h !trailing  curl http://other`},
		{"a prompt", `$ curl http://h`,
			`GET http://h`},
		{"a path to curl", `/usr/bin/curl http://h`,
			`GET http://h`},
		{"no password", `curl -u me http://h`,
			`GET http://h [Authorization: Basic bWU6] !password_asked -u me`},
		{"an empty body", `curl -X POST -d '' http://h`,
			`POST http://h [Content-Type: application/x-www-form-urlencoded] <>`},
		{"JSON twice", `curl --json '{"a":' --json '1}' http://h`,
			`POST http://h [Accept: application/json] [Content-Type: application/json] <{"a":1}>`},
		{"double quotes", `curl "http://h/" -H "X: a\"b\$c\\d\e" -d "a
b"`,
			`POST http://h/ [Content-Type: application/x-www-form-urlencoded] [X: a"b$c\d\e] <a
b>`},
		{"NUL", `printf 'a\000b%%\134' | curl --data-binary @- http://h`,
			"POST http://h [Content-Type: application/x-www-form-urlencoded] <a\x00b%\\>"},
	}
}

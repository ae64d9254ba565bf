package client

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// mercure is a hub of the Mercure protocol: authorized publishers post updates, which
// go to the subscribers of their topic.
type mercure struct {
	key  []byte
	mu   sync.Mutex
	subs map[string][]chan string // by topic
	next int
}

// jwt returns a token for an action on a topic: publish or subscribe.
func jwt(key []byte, may, topic string) string {
	part := func(v any) string {
		b, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(b)
	}
	signed := part(map[string]string{"alg": "HS256", "typ": "JWT"}) + "." +
		part(map[string]any{"mercure": map[string][]string{may: {topic}}})
	return signed + "." + base64.RawURLEncoding.EncodeToString(sign(key, signed))
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func (m *mercure) allows(r *http.Request, may, topic string) bool {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return false
	}
	mac, _ := base64.RawURLEncoding.DecodeString(parts[2])
	claims, _ := base64.RawURLEncoding.DecodeString(parts[1])
	var may2 struct{ Mercure map[string][]string }
	return hmac.Equal(mac, sign(m.key, parts[0]+"."+parts[1])) && json.Unmarshal(claims, &may2) == nil &&
		slices.Contains(may2.Mercure[may], topic)
}

func (m *mercure) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	topic := r.FormValue("topic")
	may := map[string]string{http.MethodGet: "subscribe", http.MethodPost: "publish"}[r.Method]
	if !m.allows(r, may, topic) {
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
		return
	}
	m.mu.Lock()
	if r.Method == http.MethodPost {
		defer m.mu.Unlock()
		m.next++
		id := fmt.Sprintf("urn:uuid:%d", m.next)
		for _, sub := range m.subs[topic] {
			sub <- fmt.Sprintf("id: %s\ndata: %s\n\n", id, r.FormValue("data"))
		}
		fmt.Fprint(w, id)
		return
	}
	sub := make(chan string, 10)
	m.subs[topic] = append(m.subs[topic], sub)
	m.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream")
	w.(http.Flusher).Flush()
	for {
		select {
		case update := <-sub:
			fmt.Fprint(w, update)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func TestAHubLikeMercureTakesAPublishersToken(t *testing.T) {
	const topic = "https://example.com/books/1"
	hub := &mercure{key: []byte("!ChangeThisMercureHubJWTSecretKey!"), subs: map[string][]chan string{}}
	server := httptest.NewServer(hub)
	defer server.Close()
	reader, writer := jwt(hub.key, "subscribe", topic), jwt(hub.key, "publish", topic)
	subscribe := Call{Name: "mercure", Request: endpoint.Request{
		URL: server.URL + "/.well-known/mercure?topic=" + url.QueryEscape(topic), Header: http.Header{"Authorization": {"Bearer " + reader}},
	}}
	publish := func(token string) Call {
		return Call{Name: "mercure", Request: endpoint.Request{
			Method: http.MethodPost, URL: server.URL + "/.well-known/mercure",
			Header: http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/x-www-form-urlencoded"}},
			Body:   []byte(url.Values{"topic": {topic}, "data": {"订阅 & x=1"}}.Encode()),
		}}
	}
	gotID := func(status int, body []byte) error {
		if status != http.StatusOK || !strings.HasPrefix(string(body), "urn:") {
			return errors.New("no id of an update")
		}
		return nil
	}
	c, log := newClient(t)
	s := c.Subscribe(t.Context(), as("alice", subscribe), Options{})
	<-s.Settled()
	if r := c.Do(t.Context(), sending(publish(reader), "alice", "x", gotID)); r.Failure != record.Unexpected || r.Status != http.StatusUnauthorized {
		t.Errorf("a subscriber's token publishes: %+v", r)
	}
	if r := c.Do(t.Context(), sending(publish(writer), "alice", "x", gotID)); r.Kind != record.Answer {
		t.Errorf("a publisher's token does not: %+v", r)
	}
	log.await(t, record.Event, 1)
	s.Cancel(nil)
	<-s.Done()
	c.CloseIdleConnections()
	for _, r := range log.all() {
		if r.Kind == record.Event && (r.Data != "订阅 & x=1" || r.ID != "urn:uuid:1") {
			t.Errorf("the event is %+v", r)
		}
		for _, token := range []string{reader, writer} {
			if strings.Contains(fmt.Sprint(r), token) {
				t.Errorf("a token is in %+v", r)
			}
		}
	}
}

// TestAChatLikeOpenAIsEndsWithDone streams the tokens of a response to a POST.
func TestAChatLikeOpenAIsEndsWithDone(t *testing.T) {
	for _, engine := range Engines() {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var question struct {
				Stream   bool
				Messages []struct{ Content string }
			}
			if err := json.NewDecoder(r.Body).Decode(&question); err != nil || !question.Stream || r.Method != http.MethodPost {
				http.Error(w, "bad request", http.StatusBadRequest)
				return
			}
			w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
			for _, word := range strings.Fields(question.Messages[0].Content) {
				fmt.Fprintf(w, "data: {\"choices\":[{\"delta\":{\"content\":%q}}]}\n\n", word)
				w.(http.Flusher).Flush()
			}
			fmt.Fprint(w, "data: [DONE]\n\n")
			w.(http.Flusher).Flush()
			<-r.Context().Done() // the client closes the connection
		}))
		c, log := newClient(t)
		s := c.Subscribe(t.Context(), Call{ClientID: "alice", Request: endpoint.Request{
			Method: http.MethodPost, URL: server.URL + "/v1/chat/completions", Header: http.Header{"Content-Type": {"application/json"}},
			Body: []byte(`{"stream":true,"messages":[{"role":"user","content":"one two three"}]}`),
		}}, Options{Engine: engine, EndMarker: "[DONE]"})
		<-s.Done()
		c.CloseIdleConnections()
		server.Close()
		records := log.all()
		if last := records[len(records)-1]; last.By != record.ByMarker || engine != Stream && last.Events != 4 {
			t.Errorf("%s ended with %+v", engine, last)
		}
	}
}

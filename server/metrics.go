package server

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sseconsole/server/hub"
)

// metrics counts what happens, for Prometheus. What a session writes is counted
// by itself, and added up when somebody asks.
type metrics struct {
	hub     *hub.Hub
	handler http.Handler

	notices *prometheus.CounterVec // by kind
	lost    prometheus.Counter

	clients, live, queued, kept, most, events, bytes *prometheus.Desc
}

func newMetrics(h *hub.Hub) *metrics {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("sseconsole_"+name, help, nil, nil)
	}
	m := &metrics{
		hub: h,
		notices: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sseconsole_notices_total",
			Help: "What happened, by kind: sessions that began, how they ended, and what was refused.",
		}, []string{"kind"}),
		lost: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "sseconsole_messages_lost_total",
			Help: "Messages that were accepted and not written out whole.",
		}),
		clients: desc("clients", "clientIds that a message would reach."),
		live:    desc("sessions", "Sessions that are open or ending."),
		queued:  desc("queued_messages", "Messages in the queues of all sessions."),
		kept:    desc("memory_bytes", "Bytes that are kept: messages, and what sessions, clientIds and requests take."),
		most:    desc("memory_limit_bytes", "Bytes that may be kept."),
		events:  desc("events_written_total", "Messages written to subscribers."),
		bytes:   desc("bytes_written_total", "Bytes written to subscribers, before chunking and TLS."),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m, m.notices, m.lost)
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true})
	return m
}

// count counts a notice.
func (m *metrics) count(n Notice) {
	m.notices.WithLabelValues(string(n.Kind)).Inc()
	m.lost.Add(float64(len(n.LostIDs)))
}

// Describe implements [prometheus.Collector].
func (m *metrics) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.clients, m.live, m.queued, m.kept, m.most, m.events, m.bytes} {
		ch <- d
	}
}

// Collect implements [prometheus.Collector].
func (m *metrics) Collect(ch chan<- prometheus.Metric) {
	st := m.hub.Stats()
	gauge := func(d *prometheus.Desc, n int) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n))
	}
	counter := func(d *prometheus.Desc, n uint64) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n))
	}
	gauge(m.clients, st.Clients)
	gauge(m.live, st.Sessions)
	gauge(m.queued, st.Queued)
	gauge(m.kept, st.Memory)
	gauge(m.most, st.MaxMemory)
	counter(m.events, st.Events)
	counter(m.bytes, st.Bytes)
}

func (s *Server) metricsPage(w http.ResponseWriter, r *http.Request, _ params) {
	w.Header().Set("Cache-Control", "no-store")
	s.metrics.handler.ServeHTTP(w, r)
}

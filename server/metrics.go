package server

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sseconsole/server/hub"
)

// metrics serves counters and gauges to Prometheus. It counts notices; the hub's
// counters are read when metrics are collected.
type metrics struct {
	hub     *hub.Hub
	handler http.Handler

	notices *prometheus.CounterVec // by kind
	lost    prometheus.Counter

	clients, sessions, queued, memory, maxMemory, events, bytes *prometheus.Desc
}

func newMetrics(h *hub.Hub) *metrics {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("sseconsole_"+name, help, nil, nil)
	}
	m := &metrics{
		hub: h,
		notices: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sseconsole_notices_total",
			Help: "Notices by kind: sessions begun, how they ended, and refusals.",
		}, []string{"kind"}),
		lost: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "sseconsole_messages_lost_total",
			Help: "Messages accepted but not completely written.",
		}),
		clients:   desc("clients", "clientIds that a message would reach."),
		sessions:  desc("sessions", "Sessions that are open or ending."),
		queued:    desc("queued_messages", "Messages in the queues of all sessions."),
		memory:    desc("memory_bytes", "Memory counted for messages, sessions, clientIds and requests."),
		maxMemory: desc("memory_limit_bytes", "Bound of the memory."),
		events:    desc("events_written_total", "Messages written to subscribers."),
		bytes:     desc("bytes_written_total", "Bytes written to subscribers, before chunking and TLS."),
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
	for _, d := range []*prometheus.Desc{m.clients, m.sessions, m.queued, m.memory, m.maxMemory, m.events, m.bytes} {
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
	gauge(m.sessions, st.Sessions)
	gauge(m.queued, st.Queued)
	gauge(m.memory, st.Memory)
	gauge(m.maxMemory, st.MaxMemory)
	counter(m.events, st.Events)
	counter(m.bytes, st.Bytes)
}

func (s *Server) metricsPage(w http.ResponseWriter, r *http.Request, _ params) {
	w.Header().Set("Cache-Control", "no-store")
	s.metrics.handler.ServeHTTP(w, r)
}

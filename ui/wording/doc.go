// Package wording turns what client and server express in codes into sentences: records,
// failures, findings, and errors about files and targets. It depends on the catalogue of
// texts, not on a window.
package wording

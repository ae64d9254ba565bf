// Command compare compares the log of the window with Fyne's own list, in one run: what
// a view costs while 50,000 events a second arrive, and how long the UI thread keeps a
// function waiting. It prints tables in Markdown and needs a display:
//
//	scripts/xvfb.sh go run -tags x11,migrated_fynedo,no_animations ./ui/widgets/compare
//
// Each view is a process of its own, and the server is in the process that starts them.
// All read by the same client, decoder, intake and journal, show the same rows in the
// same font and a window of the same size, and are refreshed as often as the window
// refreshed itself, never twice at once. The views take turns, so that other load on the
// machine affects all of them; the figures are medians. The CPU is that of the process,
// all threads included, so also that of OpenGL in software, but neither the server's nor
// the X server's.
package main

#!/usr/bin/env bash
# Runs the unit tests, then the end-to-end tests of the real window on a virtual
# display. For these it builds both programs as they are shipped.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "Unit tests"
# With the tag ci, Fyne draws without a display, system fonts or C code.
go test -race -tags ci ./...
# The race detector distorts measurements of memory, and makes the tests of limits for hostile input eight times slower.
go test -tags ci -run 'Allocat|LittleMemory|Compressed|Codings|Bundle|Packed|Expression|LargeValue' ./server ./server/hub ./client ./client/export ./client/jq

if [ "$(uname -s)" != Linux ]; then
	echo "Skipping the end-to-end tests: they need X11."
	exit 0
fi
echo "End-to-end tests"
make --no-print-directory build build-headless
# Without a window manager such as openbox a window can be neither closed nor resized; it exits with the display.
# Without -race, which would compile Fyne's C code again, for minutes.
SSECONSOLE_BIN=$PWD/bin scripts/xvfb.sh bash -c '
	openbox --sm-disable >/dev/null 2>&1 &
	go test -count=1 -tags e2e ./ui/e2e &&
	go test -count=1 -tags x11,migrated_fynedo,no_animations,e2e -run EndToEnd ./ui'

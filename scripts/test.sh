#!/usr/bin/env bash
# Runs the unit tests, then the end-to-end tests with the real window on a
# virtual display. Both programs are built for the latter, as they are shipped.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "Unit tests"
# With the tag ci, Fyne draws without a display, without the system's fonts and without its C code.
go test -race -tags ci ./...
# What the race detector falsifies, memory, or makes eight times as slow: what hostile input is bounded to.
go test -tags ci -run 'Allocat|LittleMemory|Compressed|Codings|Bundle|Packed|Expression|LargeValue' ./server ./server/hub ./client ./client/export ./client/jq

if [ "$(uname -s)" != Linux ]; then
	echo "The end-to-end tests need X11 and are left out here."
	exit 0
fi
echo "End-to-end tests"
make --no-print-directory build build-headless
# openbox, because without a window manager a window can be neither closed nor resized; it ends with the display.
# Without -race, which would compile Fyne's C code once more, for minutes.
SSECONSOLE_BIN=$PWD/bin scripts/xvfb.sh bash -c '
	openbox --sm-disable >/dev/null 2>&1 &
	go test -count=1 -tags e2e ./ui/e2e &&
	go test -count=1 -tags x11,migrated_fynedo,no_animations,e2e -run EndToEnd ./ui'

#!/usr/bin/env bash
# Runs the measurements of the documents, each comparison in one run. Takes some
# minutes. If the machine is busy, compare only within a run.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/sizes.sh
go test -tags ci -run '^$' -bench . -benchtime 500ms -count "${COUNT:-5}" ./client/... ./server ./ui/...
(cd client/journal/compare && go test -bench . -benchtime 5x)
(cd ui/console/rowset/compare && go test -bench .)
(cd server/compare && go run . -count "${COUNT:-5}")

[ "$(uname -s)" = Linux ] || exit 0
echo "The window beside Fyne's list, at 50,000 events a second"
scripts/xvfb.sh go run -tags x11,migrated_fynedo,no_animations ./ui/widgets/compare
echo "100,000 events in a page in Chromium and in the window"
scripts/xvfb.sh bash -c '
	openbox --sm-disable >/dev/null 2>&1 &
	SSECONSOLE_COMPARE=100000 go test -count=1 -timeout 30m -tags x11,migrated_fynedo,no_animations,e2e -v -run EndToEndCompare ./ui'
echo "The window with a run of 10 GB open"
scripts/xvfb.sh bash -c '
	openbox --sm-disable >/dev/null 2>&1 &
	SSECONSOLE_GB=10 go test -count=1 -timeout 30m -tags x11,migrated_fynedo,no_animations,e2e -v -run EndToEndALargeRun ./ui'

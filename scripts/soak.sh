#!/usr/bin/env bash
# Runs the tests that make test runs for seconds at full length. Takes an hour and a half, most of it
# fuzzing; FUZZTIME=10s shortens that.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "5 million records from the embedded server through a subscription to the journal's file"
SSECONSOLE_SOAK=5000000 go test -count=1 -tags ci -v -run EveryEventReachesTheFile . | grep -v '^time='

echo "The same, killed 20 times on the way"
SSECONSOLE_SOAK_KILLS=20 go test -count=1 -tags ci -v -run AKillLosesTheLastMoment . | grep -v '^time='

echo "A writing journal killed 20 times"
SSECONSOLE_KILLS=20 go test -count=1 -v -run Kill ./client/journal

echo "10,000 subscribers: memory per subscriber, and delivery to all"
SSECONSOLE_SUBSCRIBERS=10000 go test -count=1 -tags ci -timeout 30m -v -run LittleMemory ./server

echo "Every fuzz target for ${FUZZTIME:-2m}"
scripts/fuzz.sh

[ "$(uname -s)" = Linux ] || exit 0
echo "The window at 20,000 events a second for 30 seconds"
scripts/xvfb.sh bash -c '
	openbox --sm-disable >/dev/null 2>&1 &
	SSECONSOLE_SECONDS=30 go test -count=1 -tags x11,migrated_fynedo,no_animations,e2e -v -run EndToEndTheWindowAnswers ./ui'
echo "50 signals to the window on a busy machine"
make --no-print-directory build
SSECONSOLE_BIN=$PWD/bin SSECONSOLE_SIGNALS=50 scripts/xvfb.sh bash -c '
	openbox --sm-disable >/dev/null 2>&1 &
	go test -count=1 -timeout 30m -tags e2e -v -run ASignalEnds ./ui/e2e'

#!/usr/bin/env bash
# Runs every fuzz target for FUZZTIME, two minutes by default. docs/fuzzing.md says what they check.
# Minimizing is kept short, and the build is headless: instrumenting Fyne would take longer than the targets.
set -euo pipefail
cd "$(dirname "$0")/.."

for package in $(go list -tags headless . ./client/... ./server/... ./ui/cli ./ui/console/...); do
	targets=$(go test -tags headless -list '^Fuzz' "$package")
	for target in $(grep '^Fuzz' <<<"$targets"); do
		echo "$package $target"
		go test -tags headless -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-2m}" -fuzzminimizetime 100x "$package"
	done
done

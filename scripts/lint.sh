#!/usr/bin/env bash
# gofmt, go vet and staticcheck over everything that is built: the window with
# its tests, and the program without a window.
set -euo pipefail
cd "$(dirname "$0")/.."

unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
	printf 'not formatted by gofmt:\n%s\n' "$unformatted" >&2
	exit 1
fi

check() { # TAGS PACKAGES
	go vet -tags "$1" "$2"
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 -tags "$1" "$2"
}
check x11,migrated_fynedo,no_animations,e2e,peers ./...
check headless .
echo "gofmt, go vet and staticcheck have nothing to report."

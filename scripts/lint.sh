#!/usr/bin/env bash
# Checks formatting and THIRD_PARTY, and runs go vet, staticcheck and the import rules (.golangci.yml) for the window
# with its tests and for the headless program.
set -euo pipefail
cd "$(dirname "$0")/.."

unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
	printf 'not formatted by gofmt:\n%s\n' "$unformatted" >&2
	exit 1
fi

if ! scripts/third-party.sh | cmp -s - THIRD_PARTY; then
	echo 'THIRD_PARTY is stale: run scripts/third-party.sh > THIRD_PARTY' >&2
	exit 1
fi

check() { # TAGS PACKAGES
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run --build-tags "$1" "$2"
}
check x11,migrated_fynedo,no_animations,e2e,peers ./...
check headless .
echo "gofmt, go vet, staticcheck and depguard report nothing."

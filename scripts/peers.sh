#!/usr/bin/env bash
# Runs the tests with programs of others, such as browsers. They lie in packages
# of their own that are called peers, behind the build tag of that name.
# Arguments follow the packages of go test.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t packages < <(go list -tags peers ./... | grep '/peers$')
# One package after the other, since a browser wants the machine for itself.
go test -count=1 -p 1 -timeout 30m -tags peers "${packages[@]}" "$@"

#!/usr/bin/env bash
# Writes the pictures of the documents to docs/screenshots: of the real window, at scale 1 and 2.
set -euo pipefail
cd "$(dirname "$0")/.."

export SSECONSOLE_SHOTS=$PWD/docs/screenshots
mkdir -p "$SSECONSOLE_SHOTS"
run="openbox --sm-disable & go test -count=1 -tags x11,migrated_fynedo,no_animations,e2e -run '^TestScreenshots\$' ./ui"
SCREEN=1400x1000 scripts/xvfb.sh bash -c "$run"
FYNE_SCALE=2 SCREEN=2600x1800 scripts/xvfb.sh bash -c "$run"
# Fewer colours: a third of the size, and nothing that the eye sees.
if command -v pngquant >/dev/null; then
	pngquant --force --skip-if-larger --ext .png "$SSECONSOLE_SHOTS"/*.png
fi

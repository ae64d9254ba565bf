#!/usr/bin/env bash
# Makes the Chinese fonts in assets/fonts from those of Debian 12: Noto Sans CJK SC, regular and bold, with the characters
# of GB 2312, and Droid Sans Fallback with the other Han characters, kana and Hangul. Run it with Debian's packages fonttools,
# python3-fonttools and python3-brotli installed; it downloads the fonts to a temporary directory.
#
#   scripts/fonts.sh
#
# Noto stays in CFF outlines: go-text keeps those as they are in the file, but expands TrueType outlines, to five times the
# memory in fifty times the time.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
(
	cd "$work"
	apt-get -q download fonts-noto-cjk fonts-droid-fallback >&2
	for package in *.deb; do
		dpkg-deb -x "$package" .
	done
)
/usr/bin/python3 - "$work/usr/share/fonts" assets/fonts <<'PYTHON'
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

source, target = sys.argv[1:]

# What GB 2312 has beyond Latin, Greek and Cyrillic, and all punctuation, kana and full-width forms.
wanted = set(range(0x3000, 0x3130)) | set(range(0xFE30, 0xFE70)) | set(range(0xFF00, 0xFFF0))
for row in range(0xA1, 0xF8):
    for column in range(0xA1, 0xFF):
        try:
            wanted.add(ord(bytes([row, column]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
wanted = {c for c in wanted if c >= 0x2E80} | {0x20}


def write(font, characters, name):
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.save(f"{target}/{name}")
    return set(font.getBestCmap())


for weight in ["Regular", "Bold"]:
    font = TTFont(f"{source}/opentype/noto/NotoSansCJK-{weight}.ttc", fontNumber=2, recalcTimestamp=False)
    # The line metrics of Fyne's Noto Sans, so that a line with Chinese is as high as one without.
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 1069, -293, 0
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap = 1069, -293, 0
    # A space after Han is drawn in the font of the Han, so it is as wide as that of Noto Sans.
    font["hmtx"][font.getBestCmap()[0x20]] = (260, 0)
    covered = write(font, wanted, f"NotoSansSC-{weight}.otf")

droid = TTFont(f"{source}-droid-fallback/truetype/DroidSansFallback.ttf", recalcTimestamp=False)
write(droid, {c for c in droid.getBestCmap() if c > 0x20} - covered, "DroidSansFallback.ttf")
PYTHON
ls -l assets/fonts/*.?tf >&2

#!/usr/bin/env bash
# edtf 4.11.1 (npm) gives an interval whose end is unknown (ISO 8601-2, level 1: "1985/") a max of null, which every comparison of JavaScript reads as 0, the first moment of 1970:
# the interval ends before it begins, and a filter "up to 1980" finds it. An open end ("1985/..") has Infinity, and an unknown beginning null likewise.
#
# Input: three intervals of level 1.
# Seen:  1985/ ends before it begins: true
#        1985/.. ends before it begins: false
#        /1965 ends before it begins: true
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund edtf@4.11.1 >/dev/null
cat >read.mjs <<'X'
import edtf from 'edtf';
for (const text of ['1985/', '1985/..', '/1965']) {
  const { min, max } = edtf(text);
  console.log(`${text} ends before it begins: ${max < min}`);
}
X
diff <(printf '%s ends before it begins: %s\n' 1985/ true 1985/.. false /1965 true) <(node read.mjs) && echo 'As found.'

#!/usr/bin/env bash
# marcjs 3.0.2 (npm) finds no record in MARCXML whose elements have a prefix, as the Library of Congress itself writes them (<marc:record>). No error, no warning: no records.
#
# Input: one record, once without and once with a prefix bound to http://www.loc.gov/MARC21/slim; the two are the same document to any XML reader with namespaces.
# Seen:  plain: 1 record
#        prefixed: 0 records
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund marcjs@3.0.2 >/dev/null
cat >plain.xml <<'X'
<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">1</controlfield><datafield tag="245" ind1="0" ind2="0"><subfield code="a">A title</subfield></datafield></record></collection>
X
sed -E 's/<(\/?)([a-z])/<\1marc:\2/g; s/xmlns=/xmlns:marc=/' plain.xml >prefixed.xml
cat >read.js <<'X'
const { Marc } = require('marcjs');
const fs = require('fs');
const counts = { plain: 0, prefixed: 0 };
for (const name of Object.keys(counts)) fs.createReadStream(`${name}.xml`).pipe(Marc.createStream('marcxml', 'Parser')).on('data', () => counts[name]++);
process.on('exit', () => console.log(`plain: ${counts.plain} record\nprefixed: ${counts.prefixed} records`));
X
diff <(printf 'plain: 1 record\nprefixed: 0 records\n') <(node read.js) && echo 'As found.'

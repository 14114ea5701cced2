#!/usr/bin/env bash
# The stream reader of @natlibfi/marc-record-serializers 11.0.1 (npm) decodes all bytes as UTF-8, whatever leader/09 says, and then counts the directory's bytes in the characters of
# that text. One accent in MARC-8 (leader/09 blank) so cuts the last letter off its field, and every field behind it has wrong indicators and loses a letter as well.
#
# Input: a record in MARC-8 with "Café" (bytes 43 61 66 E2 65) in 245, and 500 behind it.
# Seen:  245 10 a=Caf�e c=by X
#        500 [U+001E]. a=Not
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @natlibfi/marc-record-serializers@11.0.1 >/dev/null
printf '00090nam  2200061   4500001000200000245001700002500000900019\x1e1\x1e10\x1faCaf\xe2e\x1fcby X.\x1e  \x1faNote\x1e\x1d' >record.mrc
cat >read.mjs <<'X'
import fs from 'node:fs';
import { ISO2709 } from '@natlibfi/marc-record-serializers';
ISO2709.reader(fs.createReadStream('record.mrc')).on('data', (record) => {
  for (const field of record.fields.filter((field) => field.subfields)) {
    const subfields = field.subfields.filter(({ code }) => code !== ' ').map(({ code, value }) => `${code}=${value}`);
    console.log(`${field.tag} ${field.ind1.replace('\x1e', '[U+001E]')}${field.ind2} ${subfields.join(' ')}`);
  }
}).on('error', (error) => console.log(error.message));
X
node read.mjs >seen.txt
diff <(printf '245 10 a=Caf\xef\xbf\xbde c=by X\n500 [U+001E]. a=Not\n') seen.txt && echo 'As found.'

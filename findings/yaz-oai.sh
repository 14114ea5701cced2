#!/usr/bin/env bash
# yaz-marcdump of yaz 5.34.0 (Debian 12: apt-get install yaz) gives each record of an OAI-PMH answer twice: it takes the wrapper, an element of OAI's namespace that is called record
# too, for a record of MARC, and the record in it for another one.
#
# Input: an answer of OAI-PMH 2.0 with one record of MARCXML.
# Seen:  2 records with 001 1, exit status 0
set -euo pipefail
version=$(yaz-marcdump -V 2>/dev/null | head -1) || { echo 'yaz is not installed: apt-get install yaz' >&2; exit 2; }
[[ $version == *5.34.0* ]] || { echo "This was seen in 5.34.0, not in $version." >&2; exit 2; }
file=$(mktemp)
trap 'rm -f "$file"' EXIT
cat >"$file" <<'X'
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:example.org:1</identifier><datestamp>2024-01-01</datestamp></header><metadata>
<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">1</controlfield></record>
</metadata></record></ListRecords></OAI-PMH>
X
diff <(echo '2 records with 001 1') <(yaz-marcdump -i marcxml -o line "$file" | grep -c '^001 1$' | sed 's/$/ records with 001 1/') && echo 'As found.'

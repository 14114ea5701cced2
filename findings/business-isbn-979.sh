#!/usr/bin/env bash
# Business::ISBN 3.006 (Debian 12: apt-get install libbusiness-isbn-perl) holds an ISBN to the table of ranges that it was packaged with, of 2021. Numbers of ranges that were given out
# since are no ISBNs to it, though prefix and check digit are right: 979-8-88645 was given to a publisher in 2022.
#
# Input: 979-8-88645-174-0 and, to compare, 978-0-306-40615-7.
# Seen:  9798886451740 Invalid publisher code
#        9780306406157 Good ISBN
set -euo pipefail
perl -MBusiness::ISBN=3.006 -e 'exit($Business::ISBN::VERSION eq "3.006" ? 0 : 1)' || { echo 'Business::ISBN 3.006 is not installed: apt-get install libbusiness-isbn-perl' >&2; exit 2; }
diff <(printf '9798886451740 Invalid publisher code\n9780306406157 Good ISBN\n') \
  <(perl -MBusiness::ISBN -e 'print "$_ ", Business::ISBN->new($_)->error_text, "\n" for @ARGV' 9798886451740 9780306406157) && echo 'As found.'

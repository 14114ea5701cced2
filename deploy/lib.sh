# Shared by ./run, ./test and deploy/private-servers. Source it; it only defines functions.

started_at=${EPOCHREALTIME/./}

# say TEXT: one step, with the seconds since the start.
say() { printf '[%6.1f s] %s\n' "$(((${EPOCHREALTIME/./} - started_at) / 100000))e-1" "$*"; }

# fail CAUSE FIX: ends the script, naming both.
fail() {
  printf '\nFailed: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'Fix:    %s\n' "$2" >&2
  exit 1
}

# Whether somebody listens on that loopback port.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port [FIRST]: a free loopback port of the 4000 from FIRST, below the range that the kernel hands out by itself. What starts at the same
# time draws from ranges of its own: a port is taken only once somebody listens.
free_port() {
  local port first=${1:-20000}
  for _ in $(seq 200); do
    port=$((first + (RANDOM * 32768 + RANDOM) % 4000))
    port_taken "$port" || { echo "$port"; return; }
  done
  fail "no free loopback port was found between $first and $((first + 4000))"
}

secret() { tr -dc 'A-Za-z0-9' </dev/urandom | head -c "$1" || true; }

# alive PID WORD: whether that process runs and is ours, which its command line or environment shows by holding WORD.
alive() {
  [ -n "${1:-}" ] && kill -0 "$1" 2>/dev/null || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$2" || tr '\0' '\n' 2>/dev/null <"/proc/$1/environ" | grep -qF -- "$2"
}

# end PID SECONDS [SIGNAL]: asks the process to stop, and kills it when it has not after that time.
end() {
  kill "-${3:-TERM}" "$1" 2>/dev/null || return 0
  for _ in $(seq $(($2 * 20))); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.05
  done
  kill -KILL "$1" 2>/dev/null || true
}

# until_true SECONDS COMMAND...: polls a command; false when it did not come true in time.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

# as_root COMMAND...: runs it with the right to install packages; false where that right is not to be had.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 126; fi
}

# marc_peers_installed: installs what the tests of the formats compare with (yaz-marcdump, Unicode's conformance test) where it is missing; false where that cannot be done.
marc_peers_installed() {
  { command -v yaz-marcdump >/dev/null && [ -e /usr/share/unicode/UnicodeData.txt ]; } ||
    as_root sh -c 'apt-get update && apt-get install -y --no-install-recommends yaz unicode-data bzip2' >"${TMPDIR:-/tmp}/library-install.log" 2>&1
}

# wrk_installed: installs the load generator where it is missing; false where that cannot be done.
wrk_installed() {
  command -v wrk >/dev/null || as_root sh -c 'apt-get update && apt-get install -y --no-install-recommends wrk' >"${TMPDIR:-/tmp}/library-install.log" 2>&1
}

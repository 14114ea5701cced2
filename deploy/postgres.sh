# A private Postgres in $dir. Source it after lib.sh; it only defines functions.

postgres_bin() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  if [ -x "$found/postgres" ]; then echo "$found"; elif command -v postgres >/dev/null; then dirname "$(command -v postgres)"; else return 1; fi
}

postgres_installed() { postgres_bin >/dev/null; }

postgres_connection_string() {
  echo "Host=127.0.0.1;Port=$(cat "$dir/postgres.port");Database=library;Username=library;Password=$(cat "$dir/postgres.password")"
}

# Postgres refuses to run as root. As root it runs as the user that the package made, keeping one right of root's: to pass through
# directories that are root's alone, since a checkout may well lie in one.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    local rights=+dac_read_search,+dac_override
    setpriv --reuid=postgres --regid=postgres --clear-groups --inh-caps="$rights" --ambient-caps="$rights" "$@"
  else
    "$@"
  fi
}

postgres_answers() { PGPASSWORD=$(cat "$dir/postgres.password") "$(postgres_bin)/psql" -qAtXh 127.0.0.1 -p "$1" -U library -d library -c 'select 1' >/dev/null 2>&1; }

create_postgres() {
  local bin password
  bin=$(postgres_bin)
  # The folder itself stays: it may be a mount.
  rm -rf "$dir/postgres/data"
  mkdir -p "$dir/postgres"
  [ "$(id -u)" != 0 ] || chown postgres "$dir/postgres"
  (umask 077; secret 32 >"$dir/postgres.password")
  password=$(mktemp)
  cat "$dir/postgres.password" >"$password"
  [ "$(id -u)" != 0 ] || chown postgres "$password"
  as_postgres "$bin/initdb" -D "$dir/postgres/data" -U library -A scram-sha-256 --pwfile="$password" -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
    fail "initdb failed; see $dir/initdb.log"
  rm -f "$password"
  as_postgres tee -a "$dir/postgres/data/postgresql.conf" >/dev/null <<C
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 4GB
log_line_prefix = '%m [%p] %a '
C
}

# create_standby DIR: a copy of the Postgres in that directory, which follows it from then on.
create_standby() {
  rm -rf "$dir/postgres"
  mkdir -p "$dir/postgres"
  [ "$(id -u)" != 0 ] || chown postgres "$dir/postgres"
  (umask 077; cp "$1/postgres.password" "$dir/postgres.password")
  PGPASSWORD=$(cat "$dir/postgres.password") as_postgres "$(postgres_bin)/pg_basebackup" -D "$dir/postgres/data" -R -X stream -c fast \
    -h 127.0.0.1 -p "$(cat "$1/postgres.port")" -U library >"$dir/basebackup.log" 2>&1 || fail "pg_basebackup failed; see $dir/basebackup.log"
  free_port 24000 >"$dir/postgres.port"
}

start_postgres() {
  local port pid
  pid=$(cat "$dir/postgres.pid" 2>/dev/null || true)
  if alive "$pid" "$dir/postgres"; then say "Postgres is running already"; return; fi
  [ -s "$dir/postgres/data/PG_VERSION" ] && [ -e "$dir/postgres.port" ] || { say 'Creating a private Postgres'; create_postgres; }
  port=$(cat "$dir/postgres.port" 2>/dev/null || free_port 24000)
  ! port_taken "$port" || port=$(free_port 24000)
  # After a kill -9 children may still be going, and a new server refuses to start until they have let go of the shared memory.
  until_true 30 postgres_gone || true
  (as_postgres setsid "$(postgres_bin)/postgres" -D "$dir/postgres/data" -p "$port" </dev/null >>"$dir/postgres.log" 2>&1) &
  pid=$!
  echo "$port" >"$dir/postgres.port"
  if ! until_true 60 postgres_up "$pid" "$port"; then
    tail -5 "$dir/postgres.log" >&2
    fail "Postgres did not start; see $dir/postgres.log"
  fi
  head -1 "$dir/postgres/data/postmaster.pid" >"$dir/postgres.pid"
  say "Postgres is up on 127.0.0.1:$port"
}

# Whether no process of an earlier server is left: each works in the data's folder.
postgres_gone() { [ -z "$(find /proc -maxdepth 2 -name cwd -lname "$dir/postgres/data" 2>/dev/null)" ]; }

# postgres_up STARTER PORT: true once it answers with our database there; makes the database at the first start.
postgres_up() {
  kill -0 "$1" 2>/dev/null || { tail -5 "$dir/postgres.log" >&2; fail "Postgres ended at its start; see $dir/postgres.log"; }
  postgres_answers "$2" || {
    PGPASSWORD=$(cat "$dir/postgres.password") "$(postgres_bin)/psql" -qXh 127.0.0.1 -p "$2" -U library -d postgres -c 'create database library' >/dev/null 2>&1 || true
    return 1
  }
}

stop_postgres() {
  local pid
  pid=$(cat "$dir/postgres.pid" 2>/dev/null || true)
  if alive "$pid" "$dir/postgres"; then
    # INT: end the sessions, write a checkpoint, stop.
    end "$pid" 20 INT
    say 'Postgres is stopped'
  fi
  rm -f "$dir/postgres.pid"
}

# ./run without Docker: private servers, then Worker and Api, watched until Ctrl-C. Sourced by ./run.

stop_leftovers() {
  local name pid
  for name in api worker; do
    pid=$(cat "$data/$name.pid" 2>/dev/null || true)
    ! alive "$pid" "$data/bin/$name" || { say "Stopping the $name that an earlier run left behind"; end "$pid" 10; }
    rm -f "$data/$name.pid"
  done
}

stop_all() {
  trap - EXIT INT TERM HUP
  echo
  say 'Stopping'
  local name pid
  for name in api worker; do
    pid=$(cat "$data/$name.pid" 2>/dev/null || true)
    ! alive "$pid" "$data/bin/$name" || { end "$pid" 15; say "The $name is stopped"; }
    rm -f "$data/$name.pid"
  done
  deploy/private-servers stop "$data" rabbitmq postgres 9>&- || true
  say 'All is stopped; data stays in '"$data"
}

build() {
  command -v dotnet >/dev/null || fail 'there is no dotnet' 'install the .NET 10 SDK: https://dotnet.microsoft.com/download, or apt-get install dotnet-sdk-10.0'
  local log=$data/logs/build.log
  # Two runs from one checkout share the build's files.
  exec 8>deploy/.build.lock
  flock 8
  local name
  for name in Worker Api; do
    dotnet publish "src/Library.$name" -c Release -o "$data/bin/${name,,}" -v quiet --nologo >"$log" 2>&1 9>&- 8>&- || {
      tail -20 "$log" >&2
      fail "src/Library.$name does not build; see $log" 'the .NET 10 SDK and access to NuGet are needed'
    }
  done
  exec 8>&-
}

# start_host NAME: Worker or Api, with a log of its own, out of reach of the terminal's Ctrl-C, which is ours to pass on in order.
start_host() {
  local name=$1 listen=$url
  [ "$name" = api ] || listen=http://127.0.0.1:$(cat "$data/worker.port")
  (
    cd "$data/bin/$name"
    export Library__Postgres__ConnectionString="$postgres" Library__RabbitMq__Uri="$rabbitmq" Library__Operations__Secret="$operations_secret"
    export Library__Auth__Mode=$auth ASPNETCORE_URLS=$listen ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Production}
    exec setsid dotnet "$data/bin/$name/Library.${name^}.dll" </dev/null >>"$data/logs/$name.log" 2>&1 9>&-
  ) &
  echo $! >"$data/$name.pid"
  # Its end is reported by the watch, not by the shell.
  disown
}

# first_key: makes the administrator's key, once there is a schema to keep it in; shown this once, kept for this user alone.
first_key() {
  until_true 120 ready "http://127.0.0.1:$(cat "$data/worker.port")" || fail "the worker did not become ready; see $data/logs/worker.log"
  (
    umask 077
    cd "$data/bin/api"
    export Library__Postgres__ConnectionString="$postgres" Library__RabbitMq__Uri="$rabbitmq" Library__Operations__Secret="$operations_secret"
    dotnet "$data/bin/api/Library.Api.dll" --create-key admin --scopes admin >"$data/admin-key.new" 9>&- && mv "$data/admin-key.new" "$data/admin-key"
  ) || fail 'the first API key could not be made'
  say "The administrator's API key, shown this once and kept in $data/admin-key: $(cat "$data/admin-key")"
}

ready() { curl -fsS -o /dev/null --max-time 2 "$1/health/ready" 2>/dev/null; }

# watch: starts again whatever died, waiting longer each time it dies soon.
watch() {
  declare -A wait=([api]=1 [worker]=1) due=([api]=0 [worker]=0)
  local name pid
  while sleep 1; do
    for name in worker api; do
      pid=$(cat "$data/$name.pid" 2>/dev/null || true)
      if alive "$pid" "$data/bin/$name"; then continue; fi
      if [ "${due[$name]}" = 0 ]; then
        say "The $name died; starting it again in ${wait[$name]} s. Its last words:"
        tail -3 "$data/logs/$name.log" | sed 's/^/             /'
        due[$name]=$((SECONDS + wait[$name]))
        wait[$name]=$((wait[$name] < 5 ? wait[$name] * 2 : 10))
      elif [ "$SECONDS" -ge "${due[$name]}" ]; then
        start_host "$name"
        due[$name]=0
      fi
    done
    for name in postgres rabbitmq; do
      pid=$(cat "$data/$name.pid" 2>/dev/null || true)
      alive "$pid" "$data/$name" || {
        say "$name died; starting it again"
        deploy/private-servers start "$data" "$name" 9>&- || say "$name did not start; trying again"
      }
    done
  done
}

! port_taken "$port" || fail "port $port is taken" "stop what listens there, or choose another: LIBRARY_PORT=$((port + 1)) ./run"
command -v curl >/dev/null || as_root apt-get install -y --no-install-recommends curl >/dev/null 2>&1 || fail 'there is no curl' 'apt-get install curl'
mkdir -p "$data/logs"
stop_leftovers
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say "Library, native, data in $data"
deploy/private-servers install 9>&-
say 'Starting the servers and building the hosts'
# A group of its own: Ctrl-C must not reach the servers before the hosts are stopped.
setsid deploy/private-servers start "$data" 9>&- &
servers=$!
build
say 'The hosts are built'
wait $servers || fail 'the private servers did not start (see above)' "look into $data, or use servers of your own and start the hosts by hand"

postgres=$(sed -n 's/^LIBRARY_POSTGRES=//p' "$data/servers.env")
rabbitmq=$(sed -n 's/^LIBRARY_RABBITMQ=//p' "$data/servers.env")
[ -s "$data/operations.secret" ] || (umask 077; secret 64 >"$data/operations.secret")
operations_secret=$(cat "$data/operations.secret")
[ -s "$data/worker.port" ] && ! port_taken "$(cat "$data/worker.port")" || free_port >"$data/worker.port"

start_host worker
[ "$auth" != ApiKey ] || [ -s "$data/admin-key" ] || first_key
start_host api
say 'Worker and Api are starting'
until ready "$url" && ready "http://127.0.0.1:$(cat "$data/worker.port")"; do
  for name in worker api; do
    alive "$(cat "$data/$name.pid")" "$data/bin/$name" || { tail -20 "$data/logs/$name.log" >&2; fail "the $name ended at its start; see $data/logs/$name.log"; }
  done
  [ "$SECONDS" -lt 300 ] || fail "Library did not become ready; see $data/logs"
  sleep 0.1
done
say "Ready. Logs: $data/logs   Ctrl-C stops everything"
echo "Library is ready: $url"
watch

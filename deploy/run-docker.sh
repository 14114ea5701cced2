# ./run with Docker: the services of docker-compose.yml, until Ctrl-C. Sourced by ./run.

timeout 5 docker info >/dev/null 2>&1 || fail 'no Docker engine answers' 'start it, or use LIBRARY_MODE=native'
compose version >/dev/null 2>&1 || fail 'docker compose is missing' 'install the compose plugin, or use LIBRARY_MODE=native'

# One project a data directory, so that two can run side by side.
export COMPOSE_PROJECT_NAME=library-$(printf '%s' "$data" | cksum | cut -d' ' -f1) LIBRARY_PORT=$port LIBRARY_AUTH=$auth
if [ ! -s "$data/docker.env" ]; then
  (umask 077; printf 'POSTGRES_PASSWORD=%s\nRABBITMQ_PASSWORD=%s\nLIBRARY_OPERATIONS_SECRET=%s\n' "$(secret 32)" "$(secret 32)" "$(secret 64)" >"$data/docker.env")
fi

stop_all() {
  trap - EXIT INT TERM HUP
  echo
  say 'Stopping'
  compose --env-file "$data/docker.env" down --timeout 20 >>"$data/docker.log" 2>&1 || true
  say 'All is stopped; data stays in the volumes of project '"$COMPOSE_PROJECT_NAME"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say "Library, with Docker, project $COMPOSE_PROJECT_NAME"
compose --env-file "$data/docker.env" up --build --detach >"$data/docker.log" 2>&1 || {
  tail -20 "$data/docker.log" >&2
  fail "docker compose could not start the services; see $data/docker.log" 'or use LIBRARY_MODE=native'
}
say 'The services are started'
(umask 077; printf 'LIBRARY_RABBITMQ=amqp://library:%s@%s/\n' "$(sed -n 's/^RABBITMQ_PASSWORD=//p' "$data/docker.env")" \
  "$(compose --env-file "$data/docker.env" port rabbitmq 5672)" >"$data/servers.env")
until_true 300 curl -fsS -o /dev/null --max-time 2 "$url/health/ready" 2>/dev/null || {
  compose --env-file "$data/docker.env" logs --tail 20 >&2
  fail 'Library did not become ready'
}
if [ "$auth" = ApiKey ] && [ ! -s "$data/admin-key" ]; then
  (umask 077; compose --env-file "$data/docker.env" exec -T api dotnet Library.Api.dll --create-key admin --scopes admin >"$data/admin-key.new" && mv "$data/admin-key.new" "$data/admin-key") ||
    fail 'the first API key could not be made'
  say "The administrator's API key, shown this once and kept in $data/admin-key: $(cat "$data/admin-key")"
fi
echo "Library is ready: $url"
compose --env-file "$data/docker.env" logs --follow --tail 0 >>"$data/docker.log" 2>&1 &
while :; do wait $! || sleep 1; sleep 1 & done

# A private RabbitMQ node in $dir. Source it after lib.sh; it only defines functions.
# Four ports in a row: AMQP, management, distribution, epmd. The wrappers in /usr/sbin are avoided: they switch to the system's node.

rabbitmq_server=/usr/lib/rabbitmq/bin/rabbitmq-server

rabbitmq_installed() { [ -x "$rabbitmq_server" ]; }

rabbitmq_uri() { echo "amqp://library:$(cat "$dir/rabbitmq.password")@127.0.0.1:$(cat "$dir/rabbitmq.port")/"; }

rabbitmq_ports_taken() {
  local i
  for i in 0 1 2 3; do ! port_taken $(($1 + i)) || return 0; done
  return 1
}

# True once the node sends its first AMQP frame, and its management API answers.
rabbitmq_answers() {
  local first
  first=$( (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'AMQP\0\0\011\001' >&3 && timeout 2 head -c1 <&3 | od -An -tu1) 2>/dev/null | tr -d ' ' || true)
  [ "$first" = 1 ] && port_taken $(($1 + 1))
}

configure_rabbitmq() {
  local port=$1
  mkdir -p "$dir/rabbitmq"/{mnesia,log,home}
  [ -s "$dir/rabbitmq.password" ] || (umask 077; secret 32 >"$dir/rabbitmq.password")
  [ -s "$dir/rabbitmq/home/.erlang.cookie" ] || (umask 077; secret 32 >"$dir/rabbitmq/home/.erlang.cookie"; chmod 400 "$dir/rabbitmq/home/.erlang.cookie")
  echo '[rabbitmq_management].' >"$dir/rabbitmq/enabled_plugins"
  # The write-ahead log of quorum queues is held in memory too: by default half a gigabyte, which alone can raise the memory alarm.
  (umask 077; cat >"$dir/rabbitmq/rabbitmq.conf") <<C
listeners.tcp.1 = 127.0.0.1:$port
management.tcp.ip = 127.0.0.1
management.tcp.port = $((port + 1))
default_user = library
default_pass = $(cat "$dir/rabbitmq.password")
vm_memory_high_watermark.absolute = 2GB
raft.wal_max_size_bytes = 67108864
disk_free_limit.absolute = 200MB
heartbeat = 15
log.console = false
C
}

start_rabbitmq() {
  local port pid name
  pid=$(cat "$dir/rabbitmq.pid" 2>/dev/null || true)
  if alive "$pid" "$dir/rabbitmq"; then say 'RabbitMQ is running already'; return; fi
  # What a killed node left behind: its epmd, and whatever it had started.
  stop_epmd
  port=$(cat "$dir/rabbitmq.port" 2>/dev/null || true)
  # The node's name, and with it the name of its data, stays when its port has to change.
  if [ -z "$port" ] || rabbitmq_ports_taken "$port"; then
    until_true 5 rabbitmq_port_found || fail 'no four free loopback ports in a row were found'
    port=$(cat "$dir/rabbitmq.port")
  fi
  name=library
  configure_rabbitmq "$port"
  rm -f "$dir/rabbitmq/pid"
  (
    export HOME="$dir/rabbitmq/home" RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME=$name@localhost
    export RABBITMQ_MNESIA_BASE="$dir/rabbitmq/mnesia" RABBITMQ_LOG_BASE="$dir/rabbitmq/log"
    export RABBITMQ_CONFIG_FILE="$dir/rabbitmq/rabbitmq.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$dir/rabbitmq/none.config"
    export RABBITMQ_ENABLED_PLUGINS_FILE="$dir/rabbitmq/enabled_plugins" RABBITMQ_PID_FILE="$dir/rabbitmq/pid"
    export RABBITMQ_NODE_PORT=$port RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=$((port + 2))
    export ERL_CRASH_DUMP="$dir/rabbitmq/log/erl_crash.dump"
    export ERL_EPMD_PORT=$((port + 3)) ERL_EPMD_ADDRESS=127.0.0.1
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
    # An epmd of our own: otherwise the node would leave a daemon behind that outlives it.
    setsid epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null >>"$dir/rabbitmq/log/epmd.log" 2>&1 &
    echo $! >"$dir/epmd.pid"
    setsid "$rabbitmq_server" </dev/null >>"$dir/rabbitmq/log/out.log" 2>&1 &
  )
  if ! until_true 90 rabbitmq_up "$port"; then
    tail -5 "$dir/rabbitmq/log/out.log" >&2
    fail "RabbitMQ did not start; see $dir/rabbitmq/log"
  fi
  cp "$dir/rabbitmq/pid" "$dir/rabbitmq.pid"
  say "RabbitMQ is up on 127.0.0.1:$port"
}

rabbitmq_port_found() {
  local port
  port=$(free_port 28000)
  ! rabbitmq_ports_taken "$port" && echo "$port" >"$dir/rabbitmq.port"
}

rabbitmq_up() { [ -s "$dir/rabbitmq/pid" ] && rabbitmq_answers "$1"; }

stop_epmd() {
  local pid
  pid=$(cat "$dir/epmd.pid" 2>/dev/null || true)
  ! alive "$pid" "$dir/rabbitmq" || end "$pid" 2
  rm -f "$dir/epmd.pid"
}

stop_rabbitmq() {
  local pid
  pid=$(cat "$dir/rabbitmq.pid" 2>/dev/null || true)
  if alive "$pid" "$dir/rabbitmq"; then
    # An orderly stop takes six seconds, five of them the statistics collector's. What was confirmed is on disk and survives a kill, so it
    # gets the time to close its log and no more.
    end "$pid" 2
    say 'RabbitMQ is stopped'
  fi
  stop_epmd
  rm -f "$dir/rabbitmq.pid"
}

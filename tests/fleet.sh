#!/usr/bin/env bash
# Loads Mosquitto and the reference consumer with many devices: bash tests/fleet.sh [--devices 5000] [--sites 1] [--rate 50] [--seconds 60] ...
set -euo pipefail
cd "$(dirname "$0")/.."
source deploy/scripts/prerequisites.sh

require_dotnet
install_missing mosquitto
build src/BayEdge.Service

folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
# With the limits of deploy/central.
cat >"$folder/mosquitto.conf" <<CONF
listener $port 127.0.0.1
allow_anonymous true
persistence true
persistence_location $folder/
CONF
grep -E '^(max_|set_tcp_nodelay )' deploy/central/mosquitto/mosquitto.conf >>"$folder/mosquitto.conf"
[ "$(id -u)" -eq 0 ] && echo "user root" >>"$folder/mosquitto.conf"
# Every device is a connection.
ulimit -n "$(ulimit -Hn)"
/usr/sbin/mosquitto -c "$folder/mosquitto.conf" >"$folder/mosquitto.log" 2>&1 &
broker=$!
trap 'kill $broker 2>/dev/null; wait $broker 2>/dev/null; rm -rf "$folder"' EXIT
sleep 1
src/BayEdge.Service/bin/Release/net10.0/bayedge fleet --broker "mqtt://127.0.0.1:$port" --broker-pid $broker "$@"

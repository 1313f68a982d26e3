#!/bin/sh
# Runs a command beside an Apertium APy that only this network namespace can reach, because APy
# listens on every interface. Started as: unshare -n inside.sh PORT MODES COMMAND...
set -eu
PATH=$PATH:/usr/sbin:/sbin
port=$1 modes=$2
shift 2
ip link set lo up
apertium-apy -p "$port" -j1 "$modes" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
"$@"

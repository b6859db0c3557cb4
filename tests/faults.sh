#!/usr/bin/env bash
# Runs a device, Mosquitto and the reference consumer through random schedules of faults, and holds the consumer's ledger against
# what the device had stored: broker killed, emptied, frozen, refusing passwords; packets dropped one way or both, lost, slow; device
# killed, frozen, its disk full, its clock set by hours, its journal lost; consumer killed, frozen, away for days with its session
# forgotten, its disk full; a second device with the same name.
#
#   tests/faults.sh [--schedules N] [--seed S]    exit 0: every ledger equals the truth; 1: one does not (its logs are kept)
#   tests/faults.sh --seed S --only K             schedule K of a seed once more, as a failure says
#   --at-a-time N                                 how many schedules run side by side (4)
#   --trust-broker                                a device that takes the broker's word for an event: losses must be found
#   --no-build                                    take what is built and installed
#
# Exit 77: this machine cannot do it; a sentence says why.
set -uo pipefail
cd "$(dirname "$0")/.."
source deploy/scripts/prerequisites.sh

usage() { sed -n '2,/^# Exit/ s/^# \{0,1\}//p' "$0"; exit 2; }
skip() { echo "Not done: $1"; exit 77; }

schedules=100 first=0 seed=$RANDOM at_a_time=4 confirmation=central build=yes
while [ $# -gt 0 ]; do
    case $1 in
        --schedules) schedules=${2:?a number}; shift ;;
        --seed) seed=${2:?a number}; shift ;;
        --only) first=${2:?a number} schedules=1; shift ;;
        --at-a-time) at_a_time=${2:?a number}; shift ;;
        --trust-broker) confirmation=broker ;;
        --no-build) build=no ;;
        *) usage ;;
    esac
    shift
done

[ "$(id -u)" -eq 0 ] || skip "only root may drop packets and mount disks."
if [ $build = yes ]; then
    require_dotnet && install_missing "${faults_packages[@]}" || exit 1
    build tests/BayEdge.Faults || { echo "The build failed."; exit 1; }
fi
for tool in mosquitto mosquitto_passwd nft ip tc unshare; do
    command -v $tool >/dev/null || skip "the program $tool is missing: apt-get install ${faults_packages[*]}."
done
ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || skip "libfaketime is missing: apt-get install ${faults_packages[*]}."
unshare --net --mount --pid --fork --kill-child --mount-proc sh -c 'ip link set lo up && nft add table inet faults' 2>/dev/null \
    || skip "this machine grants no namespaces of networks, mounts and processes, or has no nftables."

work=$(mktemp -d "${TMPDIR:-/tmp}/bayedge-faults-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
tests/BayEdge.Faults/bin/Release/net10.0/BayEdge.Faults run "$work" "$first" "$schedules" "$seed" "$at_a_time" "$confirmation"
code=$?
if [ -n "$(ls -A "$work")" ] && [ $confirmation = central ]; then
    mkdir -p artifacts && rm -rf "artifacts/faults-$seed" && mv "$work" "artifacts/faults-$seed"
    echo "What the failed schedules printed: artifacts/faults-$seed"
fi
exit $code

#!/usr/bin/env bash
# Cuts the power of a device under load, again and again, and holds what each cut leaves against what was promised; then
# a quarter as often while a device starts that found its journal damaged.
#
#   tests/powercut.sh [--cuts N] [--seed S]    exit 0: every promise was kept; 1: one was broken (card and log are kept)
#   tests/powercut.sh --measure                what an event costs the memory card: flushes and bytes
#   --lying-disk                               a disk that only pretends to flush: promises must be found broken
#   --no-build                                 take what is built and installed
#
# Exit 77: this machine cannot do it; a sentence says why.
set -uo pipefail
cd "$(dirname "$0")/.."
source deploy/scripts/prerequisites.sh

usage() { sed -n '2,/^# Exit/ s/^# \{0,1\}//p' "$0"; exit 2; }
skip() { echo "Not done: $1"; exit 77; }

cuts=300 seed=$RANDOM mode=cut build=yes lying=()
while [ $# -gt 0 ]; do
    case $1 in
        --cuts) cuts=${2:?a number}; shift ;;
        --seed) seed=${2:?a number}; shift ;;
        --measure) mode=measure ;;
        --lying-disk) lying=(lying) ;;
        --no-build) build=no ;;
        *) usage ;;
    esac
    shift
done

[ "$(id -u)" -eq 0 ] || skip "only root may mount a disk."
[ -e /dev/fuse ] || skip "this machine has no /dev/fuse."
[ -e /dev/loop-control ] || skip "this machine has no loop devices."
if [ $build = yes ]; then
    require_dotnet && install_missing "${powercut_packages[@]}" || exit 1
    dotnet build tests/BayEdge.PowerCut -c Release -v quiet -nologo -clp:ErrorsOnly || { echo "The build failed."; exit 1; }
fi
for tool in gcc pkg-config mkfs.ext4 e2fsck fusermount3 unshare; do
    command -v $tool >/dev/null || skip "the program $tool is missing: apt-get install ${powercut_packages[*]}."
done
pkg-config --exists fuse3 || skip "the FUSE library is missing: apt-get install ${powercut_packages[*]}."

# Mounts live in a namespace, processes too: however a run ends, the kernel takes both away, and the loop devices with them.
alone=(unshare --mount --pid --fork --kill-child --mount-proc)
"${alone[@]}" true 2>/dev/null || skip "this machine grants no namespaces of mounts and processes."

work=$(mktemp -d "${TMPDIR:-/tmp}/bayedge-powercut-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
tests/powercut/build.sh "$work" || { echo "The disk could not be built."; exit 1; }

program=tests/BayEdge.PowerCut/bin/Release/net10.0/BayEdge.PowerCut
arguments=(measure "$work" "$work/volatile_disk")
[ $mode = cut ] && arguments=(cut "$work" "$work/volatile_disk" "$cuts" "$seed" "${lying[@]}")
timeout --kill-after=5 $((60 + 3 * cuts)) "${alone[@]}" "$program" "${arguments[@]}"
code=$?
if [ -d "$work/broken" ] && [ ${#lying[@]} -eq 0 ]; then
    mkdir -p artifacts && rm -rf "artifacts/powercut-$seed" && mv "$work/broken" "artifacts/powercut-$seed"
    echo "Cards and logs of broken promises: artifacts/powercut-$seed"
fi
exit $code

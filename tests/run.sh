#!/usr/bin/env bash
# Installs what the tests need, builds once, runs every test project and closes with one line for the whole run.
set -uo pipefail
cd "$(dirname "$0")/.."
source deploy/scripts/prerequisites.sh

require_dotnet || exit 1
install_missing "${runtime_packages[@]}" "${powercut_packages[@]}" "${central_packages[@]}" "${faults_packages[@]}" tshark avahi-daemon socat chromium || exit 1
install_npm_if_missing || exit 1
build BayEdge.sln || { echo "The build failed."; exit 1; }

results=artifacts/tests
rm -rf "$results" && mkdir -p "$results"
passed=0 failed=0 skipped=0

# count LABEL FILE: the number behind a label in a test project's closing summary.
count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$2" | tail -1; }

for project in tests/*.Tests; do
    name=$(basename "$project")
    log="$results/$name.log"
    started=$SECONDS
    # The page's tests look for devices and gateways: in a network of their own there are none but those of the tests.
    alone=()
    [ "$name" = BayEdge.Web.Tests ] && alone=(unshare --user --map-root-user --net sh -c 'ip link set lo up && exec "$@"' sh)
    timeout 2100 "${alone[@]}" "$project/bin/Release/net10.0/$name" --no-ansi --progress off >"$log" 2>&1
    code=$?
    ok=$(count succeeded "$log") bad=$(count failed "$log") left=$(count skipped "$log")
    # A project that fails without a failed test crashed or found no tests: that counts as a failure, too.
    if [ $code -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
    printf '%-32s %4d passed, %d failed, %d skipped  %4d s\n' "$name" "${ok:-0}" "${bad:-0}" "${left:-0}" $((SECONDS - started))
    [ "${bad:-0}" -ne 0 ] && cat "$log"
    grep -A1 --no-group-separator -E '^skipped ' "$log" | sed 's/^/    /'
    passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
done

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

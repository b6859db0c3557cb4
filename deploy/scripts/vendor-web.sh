#!/usr/bin/env bash
# Bundles the libraries of the local page into wwwroot/vendor. Run only to take another version of one: the result is committed,
# so that building the product needs none of this.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=src/BayEdge.Service/wwwroot/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp deploy/scripts/vendor-web/{package.json,package-lock.json,ui.js} "$work"
(cd "$work" && npm ci --no-audit --no-fund --ignore-scripts --silent && node_modules/.bin/esbuild ui.js --bundle --format=esm --minify --target=es2020 --legal-comments=none --outfile=vendor/ui.js --log-level=warning)
# A comment in it names a site; no page may name an address outside the device.
perl -0pe 's{/\*!.*?\*/}{}gs' "$work/node_modules/@picocss/pico/css/pico.min.css" >"$work/vendor/pico.min.css"

{
    echo "The libraries in this folder, made by deploy/scripts/vendor-web.sh from the npm packages:"
    for package in preact @preact/signals @preact/signals-core htm @picocss/pico; do
        echo
        echo "== $package $(node -p "require('$work/node_modules/$package/package.json').version") =="
        cat "$(find "$work/node_modules/$package" -maxdepth 1 -iname 'licen*' | head -1)"
    done
} >"$work/vendor/LICENSES.txt"
(cd "$work/vendor" && sha256sum ui.js pico.min.css >SHA256SUMS)
rm -rf "$target" && mv "$work/vendor" "$target"
gzip -9 -c "$target/ui.js" | wc -c
gzip -9 -c "$target/pico.min.css" | wc -c

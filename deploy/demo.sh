#!/usr/bin/env bash
# Shows the whole path on one computer: simulated readers and cameras, the service, a broker, the consumer and the web page.
# Arguments go to `bayedge demo`, such as --minutes 5 --speed 20.
set -euo pipefail
cd "$(dirname "$0")/.."
source deploy/scripts/prerequisites.sh

require_dotnet
install_missing "${runtime_packages[@]}"
install_npm_if_missing
build src/BayEdge.Service/BayEdge.Service.csproj
exec src/BayEdge.Service/bin/Release/net10.0/bayedge demo "$@"

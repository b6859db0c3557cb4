#!/usr/bin/env bash
# Makes the file that a device's page takes as an update:
#   bash deploy/update/make-update.sh VERSION RUNTIME KEY [FOLDER]
# VERSION such as 1.2.0; RUNTIME linux-x64 or linux-arm64; KEY the secret key whose public half lies on the devices.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ $# -lt 3 || ! $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+$ || ! -f $3 ]]; then
  echo "expected: make-update.sh VERSION RUNTIME KEY [FOLDER], with a version such as 1.2.0 and a file with the secret key, but got: $*" >&2
  exit 2
fi
version=$1 runtime=$2 key=$(realpath "$3") folder=$(realpath "${4:-.}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet publish src/BayEdge.Service -c Release -r "$runtime" --self-contained false -p:VersionPrefix="$version" -o "$work/program" --artifacts-path "$work/artifacts" --nologo -v quiet
tar -czf "$work/program.tar.gz" -C "$work/program" --owner=0 --group=0 .
{
  echo "version=$version"
  echo "runtime=$runtime"
  echo "sha256=$(sha256sum "$work/program.tar.gz" | cut -d ' ' -f 1)"
} >"$work/manifest"
openssl dgst -sha256 -sign "$key" -out "$work/manifest.sig" "$work/manifest"
# The device reads them in this order, and believes nothing before the signature.
tar -cf "$folder/bayedge-$version-$runtime.update" -C "$work" --format=ustar --owner=0 --group=0 manifest manifest.sig program.tar.gz
echo "$folder/bayedge-$version-$runtime.update"

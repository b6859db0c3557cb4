#!/usr/bin/env bash
# Makes an authority of your own and a certificate for the broker: bash make-certificates.sh FOLDER NAME...
# NAME is what devices and consumers call the broker: a host name or an IP address. An authority
# that is there stays; the certificate is made anew.
# Give ca.crt to every device ("caFile") and consumer (--ca); keep ca.key off the broker.
set -euo pipefail
umask 077

folder=${1:?the folder is missing}
shift
[ $# -gt 0 ] || { echo "expected at least one name of the broker" >&2; exit 2; }
names=()
for name in "$@"; do
    [[ $name =~ ^[0-9.]+$|: ]] && names+=("IP:$name") || names+=("DNS:$name")
done

cd "$folder"
if [ ! -e ca.key ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7300 -subj "/CN=BayEdge authority" \
        -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout ca.key -out ca.crt 2>/dev/null
fi
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout server.key -out server.csr 2>/dev/null
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -out server.crt 2>/dev/null \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$(IFS=,; echo "${names[*]}")")
rm -f server.csr
chmod 0644 ca.crt server.crt
echo "Made $PWD/server.crt and server.key for ${names[*]}."

#!/usr/bin/env bash
# Gives a role of the central side (central or watch) a password: bash add-central.sh central [FOLDER]. Prints it.
set -euo pipefail

role=${1:?the role is missing} folder=${2:-/etc/mosquitto/bayedge}
grep -qxF "user $role" "$folder/acl" || { echo "expected a role of $folder/acl, but found '$role'" >&2; exit 2; }
password=$(openssl rand -hex 20)
touch "$folder/passwords"
chmod 0640 "$folder/passwords"
mosquitto_passwd -b "$folder/passwords" "$role" "$password"
echo "$password"

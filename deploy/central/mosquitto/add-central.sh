#!/usr/bin/env bash
# Gives a role of the central side (central, watch or tester) a password: bash add-central.sh central [FOLDER]. Prints it.
set -euo pipefail
source "$(dirname "$0")/set-password.sh"

role=${1:?the role is missing} folder=${2:-/etc/mosquitto/bayedge}
grep -qxF "user $role" "$folder/acl" || { echo "expected a role of $folder/acl, but found '$role'" >&2; exit 2; }
password=$(openssl rand -hex 20)
set_password "$folder/passwords" "$role" "$password"
echo "$password"

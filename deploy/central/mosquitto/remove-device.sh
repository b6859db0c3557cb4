#!/usr/bin/env bash
# Shuts a device out, such as one that was stolen: bash remove-device.sh SITE DEVICE [FOLDER].
set -euo pipefail

site=${1:?the site id is missing} device=${2:?the device id is missing} folder=${3:-/etc/mosquitto/bayedge}
user="$device@$site"
mosquitto_passwd -D "$folder/passwords" "$user"
# The block of the user: its line and everything up to the next user.
awk -v user="user $user" '$1 == "user" { gone = ($0 == user) } !gone' "$folder/acl" >"$folder/acl.new"
cat "$folder/acl.new" >"$folder/acl"
rm "$folder/acl.new"
echo "Then let the broker read its files anew, and put out the device if it is connected: systemctl restart mosquitto" >&2

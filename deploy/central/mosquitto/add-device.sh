#!/usr/bin/env bash
# Lets a device in: bash add-device.sh SITE DEVICE [FOLDER]. Prints the mqttUser and mqttPassword for its secrets.json.
# FOLDER holds the files acl and passwords; it is /etc/mosquitto/bayedge unless named. A device that is known gets a new password.
set -euo pipefail
source "$(dirname "$0")/set-password.sh"

site=${1:?the site id is missing} device=${2:?the device id is missing} folder=${3:-/etc/mosquitto/bayedge}
for id in "$site" "$device"; do
    [[ $id =~ ^[A-Za-z0-9._-]{1,64}$ ]] || { echo "expected an id of letters, digits, '-', '_' and '.', but found '$id'" >&2; exit 2; }
done

user="$device@$site"
password=$(openssl rand -hex 20)
set_password "$folder/passwords" "$user" "$password"
if ! grep -qxF "user $user" "$folder/acl"; then
    cat >>"$folder/acl" <<ACL

user $user
topic readwrite bayedge/v1/$site/$device/#
topic read bayedge/v1/$site/vehicles
topic readwrite bayedge/v1/$site/neighbours
ACL
fi

echo "{\"mqttUser\":\"$user\",\"mqttPassword\":\"$password\"}"
echo "Then let the broker read its files anew: systemctl reload mosquitto" >&2

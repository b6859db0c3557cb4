# Sourced by the scripts beside it.

# Gives a user a password in Mosquitto's password file: set_password FILE USER PASSWORD. It is no argument of any program, since every
# user of this computer can read those.
set_password() (
    umask 077
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    printf '%s:%s\n' "$2" "$3" >"$scratch/new"
    mosquitto_passwd -U "$scratch/new"
    touch "$1"
    chmod 0640 "$1"
    awk -F: -v user="$2" '$1 != user' "$1" | cat - "$scratch/new" >"$scratch/all"
    # Written into the file that is there, so that it keeps its owner.
    cat "$scratch/all" >"$1"
)

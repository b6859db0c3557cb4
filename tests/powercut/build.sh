#!/usr/bin/env bash
# Builds the disk with a volatile write cache: build.sh FOLDER puts volatile_disk there, unless it is newer than its source.
set -euo pipefail
source_file="$(dirname "$0")/volatile_disk.c"
target="$1/volatile_disk"
mkdir -p "$1"
[ "$target" -nt "$source_file" ] && exit 0
# shellcheck disable=SC2046 # pkg-config answers with several words
gcc -std=gnu11 -O2 -Wall -Wextra -Werror -o "$target.new" "$source_file" $(pkg-config --cflags --libs fuse3)
mv "$target.new" "$target"

#!/bin/sh
# Runs after the essential packages are in, before Postgres and Redis are. $1 is the new root.
set -eu
root=$1

# The official image's ids: data written by it and by this one has the same owner. By hand, since
# the package that brings useradd is not essential.
echo 'postgres:x:999:' >> "$root/etc/group"
echo 'postgres:x:999:999::/var/lib/postgresql:/bin/bash' >> "$root/etc/passwd"

# Debian's package would create a cluster of its own at installation.
mkdir -p "$root/etc/postgresql-common"
echo 'create_main_cluster = false' > "$root/etc/postgresql-common/createcluster.conf"

#!/bin/sh
# Runs when all packages are in. $1 is the new root.
set -eu
root=$1

chroot "$root" localedef -i en_US -c -f UTF-8 en_US.UTF-8

# A container has to be reachable from outside, as the official image is by default.
for sample in "$root"/usr/share/postgresql/*/postgresql.conf.sample; do
  sed -ri "s!^#?(listen_addresses)\s*=\s*\S+.*!\1 = '*'!" "$sample"
done

mkdir -p "$root/docker-entrypoint-initdb.d"
chroot "$root" install -d -o postgres -g postgres -m 3777 /run/postgresql
chroot "$root" install -d -o postgres -g postgres -m 1777 /var/lib/postgresql /var/lib/postgresql/data

# LLVM is a third of the tree and only speeds up long queries; Postgres goes without when it is missing.
rm -rf "$root"/usr/lib/*/libLLVM* "$root"/usr/lib/llvm-* "$root"/usr/lib/postgresql/*/lib/*llvm* "$root"/usr/lib/postgresql/*/lib/bitcode
rm -rf "$root"/usr/share/doc/* "$root"/usr/share/man/* "$root"/usr/share/info/* "$root"/usr/share/i18n "$root"/usr/share/lintian
find "$root/usr/share/locale" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/cache/debconf/*-old "$root"/var/log/*

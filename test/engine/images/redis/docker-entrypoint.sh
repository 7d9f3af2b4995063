#!/bin/sh
# Keeps the contract of the official image's entrypoint, as its documentation describes it.
set -e

case "${1:-}" in
  -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis '{}' +
  exec gosu redis "$0" "$@"
fi

# The official build has protected mode off by default, Debian's has it on and would refuse the host.
# The setting goes before the caller's own, which win, but after a config file, which must come first.
if [ "${1:-}" = redis-server ]; then
  shift
  case "${1:-}" in
    -v | --version | -h | --help | --test-memory) ;;
    '' | -*) set -- --protected-mode no "$@" ;;
    *)
      if ! grep -qs '^[[:space:]]*protected-mode' "$1"; then
        config=$1
        shift
        set -- "$config" --protected-mode no "$@"
      fi
      ;;
  esac
  set -- redis-server "$@"
fi

if [ "$(umask)" = 0022 ]; then umask 0077; fi
exec "$@"

#!/usr/bin/env bash
# Measures our server beside the floors of the same machine in one run. One line per figure: name, ours, floor, ratio.
# usage: tests/bench/run.sh [--seconds N] [--database sqlite|mysql|both] [--part contacts|files|calendar|mail|events|push|listeners|provisioning|directory|all]
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
for package in wrk gcc apache2-dev libmariadb-dev libsqlite3-dev; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

build=${GW_BUILD:-build}
cmake --preset release >/dev/null
cmake --build "$build" --target groupware mod_groupware mod_oxpush groupwarectl >/dev/null
mkdir -p "$build/bench"
# shellcheck disable=SC2046
cc -O2 -shared -fPIC -I"$(apxs -q INCLUDEDIR)" $(apr-1-config --cppflags --includes) \
  tests/bench/mod_bare.c -o "$build/bench/mod_bare.so"
# shellcheck disable=SC2046
cc -O2 tests/bench/database_floor.c $(pkg-config --cflags --libs sqlite3 libmariadb) -o "$build/bench/database_floor"
# shellcheck disable=SC2046
cc -O2 tests/bench/statement_floor.c $(pkg-config --cflags --libs sqlite3 libmariadb) -o "$build/bench/statement_floor"
exec /usr/bin/python3 tests/bench/run.py "$@"

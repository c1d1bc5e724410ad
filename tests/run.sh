#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test. The last line counts them.
#
#   tests/run.sh            everything
#   tests/run.sh --fast     unit tests and style checks only
#   tests/run.sh --mysql    unit, HTTP and WebDAV tests on MariaDB only
#   tests/run.sh --asan     everything with AddressSanitizer and UBSan; httpd runs with -X
#   tests/run.sh --release  everything as it is shipped (-O2), all of apxs-build.sh, packages on a clean root; before a release
#
# GW_FUZZ_SECONDS sets how long the long fuzzers run (60). Options can be combined. The exit code is 0 only when every test passed.
set -euo pipefail

cd "$(dirname "$0")/.."
root=$PWD
# shellcheck source=cmake/packages.sh
. cmake/packages.sh

fast=no mysql_only=no preset=tests
for option in "$@"; do
  case $option in
    --fast) fast=yes ;;
    --mysql) mysql_only=yes ;;
    --asan) preset=asan ;;
    --release) preset=release ;;
    -h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "tests/run.sh: unknown option $option (see --help)" >&2; exit 2 ;;
  esac
done
build=$root/build-$preset
if [ $preset = release ]; then
  build=$root/build
  export GW_WHOLE_APXS=yes GW_CLEAN_ROOT=yes
elif [ $preset = asan ]; then
  export GW_SANITIZER=address
  # Unit tests and groupwarectl end normally, so leaks are found; httpd's own rules are in tests/support/groupware.py.
  export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
fi
export GW_BUILD=$build

passed=0 failed=0 skipped=0 broken=() fuzzers='' lane='' lane_names=() rest=''
output=$(mktemp) fuzz_output=$(mktemp) rest_output=$(mktemp) lane_folder=$(mktemp -d)
finish() {
  if [ -n "$fuzzers" ]; then kill -- "-$fuzzers" 2>/dev/null || true; fi
  if [ -n "$lane" ]; then kill -- "-$lane" 2>/dev/null || true; fi
  rm -rf "$output" "$fuzz_output" "$rest_output" "$lane_folder"
}
trap finish EXIT

section() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

# add_counts NAME STATUS PASSED FAILED SKIPPED: a suite that failed without a failed test counts as one.
add_counts() {
  local name=$1 status=$2 bad=$4
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  passed=$((passed + $3)) failed=$((failed + bad)) skipped=$((skipped + $5))
  if [ "$bad" != 0 ]; then broken+=("$name"); fi
}

# suite NAME COMMAND...: a runner of ours.
suite() {
  local name=$1 status=0; shift
  section "$name"
  "$@" 2>&1 | tee "$output" || status=$?
  add_last_line "$name" "$status" "$output"
}

# add_last_line NAME STATUS FILE: the last line of a runner's output is "N passed, M failed, K skipped".
add_last_line() {
  local name=$1 status=$2 line
  line=$(tail -n 1 "$3")
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
    add_counts "$name" "$status" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
  else
    add_counts "$name" 1 0 0 0
  fi
}

# ctest_suite NAME OPTIONS...: CMocka, the fuzz corpora with GCC's sanitizers, and public collections of mails, calendars and payloads.
ctest_suite() {
  local name=$1 status=0 total bad skip; shift
  section "$name"
  ctest --test-dir "$build" --output-on-failure --timeout 300 -j "$(nproc)" "$@" >"$output" 2>&1 || status=$?
  # The list of passed tests is long and says nothing.
  grep -v ' Passed \|^ *Start \|^Test project' "$output" || true
  total=$(sed -n 's/.*tests failed out of \([0-9]*\)$/\1/p' "$output" | tail -n 1)
  bad=$(sed -n 's/.*, \([0-9]*\) tests failed out of .*/\1/p' "$output" | tail -n 1)
  skip=$(grep -c '\*\*\*\(Skipped\|Not Run (Disabled)\)' "$output" || true)
  add_counts "$name" "$status" $((${total:-0} - ${bad:-0} - ${skip:-0})) "${bad:-0}" "${skip:-0}"
}

# The other suites wait for servers most of the time: the fuzzers take what they leave. They bring sanitizers of their own. Their
# build must not starve, or they run alone at the end.
start_fuzzers() {
  set -m
  nice -n 5 tests/fuzz/run.py --quick-build --seconds "${GW_FUZZ_SECONDS:-60}" >"$fuzz_output" 2>&1 &
  fuzzers=$!
  set +m
}

# beside NAME COMMAND...: a suite of the second lane. Suites wait for their servers much of the time: two fill two cores.
beside() {
  local index=${#lane_names[@]}
  lane_names+=("$1"); shift
  printf '%q ' "$@" >"$lane_folder/$index.command"
}

start_lane() {
  set -m
  (
    for index in "${!lane_names[@]}"; do
      status=0 began=$SECONDS
      bash "$lane_folder/$index.command" >"$lane_folder/$index.output" 2>&1 || status=$?
      echo "$status $began $SECONDS" >"$lane_folder/$index.status"
    done
  ) &
  lane=$!
  set +m
}

# What the second lane did, suite by suite.
await_lane() {
  local index status began ended
  wait "$lane" || true
  lane=
  for index in "${!lane_names[@]}"; do
    read -r status began ended <"$lane_folder/$index.status"
    section "${lane_names[$index]}, in the second lane from $began s to $ended s"
    cat "$lane_folder/$index.output"
    add_last_line "${lane_names[$index]}" "$status" "$lane_folder/$index.output"
  done
}

await_fuzzers() {
  local status=0
  section "fuzzers"
  wait "$fuzzers" || status=$?
  fuzzers=
  cat "$fuzz_output"
  add_last_line "fuzzers" "$status" "$fuzz_output"
}

# install_rest: what only the suites need, while the compilers work. One call of apt where nothing is amiss, else group by group.
install_rest() {
  local group
  local -a groups=(mysql test mail mail_test) all=()
  if [ $fast = no ]; then groups+=(dav cyrus browser domain monitoring packing); fi
  for group in "${groups[@]}"; do
    local -n packages=packages_$group
    all+=("${packages[@]}")
  done
  if ! install_missing "${all[@]}" 2>/dev/null; then
    for group in "${groups[@]}"; do
      local -n packages=packages_$group
      install_missing "${packages[@]}" || true
    done
  fi
  if [ $fast = no ]; then unpack_cyrus "$build/cyrus" || true; fi
  unpack_corpora "$build/corpora" || true
}

check_scripts() {
  local -a scripts=(debian/*.postinst debian/*.postrm conf/munin/groupware_munin quickstart.sh apxs-build.sh tests/run.sh .ci/run
    cmake/packages.sh cmake/compile_test.sh tests/support/mail_recipes.sh tests/support/sample_recipes.sh)
  if shellcheck "${scripts[@]}"; then
    echo "1 passed, 0 failed, 0 skipped"
  else
    echo "0 passed, 1 failed, 0 skipped"
  fi
}

section "packages"
install_missing "${packages_build[@]}" "${packages_test_build[@]}"
install_rest >"$rest_output" 2>&1 &
rest=$!

# Hashing the precompiled headers for a cache that holds nothing costs a sixth of the build.
if command -v ccache >/dev/null && ccache --print-stats 2>/dev/null | grep -q '^files_in_cache[[:space:]]*0$'; then
  export CCACHE_DISABLE=1
fi
section "build ($preset)"
cmake --preset $preset >"$output" 2>&1 || { cat "$output"; exit 1; }
# The lock is quickstart.sh's: two builds in one folder spoil each other.
if ! flock "$build/.lock" cmake --build "$build" >"$output" 2>&1; then
  grep -v '^\[' "$output" || true
  printf '\nthe build failed\n0 passed, 1 failed, 0 skipped\n'
  exit 1
fi

wait "$rest" || true
cat "$rest_output"
if [ $fast = no ] && [ $mysql_only = no ] && [ $preset != asan ]; then start_fuzzers; fi
if [ $fast = yes ]; then
  suite "style" tests/style/run.py
else
  suite "scripts" check_scripts
  beside "style" tests/style/run.py
  # What mails need of a database is tried with the other IMAP server.
  if [ $mysql_only = no ]; then
    beside "HTTP on MariaDB" tests/http/run.py --database mysql '!mail/' '!mailfilter/'
    # Faults need a Dovecot, and what a space remembers of them needs the database.
    beside "faults of mail servers, on MariaDB" tests/http/run.py --database mysql mail/faults
  else
    beside "HTTP on MariaDB" tests/http/run.py --database mysql
  fi
  beside "WebDAV on MariaDB" tests/dav/run.py --database mysql
  if [ $mysql_only = no ]; then
    beside "mail on Cyrus and MariaDB" tests/http/run.py --database mysql --imap cyrus mail/ mailfilter/
    beside "mail without extensions of IMAP" tests/http/run.py --imap dovecot-without-everything \
      mail/thin_path mail/archive mail/choices mail/answers
    # The lane above has none of them. A server that can do half of a thing is another case.
    beside "mail without MOVE" tests/http/run.py --imap dovecot-without-MOVE mail/thin_path mail/archive
    beside "restart" tests/restart/run.py
  fi
  start_lane
fi
if [ $mysql_only = no ]; then
  suite "unit tests on SQLite" tests/support/unit_tests.py "$build"
  ctest_suite "border, fuzz corpora, mails and calendars of others" -R '^(boundary|calendar|fuzz|mail)_'
fi
if [ $fast = no ]; then
  if [ $mysql_only = no ]; then
    section "groupwarectl"
    if tests/cli/groupwarectl_test.py "$build/groupwarectl/groupwarectl"; then
      add_counts "groupwarectl" 0 1 0 0
    else
      add_counts "groupwarectl" 1 0 1 0
    fi
    if tests/cli/known_tools_test.py "$build/groupwarectl/groupwarectl"; then
      add_counts "known tool names" 0 1 0 0
    else
      add_counts "known tool names" 1 0 1 0
    fi
  fi
  suite "unit tests on MariaDB" tests/support/unit_tests.py --database mysql "$build"
  if [ $mysql_only = no ]; then
    suite "HTTP on SQLite" tests/http/run.py --database sqlite
    suite "WebDAV on SQLite" tests/dav/run.py --database sqlite
    suite "push" tests/push/run.py
    # Not under -X: when it is stopped with clients connected, httpd's own main thread closes sockets that are freed already.
    if [ $preset != asan ]; then suite "proofs" tests/proof/run.py; fi
    # On a root that is thrown away; what has a sanitizer's library is not packed.
    if [ $preset != asan ]; then suite "packages" tests/packaging/run.py; fi
  fi
  await_lane
  if [ -n "$fuzzers" ]; then await_fuzzers; fi
fi

printf '\n'
for name in "${broken[@]}"; do echo "failed: $name"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]

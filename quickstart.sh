#!/usr/bin/env bash
# Installs what is missing, builds, and starts a private server with sample users. It never touches the system's own Apache.
#
#   ./quickstart.sh [--state DIR] [--port N] [--database sqlite|mysql] [--no-sample]
#   ./quickstart.sh [--state DIR] --status
#   ./quickstart.sh [--state DIR] --stop
#
# --state DIR   everything it makes and starts lives here (default ./run)
# --port N      HTTP port on 127.0.0.1 (default 8080); IMAP uses N+1, SMTP N+2, ManageSieve N+3, LMTP N+4, MariaDB N+5
# --database    sqlite (default) or mysql: a private MariaDB in the state folder
# --no-sample   users only, without contacts, folders, events, tasks, files and mails
# --status      tells whether it runs; exit code 0 when it answers a login, 3 when it is not running
# --stop        stops everything that was started from the state folder; the data stays
#
# Returns 0 only when the server answers a login. A second run is fast and keeps the data.
set -euo pipefail

project=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=cmake/packages.sh
. "$project/cmake/packages.sh"
# shellcheck source=tests/support/mail_recipes.sh
. "$project/tests/support/mail_recipes.sh"
# shellcheck source=tests/support/sample_recipes.sh
. "$project/tests/support/sample_recipes.sh"

fail() {
  echo "quickstart: $*" >&2
  exit 1
}

state=$PWD/run port='' database='' sample=yes action=start
while [ $# -gt 0 ]; do
  case $1 in
    --state=* | --port=* | --database=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
  esac
  case $1 in
    --state) state=${2:?--state needs a folder}; shift 2 ;;
    --port) port=${2:?--port needs a number}; shift 2 ;;
    --database) database=${2:?--database needs sqlite or mysql}; shift 2 ;;
    --no-sample) sample=no; shift ;;
    --stop) action=stop; shift ;;
    --status) action=status; shift ;;
    -h | --help) sed -n '2,16s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "quickstart: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
done
if [[ -n $port && ! $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "${port:-1}" -gt 65528 ]; then
  fail "--port must be a number up to 65528"
fi
case $database in '' | sqlite | mysql) ;; *) fail "--database must be sqlite or mysql" ;; esac

# tests/run.sh has compiled it elsewhere.
build=${GW_BUILD:-$project/build}
httpd=/usr/sbin/apache2
stock=/usr/lib/apache2/modules
password=secret
users=(user1 user2 user3 user4 user5)
# Where Dovecot tells of new mail.
notify_path=/preliminary/http-notify/v1/notify
has_mail=yes

# ---- state folder -------------------------------------------------------------------------------------------------

# others_may_search DIR: DIR and all its parents let the server's account through.
others_may_search() {
  local folder=$1
  while :; do
    if [ -d "$folder" ] && [ $(($(stat -c %a "$folder") % 2)) = 0 ]; then return 1; fi
    [ "$folder" != / ] || return 0
    folder=$(dirname "$folder")
  done
}

# As root the server runs under another account, which cannot enter a closed home folder: then the state lives below
# /var/lib and the wanted name becomes a link to it.
make_state() {
  if [ ! -e "$state" ] && [ "$(id -u)" = 0 ] && ! others_may_search "$(dirname "$(realpath -m "$state")")"; then
    local place
    place=/var/lib/groupware-quickstart/$(realpath -m "$state" | cksum | cut -d ' ' -f 1)
    mkdir -p "$place" "$(dirname "$state")"
    ln -s "$place" "$state"
    echo "$state is a link to $place: the server's account cannot enter $(dirname "$state")"
  fi
  mkdir -p "$state"
  state=$(cd "$state" && pwd -P)
  [ ${#state} -lt 70 ] || fail "the path $state is too long for Unix sockets; choose a shorter --state"
  chmod 0711 "$state"
  if [ "$(id -u)" = 0 ] && ! others_may_search "$state"; then
    fail "the server's account cannot enter $state; choose another --state, such as /var/tmp/groupware"
  fi
  mkdir -p "$state"/{run,logs,htdocs,data,data/files,data/uploads}
  chmod 0755 "$state"/{run,logs,htdocs}
  chmod 0750 "$state/data"
  if [ "$(id -u)" = 0 ]; then chown -R "$account:$account_group" "$state"/{run,data}; fi
}

# The account that httpd drops to when it is started by root.
choose_account() {
  account=$(id -un) account_group=$(id -gn)
  if [ "$(id -u)" = 0 ]; then
    account=www-data account_group=www-data
    getent passwd www-data >/dev/null || account=nobody account_group=nogroup
  fi
}

# The settings of the first start count for later ones: data lives in one database, and a running server has one port.
read_settings() {
  local saved_port='' saved_database=''
  if [ -f "$state/settings" ]; then
    read -r saved_port saved_database <"$state/settings"
  fi
  if [ -n "$saved_database" ] && [ -n "$database" ] && [ "$database" != "$saved_database" ]; then
    fail "$state holds data for $saved_database; use another --state for $database"
  fi
  database=${database:-${saved_database:-sqlite}}
  if is_running "$state/run/httpd.pid" && [ -n "$port" ] && [ "$port" != "$saved_port" ]; then
    fail "it is running on port $saved_port; stop it first: $0 --state $state --stop"
  fi
  port=${port:-${saved_port:-8080}}
  database_port=$((port + 5))
  if [ "$database" = mysql ] && [[ $state = *[[:space:]]* ]]; then
    fail "mariadb-install-db does not work below $state; choose a --state without blanks"
  fi
}

# ---- processes ----------------------------------------------------------------------------------------------------

# is_running PIDFILE: the process of that number is alive and was started from this state folder.
is_running() {
  local pid
  [ -s "$1" ] || return 1
  read -r pid <"$1"
  [[ $pid =~ ^[0-9]+$ ]] && [ -r "/proc/$pid/cmdline" ] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$state/"
}

# wait_for SECONDS COMMAND...: polls until the command succeeds.
wait_for() {
  local deadline=$((SECONDS + $1)); shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.02
  done
}

# is_dead PID: gone, or a zombie that nobody has waited for yet.
is_dead() { ! grep -q '^State:[[:space:]]*[^Z[:space:]]' "/proc/$1/status" 2>/dev/null; }

# stop_process NAME PIDFILE: the pid file goes before the process does, so the process counts.
stop_process() {
  local pid
  is_running "$2" || return 0
  read -r pid <"$2"
  kill "$pid"
  if ! wait_for 20 is_dead "$pid"; then
    kill -9 "$pid"
    echo "quickstart: $1 did not stop in time and was killed" >&2
  fi
}

is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_free_port() {
  if is_listening "$1"; then
    fail "port $1 ($2) is in use by another program; choose another --port"
  fi
}

# ---- build --------------------------------------------------------------------------------------------------------

build_all() {
  local -a packages=("${packages_build[@]}")
  if [ "$database" = mysql ]; then packages+=("${packages_mysql[@]}"); fi
  install_missing "${packages[@]}"
  install_mail
  mkdir -p "$build"
  # One at a time: two builds in one folder spoil each other.
  (flock 9 && build_targets) 9>"$build/.lock"
}

build_targets() {
  local log=$state/logs/build.log
  if [ ! -f "$build/build.ninja" ] || [ "$project/CMakePresets.json" -nt "$build/build.ninja" ]; then
    (cd "$project" && cmake --preset release -B "$build") >"$log" 2>&1 || { tail -n 30 "$log" >&2; fail "configuring failed, see $log"; }
  fi
  if ! cmake --build "$build" --target mod_groupware mod_oxpush groupwarectl >"$log" 2>&1; then
    grep -v '^\[' "$log" | tail -n 40 >&2
    fail "building failed, see $log"
  fi
}

# ---- database -----------------------------------------------------------------------------------------------------

url_file() { echo "$state/database-url"; }

prepare_sqlite() {
  local file=$state/data/groupware.db
  if [ ! -e "$file" ]; then
    # An empty file is an empty database. SQLite gives its side files the owner of this one.
    (umask 0027 && : >"$file")
    if [ "$(id -u)" = 0 ]; then chown "$account:$account_group" "$file"; fi
  fi
  (umask 0077 && echo "sqlite:$file" >"$(url_file)")
}

start_mariadb() {
  local folder=$state/mariadb user_line='' secret
  if [ ! -f "$(url_file)" ]; then
    secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  else
    secret=$(sed 's|^mysql://[^:]*:\([^@]*\)@.*|\1|' "$(url_file)")
  fi
  (umask 0077 && echo "mysql://groupware:$secret@127.0.0.1:$database_port/groupware" >"$(url_file)")
  if [ "$(id -u)" = 0 ]; then user_line=user=mysql; fi
  if ! is_running "$folder/db.pid"; then
    need_free_port "$database_port" MariaDB
    mkdir -p "$folder"
    if [ ! -d "$folder/data/mysql" ]; then
      rm -rf "$folder/data"
      if [ "$(id -u)" = 0 ]; then chown mysql:mysql "$folder"; fi
      mariadb-install-db --no-defaults --datadir="$folder/data" ${user_line:+--$user_line} --skip-test-db \
        --auth-root-authentication-method=normal --innodb-log-file-size=8M >"$state/logs/mariadb-install.log" 2>&1 ||
        fail "mariadb-install-db failed, see $state/logs/mariadb-install.log"
    fi
    cat >"$folder/my.cnf" <<CONF
[mariadbd]
$user_line
datadir=$folder/data
socket=$folder/db.sock
pid-file=$folder/db.pid
log-error=$folder/db.err
bind-address=127.0.0.1
port=$database_port
skip-name-resolve
character-set-server=utf8mb4
default-time-zone=+00:00
innodb-buffer-pool-size=64M
innodb-log-file-size=8M
performance-schema=OFF
init-file=$folder/init.sql
CONF
    (
      umask 0077
      cat >"$folder/init.sql" <<SQL
CREATE DATABASE IF NOT EXISTS groupware CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'groupware'@'127.0.0.1' IDENTIFIED BY '$secret';
GRANT ALL ON groupware.* TO 'groupware'@'127.0.0.1';
SQL
    )
    if [ "$(id -u)" = 0 ]; then chown mysql:mysql "$folder/init.sql"; fi
    setsid mariadbd --defaults-file="$folder/my.cnf" </dev/null >>"$state/logs/mariadb.log" 2>&1 &
    mariadb_pid=$!
    disown
    wait_for 20 mariadb_settled || true
  fi
  mariadb_answers || { tail -n 5 "$folder/db.err" >&2; fail "MariaDB does not answer, see $folder/db.err"; }
}

# It answers, or it ended.
mariadb_settled() { mariadb_answers || is_dead "$mariadb_pid"; }

mariadb_answers() {
  mariadb-admin --no-defaults -uroot -S "$state/mariadb/db.sock" ping >/dev/null 2>&1
}

# In the environment: a command line is visible to everybody.
ctl() { GROUPWARE_DATABASE=$(cat "$(url_file)") "$build/groupwarectl/groupwarectl" "$@"; }

make_users() {
  local status=0 name
  ctl migrate >"$state/logs/migrate.log" 2>&1 || { cat "$state/logs/migrate.log" >&2; fail "the database schema could not be made"; }
  ctl context show --id 1 >/dev/null 2>&1 || status=$?
  case $status in
    0) ;;
    4) ctl context create --id 1 --name defaultcontext --admin oxadmin --password "$password" \
      --admin-mail oxadmin@example.test >/dev/null ;;
    *) ctl context show --id 1 >&2 || true; fail "groupwarectl cannot read the database" ;;
  esac
  for name in "${users[@]}"; do
    if ! ctl user show --context 1 --name "$name" >/dev/null 2>&1; then
      ctl user create --context 1 --name "$name" --password "$password" --mail "$name@example.test" \
        --given-name User --surname "${name#user}" --display-name "User ${name#user}" >/dev/null
    fi
  done
}

# ---- mail ---------------------------------------------------------------------------------------------------------

# Without these packages, or with another mail server in their place, everything but mail works.
install_mail() {
  if ! install_missing "${packages_mail[@]}" >"$state/logs/mail-install.log" 2>&1; then
    has_mail=no
    echo "quickstart: no mail servers, see $state/logs/mail-install.log" >&2
  fi
}

dovecot_pid_file() { echo "$state/mail/run/master.pid"; }
exim_pid_file() { echo "$state/smtp/exim.pid"; }

# start_mail: one server for the mailboxes, one that takes mails. Both go to the background by themselves.
start_mail() {
  local mail_account=$account mail_group=$account_group mail_tls=no mail_users='' name
  local mail_imap_port=$((port + 1)) mail_smtp_port=$((port + 2)) mail_sieve_port=$((port + 3)) mail_lmtp_port=$((port + 4))
  local mail_notify=http://dovecot:$password@127.0.0.1:$port$notify_path
  for name in oxadmin "${users[@]}"; do mail_users+="$name $password"$'\n'; done
  local mail_folder=$state/mail
  if ! is_running "$(dovecot_pid_file)"; then
    mkdir -p "$mail_folder"
    write_dovecot_config
    rm -f "$(dovecot_pid_file)"
    dovecot -c "$mail_folder/dovecot.conf" </dev/null >>"$state/logs/mail.log" 2>&1 ||
      { tail -n 5 "$state/logs/mail.log" >&2; fail "Dovecot did not start, see $mail_folder/dovecot.log"; }
  fi
  wait_for 20 mail_greets $mail_imap_port '\* OK' 'a LOGOUT' || fail "Dovecot does not answer, see $mail_folder/dovecot.log"
  local mail_dovecot=$mail_folder
  mail_folder=$state/smtp
  if ! is_running "$(exim_pid_file)"; then
    mkdir -p "$mail_folder"
    write_exim_config
    /usr/sbin/exim4 -C "$mail_folder/exim.conf" -bd -q5s </dev/null >>"$state/logs/mail.log" 2>&1 ||
      { tail -n 5 "$state/logs/mail.log" >&2; fail "Exim did not start, see $mail_folder/log"; }
  fi
  wait_for 20 mail_greets $mail_smtp_port '220 ' QUIT || fail "Exim does not answer, see $mail_folder/log"
}

# mail_greets PORT PATTERN FAREWELL: an open port is not enough. Who leaves without a word delays Dovecot's stop.
mail_greets() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" && IFS= read -r -t 5 line <&3 && printf '%s\r\n' "$3" >&3 && cat <&3 >/dev/null
    [[ $line =~ ^$2 ]]
  ) 2>/dev/null
}

stop_mail() {
  local pid
  stop_process Exim "$(exim_pid_file)"
  if is_running "$(dovecot_pid_file)"; then
    read -r pid <"$(dovecot_pid_file)"
    stop_process Dovecot "$(dovecot_pid_file)"
    # Who is signed in is served on after the master's end.
    kill -9 -- "-$pid" 2>/dev/null || true
  fi
}

# File names tell the user: user1-....eml.
make_mail_sample() {
  local marker=$state/data/sample-mail-is-there file name
  [ ! -e "$marker" ] || return 0
  for file in "$project"/tests/data/sample-mail/*.eml; do
    name=$(basename "$file")
    doveadm -c "$state/mail/dovecot.conf" save -u "${name%%-*}" -m INBOX <"$file" >>"$state/logs/mail.log" 2>&1 ||
      { tail -n 5 "$state/logs/mail.log" >&2; fail "the sample mail $name was refused"; }
  done
  : >"$marker"
}

# ---- httpd --------------------------------------------------------------------------------------------------------

mail_directives() {
  [ $has_mail = yes ] || return 0
  echo "GroupwareMailServer imap://127.0.0.1:$((port + 1)) tls=none"
  echo "GroupwareTransportServer smtp://127.0.0.1:$((port + 2)) tls=none"
  echo "GroupwareNoReply oxadmin@example.test login=oxadmin secret=$password"
  echo "GroupwareSieveServer sieve://127.0.0.1:$((port + 3)) tls=none"
  echo "GroupwareMailNotify dovecot $password"
  printf '<Location %s>\n    SetHandler groupware-mail-notify\n    Require local\n</Location>\n' "$notify_path"
}

write_httpd_config() {
  local account_lines='' name
  if [ "$(id -u)" = 0 ]; then account_lines="User $account"$'\n'"Group $account_group"; fi
  {
    cat <<CONF
# Written by quickstart.sh at each start.
ServerRoot "$state"
ServerName localhost
Listen 127.0.0.1:$port
PidFile run/httpd.pid
DefaultRuntimeDir run
Mutex file:run default
ErrorLog logs/error.log
TypesConfig /etc/mime.types
$account_lines
CONF
    for name in mpm_event authz_core authz_host mime dir alias headers deflate setenvif filter socache_shmcb log_config status auth_basic authn_core authz_user dav; do
      # log_config is built into Debian's httpd.
      if [ -e "$stock/mod_$name.so" ]; then echo "LoadModule ${name}_module $stock/mod_$name.so"; fi
    done
    cat <<CONF
LoadModule groupware_module "$build/mod_groupware/mod_groupware.so"
LoadModule oxpush_module "$build/mod_oxpush/mod_oxpush.so"
StartServers 2
ThreadsPerChild 25
MaxRequestWorkers 100
LogFormat "%a %u %t \"%m %U %H\" %>s %b %D" requests
CustomLog logs/access.log requests
DocumentRoot htdocs
<Directory "$state/htdocs">
    Require all granted
</Directory>
<Location /server-status>
    SetHandler server-status
    Require local
</Location>
Header always set X-Content-Type-Options nosniff
GroupwareDatabase "file:$state/database-url"
GroupwareFileStore "file:$state/data/files"
GroupwareUploadFolder "$state/data/uploads"
GroupwareApiRoot /ajax /appsuite/api
GroupwareApi On
$(mail_directives)
<Location /servlet/webdav.infostore>
    DAV groupware
    AuthType Basic
    AuthName Files
    AuthBasicProvider groupware
    Require valid-user
</Location>
OXPush On
OXPushUdp On
OXPushPort $((port + 7))
OXPushClientBind 127.0.0.1
OXPushDelay 5s
CONF
  } >"$state/httpd.conf"
  cat >"$state/htdocs/index.html" <<HTML
<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Groupware</title>
<p>The groupware is running. Its HTTP API answers below <code>/ajax</code>.</p></html>
HTML
}

start_httpd() {
  if is_running "$state/run/httpd.pid"; then
    # The modules may have been built anew.
    if [ "$build/mod_groupware/mod_groupware.so" -nt "$state/run/httpd.pid" ] || [ "$build/lib/libgroupware.so" -nt "$state/run/httpd.pid" ]; then
      stop_process httpd "$state/run/httpd.pid"
    else
      return 0
    fi
  fi
  need_free_port "$port" HTTP
  if ! "$httpd" -f "$state/httpd.conf" -k start >"$state/logs/start.log" 2>&1; then
    cat "$state/logs/start.log" >&2
    tail -n 20 "$state/logs/error.log" >&2 2>/dev/null || true
    fail "httpd did not start"
  fi
}

# login NAME COOKIE-FILE: prints the session id; fails when the server refuses.
login() {
  curl -sS -m 20 -c "$2" -d "name=$1" -d "password=$password" "http://127.0.0.1:$port/ajax/login?action=login" 2>/dev/null |
    sed -n 's/.*"session" *: *"\([0-9a-f]\{32\}\)".*/\1/p' | grep .
}

answers_login() { login user1 /dev/null >/dev/null; }

# ---- actions ------------------------------------------------------------------------------------------------------

stop_all() {
  stop_process httpd "$state/run/httpd.pid"
  stop_mail
  stop_process MariaDB "$state/mariadb/db.pid"
}

mail_lines() {
  if is_running "$(dovecot_pid_file)"; then
    echo "  mail      IMAP 127.0.0.1:$((port + 1)), SMTP $((port + 2)), ManageSieve $((port + 3)); user1@example.test, password $password"
  else
    echo "  mail      not running"
  fi
}

show() {
  cat <<TEXT

The groupware is running.
  URL       http://127.0.0.1:$port/ajax/   (also /appsuite/api/)
  files     http://127.0.0.1:$port/servlet/webdav.infostore/   (WebDAV)
  login     user1 … user5 and oxadmin, password $password; user1@defaultcontext works, too
  try       curl -d 'name=user1&password=$password' 'http://127.0.0.1:$port/ajax/login?action=login'
$(mail_lines)
  database  $database$([ "$database" = sqlite ] || echo " on 127.0.0.1:$database_port")
  state     $state   (logs: $state/logs)
  stop      $project/quickstart.sh --state $state --stop
TEXT
}

main() {
  choose_account
  if [ $action != start ]; then
    [ -d "$state" ] || { echo "not running: there is no $state"; [ $action = stop ] || exit 3; exit 0; }
    state=$(cd "$state" && pwd -P)
  fi
  case $action in
    stop)
      stop_all
      echo "stopped; the data stays in $state"
      ;;
    status)
      read_settings
      if ! is_running "$state/run/httpd.pid"; then
        echo "not running"
        exit 3
      fi
      answers_login || fail "httpd runs on port $port, but answers no login; see $state/logs/error.log"
      show
      ;;
    start)
      make_state
      read_settings
      if ! is_running "$state/run/httpd.pid"; then need_free_ports; fi
      build_all
      echo "$port $database" >"$state/settings"
      if [ "$database" = mysql ]; then start_mariadb; else prepare_sqlite; fi
      if [ $has_mail = yes ]; then start_mail; fi
      write_httpd_config
      make_users
      start_httpd
      if ! wait_for 30 answers_login; then
        tail -n 20 "$state/logs/error.log" >&2 || true
        fail "the server does not answer a login, see $state/logs/error.log"
      fi
      if [ $sample = yes ]; then
        make_sample
        if [ $has_mail = yes ]; then make_mail_sample; fi
      fi
      show
      ;;
  esac
}

# Before the long build: a taken port should not cost minutes.
need_free_ports() {
  need_free_port "$port" HTTP
  if ! is_running "$(dovecot_pid_file)"; then
    need_free_port $((port + 1)) IMAP
    need_free_port $((port + 3)) ManageSieve
    need_free_port $((port + 4)) LMTP
  fi
  if ! is_running "$(exim_pid_file)"; then need_free_port $((port + 2)) SMTP; fi
  if [ "$database" = mysql ] && ! is_running "$state/mariadb/db.pid"; then need_free_port "$database_port" MariaDB; fi
}

main

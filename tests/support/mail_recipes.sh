#!/usr/bin/env bash
# Recipes of private mail servers: writes the configuration of Dovecot or Exim into a folder. The one place that knows how they
# are set up: quickstart.sh sources it, tests/support/mail_servers.py runs it.
#
#   mail_recipes.sh dovecot|exim        settings come from the environment
#
# mail_folder    the server's folder: absolute, searchable for everybody; configuration files in it stay with the caller
# mail_account, mail_group    who owns the mailboxes and the queue
# mail_users     "name password" pairs, one a line (Dovecot)
# mail_tls       yes: cert.pem and key.pem lie in the folder; no: plain text only
# mail_imap_port mail_lmtp_port mail_sieve_port mail_pop3_port mail_smtp_port    on 127.0.0.1; no POP3 without a port, and no
#                answers or redirects of rules without that of SMTP
# mail_imaps_port mail_pop3s_port mail_smtps_port    with mail_tls=yes
# mail_dovecot   Dovecot's folder, whose users may sign in (Exim)
# mail_introspection    URL where Dovecot asks about tokens that are no JWT (RFC 7662); empty: nowhere
# mail_notify    URL that Dovecot tells of new mail (http-notify); empty: none
#
# Dovecot reads extra.conf of its folder last. Exim's folder ctl/ holds fault switches that count at once: the file
# "reject", "defer" (text of the answer), or "slow" (seconds) is for RCPT, with "-data" behind it for the end of DATA, and
# "open" lets anybody send. "reject-only" and "defer-only" hold the local part of the one recipient that is refused: tests that run
# beside each other share one Exim. Master users of Dovecot: master*user with the password msecret, when the file masters lists one.
# shellcheck disable=SC2154  # the settings are the caller's

mail_dovecot_protocols() {
  local protocols="imap lmtp sieve"
  if [ -n "${mail_pop3_port:-}" ]; then protocols="$protocols pop3"; fi
  echo "$protocols"
}

# Port lines of one protocol: NAME PORT TLS-NAME TLS-PORT.
mail_listeners() {
  echo "  inet_listener $1 { "
  echo "    port = ${2:-0}"
  echo "  }"
  if [ -n "$3" ]; then
    echo "  inet_listener $3 {"
    echo "    port = ${4:-0}"
    if [ "$mail_tls" = yes ]; then echo "    ssl = yes"; fi
    echo "  }"
  fi
}

# A caller who is not root cannot change accounts.
mail_unprivileged_dovecot() {
  [ "$(id -u)" != 0 ] || return 0
  local service
  printf '%s\n' "default_internal_user = $mail_account" "default_login_user = $mail_account" "default_internal_group = $mail_group"
  for service in imap-login managesieve-login pop3-login anvil stats; do printf 'service %s {\n  chroot =\n}\n' $service; done
}

# Where rules send answers and redirects; Exim knows Dovecot by this name.
mail_sieve_sending() {
  printf '%s\n' "hostname = dovecot.example.test" "submission_host = 127.0.0.1:$mail_smtp_port"
}

mail_introspecting_passdb() {
  printf 'passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = %s/introspection.conf\n}\n' "$mail_folder"
  printf '%s\n' "introspection_mode = post" "introspection_url = $mail_introspection" "force_introspection = yes" \
    "username_attribute = username" "username_format = %Ln" "active_attribute = active" "active_value = true" \
    >"$mail_folder/introspection.conf"
}

write_dovecot_config() {
  local name secret owner
  # Complete entries: the sharing of folders asks for the homes of others.
  owner=$(id -u "$mail_account"):$(getent group "$mail_group" | cut -d : -f 3)
  mkdir -p "$mail_folder"/{run,mail,keys}
  if [ "$(id -u)" = 0 ]; then chown "$mail_account:$mail_group" "$mail_folder/mail"; fi
  : >"$mail_folder/users"
  while read -r name secret; do
    if [ -n "$name" ]; then echo "$name:{PLAIN}$secret:$owner::$mail_folder/mail/$name::" >>"$mail_folder/users"; fi
  done <<<"$mail_users"
  [ -e "$mail_folder/masters" ] || : >"$mail_folder/masters"
  {
    cat <<CONF
base_dir = $mail_folder/run
state_dir = $mail_folder/run
instance_name = groupware
log_path = $mail_folder/dovecot.log
listen = 127.0.0.1
protocols = $(mail_dovecot_protocols)
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_username_format = %Ln
auth_master_user_separator = *
auth_failure_delay = 0 secs
mail_max_userip_connections = 40
CONF
    if [ -n "${mail_smtp_port:-}" ]; then mail_sieve_sending; fi
    if [ "$mail_tls" = yes ]; then
      printf '%s\n' "ssl = yes" "ssl_cert = <$mail_folder/cert.pem" "ssl_key = <$mail_folder/key.pem"
    else
      echo "ssl = no"
    fi
    mail_unprivileged_dovecot
    cat <<CONF
passdb {
  driver = passwd-file
  args = $mail_folder/masters
  master = yes
}
passdb {
  driver = passwd-file
  mechanisms = plain login
  args = $mail_folder/users
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $mail_folder/oauth2.conf
}
CONF
    if [ -n "${mail_introspection:-}" ]; then mail_introspecting_passdb; fi
    cat <<CONF
userdb {
  driver = passwd-file
  args = $mail_folder/users
}
mail_uid = $mail_account
mail_gid = $mail_group
mail_home = $mail_folder/mail/%n
mail_location = maildir:~/Maildir
first_valid_uid = 1
first_valid_gid = 1
lda_mailbox_autocreate = yes
recipient_delimiter = +
mail_plugins = quota acl notify${mail_notify:+ push_notification}
imap_metadata = yes
mail_attribute_dict = file:%h/attributes
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \\Drafts
    auto = subscribe
  }
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Spam {
    special_use = \\Junk
    auto = subscribe
  }
  mailbox Trash {
    special_use = \\Trash
    auto = subscribe
  }
}
namespace shared {
  type = shared
  prefix = shared/%%n/
  separator = /
  subscriptions = no
  list = children
  location = maildir:$mail_folder/mail/%%n/Maildir:INDEXPVT=~/shared/%%n
}
# Each encrypted connection stays with a login process of its own, and the tests keep hundreds of connections.
service anvil {
  client_limit = 4000
}
service imap-login {
  process_limit = 600
$(mail_listeners imap "$mail_imap_port" imaps "${mail_imaps_port:-}")
}
service managesieve-login {
$(mail_listeners sieve "$mail_sieve_port" "")
}
service lmtp {
$(mail_listeners lmtp "$mail_lmtp_port" "")
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
# Unused, and their names are too long for sockets below a long folder.
service aggregator {
  unix_listener replication-notify {
    mode = 0
  }
  fifo_listener replication-notify-fifo {
    mode = 0
  }
}
protocol imap {
  mail_plugins = \$mail_plugins imap_quota imap_acl imap_filter_sieve
}
protocol lmtp {
  mail_plugins = \$mail_plugins sieve
  postmaster_address = postmaster@example.test
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=50M
  acl = vfile
  # Rights of the mailbox's owner, when a master user signed in.
  acl_user = %u
  acl_anyone = allow
  acl_shared_dict = file:$mail_folder/mail/shared-mailboxes.db
  sieve = file:~/sieve;active=~/.dovecot.sieve
  sieve_extensions = +vacation-seconds +editheader +imapflags +notify
  sieve_vacation_min_period = 0
CONF
    if [ -n "${mail_notify:-}" ]; then
      echo "  push_notification_driver = ox:url=$mail_notify cache_lifetime=1s user_from_metadata"
    fi
    echo "}"
    if [ -n "${mail_pop3_port:-}" ]; then
      printf 'service pop3-login {\n%s\n}\n' "$(mail_listeners pop3 "$mail_pop3_port" pop3s "${mail_pop3s_port:-}")"
    fi
    echo "!include_try $mail_folder/extra.conf"
  } >"$mail_folder/dovecot.conf"
  # Tokens are JWTs signed with the key that lies in keys/default/HS256/default.
  cat >"$mail_folder/oauth2.conf" <<CONF
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$mail_folder/keys/
username_attribute = sub
username_format = %Ln
CONF
}

write_exim_config() {
  local mechanism interfaces="<; 127.0.0.1.$mail_smtp_port"
  mkdir -p "$mail_folder"/{spool,log,ctl}
  if [ "$(id -u)" = 0 ]; then chown "$mail_account:$mail_group" "$mail_folder"/{spool,log}; fi
  if [ "$mail_tls" = yes ]; then interfaces="$interfaces ; 127.0.0.1.$mail_smtps_port"; fi
  {
    cat <<CONF
primary_hostname = mx.example.test
exim_user = $mail_account
exim_group = $mail_group
deliver_drop_privilege = true
spool_directory = $mail_folder/spool
log_file_path = $mail_folder/log/%slog
pid_file_path = $mail_folder/exim.pid
local_interfaces = $interfaces
domainlist local = example.test
never_users =
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
message_size_limit = ${mail_size_limit:-30M}
dsn_advertise_hosts = *
auth_advertise_hosts = *
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
CONF
    if [ "$mail_tls" = yes ]; then
      printf '%s\n' "tls_on_connect_ports = $mail_smtps_port" "tls_advertise_hosts = *" \
        "tls_certificate = $mail_folder/cert.pem" "tls_privatekey = $mail_folder/key.pem"
    else
      echo "tls_advertise_hosts ="
    fi
    cat <<CONF
begin acl
acl_mail:
  accept authenticated = *
  accept hosts = 127.0.0.1
         condition = \${if eq{\$sender_helo_name}{dovecot.example.test}}
  accept condition = \${if exists{$mail_folder/ctl/open}}
  deny message = 530 5.7.0 log in first
acl_rcpt:
  deny condition = \${if exists{$mail_folder/ctl/reject}}
       message = 550 5.7.1 \${readfile{$mail_folder/ctl/reject}{}}
  defer condition = \${if exists{$mail_folder/ctl/defer}}
       message = 451 4.3.0 \${readfile{$mail_folder/ctl/defer}{}}
  deny condition = \${if exists{$mail_folder/ctl/reject-only}}
       condition = \${if eqi{\$local_part}{\${readfile{$mail_folder/ctl/reject-only}{}}}}
       message = 550 5.7.1 nobody
  defer condition = \${if exists{$mail_folder/ctl/defer-only}}
        condition = \${if eqi{\$local_part}{\${readfile{$mail_folder/ctl/defer-only}{}}}}
        message = 451 4.3.0 try again later
  warn condition = \${if exists{$mail_folder/ctl/slow}}
       delay = \${readfile{$mail_folder/ctl/slow}{}}s
  deny local_parts = reject
       message = 550 5.1.1 rejected by rule
  defer local_parts = defer
       message = 451 4.2.1 come back later
  accept
acl_data:
  deny condition = \${if exists{$mail_folder/ctl/reject-data}}
       message = 554 5.7.1 \${readfile{$mail_folder/ctl/reject-data}{}}
  defer condition = \${if exists{$mail_folder/ctl/defer-data}}
       message = 451 4.3.0 \${readfile{$mail_folder/ctl/defer-data}{}}
  warn condition = \${if exists{$mail_folder/ctl/slow-data}}
       delay = \${readfile{$mail_folder/ctl/slow-data}{}}s
  accept
begin routers
world:
  driver = redirect
  domains = ! +local
  data = :fail: this server sends nothing into the world
local_mail:
  driver = manualroute
  domains = +local
  route_list = * 127.0.0.1
  self = send
  transport = lmtp
begin transports
lmtp:
  driver = smtp
  protocol = lmtp
  port = $mail_lmtp_port
  allow_localhost
  hosts_avoid_tls = *
begin retry
* * F,1h,5s
begin authenticators
CONF
    # shellcheck disable=SC2016  # Exim's own variable
    for mechanism in PLAIN LOGIN XOAUTH2 OAUTHBEARER; do
      printf '%s:\n  driver = dovecot\n  public_name = %s\n  server_socket = %s\n  server_set_id = $auth1\n' \
        "${mechanism,,}" $mechanism "$mail_dovecot/run/auth-client"
    done
  } >"$mail_folder/exim.conf"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  case ${1:-} in
    dovecot | exim) "write_${1}_config" ;;
    *) echo "mail_recipes.sh: dovecot or exim" >&2; exit 2 ;;
  esac
fi

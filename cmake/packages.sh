# Debian packages that the project needs, and their installation. Sourced by quickstart.sh and tests/run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034  # the lists are used by those scripts

packages_build=(apache2-bin apache2-dev cmake ninja-build g++ pkg-config libjansson-dev libsqlite3-dev libmariadb-dev
  libicu-dev libssl-dev libcrypt-dev libgd-dev libqrencode-dev libarchive-dev libcurl4-openssl-dev
  libexpat1-dev zlib1g-dev libgmime-3.0-dev libgumbo-dev libldap-dev libfmt-dev libcctz-dev libcli11-dev tzdata media-types curl)
packages_mysql=(mariadb-server mariadb-client)
# The private mail servers of quickstart.sh, and what their tests need besides.
packages_mail=(dovecot-imapd dovecot-lmtpd dovecot-sieve dovecot-managesieved exim4-daemon-heavy)
packages_mail_test=(dovecot-pop3d)
# A second IMAP server; its tests skip where it is missing.
packages_cyrus=(cyrus-common sasl2-bin libsasl2-modules-db)
# Packages that carry mails, calendars and attacks by HTML for their own tests. They are unpacked, not installed; what is missing is left out.
packages_corpora=(python3-flufl.bounce golang-github-jhillyerd-enmime-dev mailman3 spamassassin python3-django-hyperkitty python3-dkim
  golang-github-microcosm-cc-bluemonday-dev golang-golang-x-net-dev wfuzz
  evolution-data-server-tests golang-github-arran4-golang-ical-dev php-horde-icalendar python3-icalendar)
# Shows cleaned mails of attackers; its test skips where it is missing.
packages_browser=(chromium)
# Programs that speak WebDAV; their tests skip where one is missing.
packages_dav=(litmus cadaver rclone davfs2)
# A domain controller of Active Directory; its test skips where it is missing.
packages_domain=(samba samba-ad-provision samba-dsdb-modules samba-vfs-modules ldb-tools)
# Judge figures and plugins for monitoring; their tests say so where one is missing.
packages_monitoring=(munin-node prometheus)
# Make and judge the packages for Debian and RPM systems; their tests skip where one is missing.
packages_packing=(debhelper dh-apache2 lintian mmdebstrap rpm rpm2cpio cpio rpmlint checkpolicy semodule-utils selinux-policy-dev mandoc
  man-db logrotate)
# What the tests are built with, and what they run with.
packages_test_build=(libgtest-dev libcmocka-dev ccache clang libclang-rt-14-dev)
packages_test=(python3 python3-zeep php-cli php-soap python3-dateutil python3-icalendar libpython3.11-testsuite clang-format openssl shellcheck slapd ldap-utils)

# missing_packages NAME...: those that are not installed, one a line.
missing_packages() {
  # dpkg-query fails when it does not know one of them; what it prints for the others counts.
  { dpkg-query -W -f='${db:Status-Abbrev}\t${Package}\n' "$@" 2>/dev/null || true; } |
    awk -F'\t' '$1 ~ /^ii/ { print $2 }' | sort -u >"${TMPDIR:-/tmp}/installed.$$"
  printf '%s\n' "$@" | sort -u | comm -23 - "${TMPDIR:-/tmp}/installed.$$"
  rm -f "${TMPDIR:-/tmp}/installed.$$"
}

# install_missing NAME...: installs what is missing without starting any service. Quiet and fast when nothing is. Never removes
# a package: a mail server would take the place of another one.
install_missing() {
  local -a missing run=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
      echo "These packages are missing; as root: apt-get install ${missing[*]}" >&2
      return 1
    }
    run=(sudo)
  fi
  # Debian starts services when they are installed; exit code 101 forbids it. An existing policy stays as it is.
  local policy=/usr/sbin/policy-rc.d is_ours=no status=0
  if [ ! -e $policy ]; then
    is_ours=yes
    printf '#!/bin/sh\nexit 101\n' | "${run[@]}" tee $policy >/dev/null
    "${run[@]}" chmod 0755 $policy
  fi
  local -a apt=("${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends --no-remove)
  if ! "${apt[@]}" install "${missing[@]}" >/dev/null 2>&1; then
    # The package lists are empty or old.
    "${apt[@]}" update >/dev/null && "${apt[@]}" install "${missing[@]}" >/dev/null || status=$?
  fi
  [ $is_ours = no ] || "${run[@]}" rm -f $policy
  [ $status = 0 ] || echo "could not install: ${missing[*]}" >&2
  return $status
}

# unpack_cyrus FOLDER: the IMAP server of Cyrus, whose package excludes Dovecot's. Nothing happens when it is there.
unpack_cyrus() {
  local folder=$1
  [ ! -x "$folder/usr/lib/cyrus/bin/imapd" ] || return 0
  mkdir -p "$folder"
  (cd "$folder" && apt-get -q download cyrus-imapd >/dev/null 2>&1 && dpkg -x cyrus-imapd_*.deb . && rm -f cyrus-imapd_*.deb)
}

# unpack_corpora FOLDER: each package in a folder of its name, which is there when it was complete.
unpack_corpora() {
  local folder=$1 name
  mkdir -p "$folder"
  for name in "${packages_corpora[@]}"; do
    [ ! -d "$folder/$name" ] || continue
    (cd "$folder" && rm -rf .new && mkdir .new && cd .new && apt-get -q download "$name" >/dev/null 2>&1 && dpkg -x ./*.deb . &&
      rm -f ./*.deb && mv "$folder/.new" "$folder/$name") || echo "could not unpack: $name" >&2
  done
  rm -rf "$folder/.new"
}

#!/usr/bin/env bash
# Builds and installs libgroupware.so, mod_groupware.so and mod_oxpush.so with nothing but apxs and g++ (no CMake).
#
#   ./apxs-build.sh [--destdir DIR] [--build DIR] [--prefix DIR] [--jobs N] [--no-install]
#
# --destdir DIR   put everything below DIR instead of / (for packages)
# --build DIR     folder for objects (default build-apxs)
# --prefix DIR    where the library goes: PREFIX/lib/groupware (default /usr)
# --jobs N        compilers at the same time (default: number of processors)
# --no-install    build and test only
#
# CXXFLAGS, when set, takes the place of "-O2 -g".
#
# apxs compiles only .c files: given a .cpp it reports success and links an empty module. So g++ compiles the .cpp
# files, apxs compiles the one C file and links all objects. The end is a look at the module symbols and a load test.
set -euo pipefail

cd "$(dirname "$0")"
root=$PWD
destdir='' build=$root/build-apxs prefix=/usr jobs=$(nproc) install=yes
while [ $# -gt 0 ]; do
  case $1 in
    --destdir) destdir=${2:?--destdir needs a folder}; shift 2 ;;
    --destdir=*) destdir=${1#*=}; shift ;;
    --build) build=${2:?--build needs a folder}; shift 2 ;;
    --prefix) prefix=${2:?--prefix needs a folder}; shift 2 ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift 2 ;;
    --no-install) install=no; shift ;;
    -h | --help) sed -n '2,16s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "apxs-build.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
done

for tool in apxs g++ pkg-config apr-1-config nm; do
  command -v "$tool" >/dev/null || { echo "apxs-build.sh: $tool is missing (apt-get install apache2-dev g++ pkg-config)" >&2; exit 1; }
done
launcher=()
if command -v ccache >/dev/null; then
  launcher=(ccache)
  # What ccache wants for files that use a precompiled header.
  export CCACHE_SLOPPINESS=pch_defines,time_macros
fi

packages=(jansson sqlite3 libmariadb icu-i18n icu-uc libcrypto libssl zlib libcrypt gdlib libqrencode libarchive libcurl expat gmime-3.0
  gumbo ldap lber fmt)
pkg-config --exists --print-errors "${packages[@]}"
read -ra package_flags <<<"$(pkg-config --cflags "${packages[@]}")"
read -ra package_libs <<<"$(pkg-config --libs "${packages[@]}") -lcctz -lresolv -lpthread"
read -ra apr_flags <<<"$(apr-1-config --cppflags --includes | tr '\n' ' ')"
httpd_flags=("-isystem" "$(apxs -q INCLUDEDIR)" "${apr_flags[@]/#-I/-isystem}")
modules=$(apxs -q LIBEXECDIR)
library_folder=$prefix/lib/groupware

read -ra optimisation <<<"${CXXFLAGS:--O2 -g}"
flags=(-std=c++20 "${optimisation[@]}" -fPIC -fno-gnu-unique -Wall -Wextra -Wno-missing-field-initializers
  -Wno-subobject-linkage)
mkdir -p "$build"

# translation_units GROUP SOURCE-FOLDER: names what is to be compiled. The files of a folder go together, through a file that
# includes them, in a fifth of the time.
translation_units() {
  local folder unit list source
  while IFS= read -r folder; do
    list=$(find "$folder" -maxdepth 1 -name '*.cpp' | sort)
    if [ -z "$list" ]; then continue; fi
    unit=$build/$1/$folder/together.cpp
    mkdir -p "${unit%/*}"
    while IFS= read -r source; do printf '#include "%s/%s"\n' "$root" "$source"; done <<<"$list" >"$unit.new"
    if cmp -s "$unit.new" "$unit"; then rm "$unit.new"; else mv "$unit.new" "$unit"; fi
    printf '%s\n' "$unit"
  done < <(find "$2" -type d | sort)
}

# precompile GROUP FLAGS...: the system headers that nearly every file reads, which takes half of the time. The list is CMake's.
precompile() {
  local header=$build/$1/precompiled.hpp; shift
  mkdir -p "${header%/*}"
  sed -n 's/.*:<\(.*\)\$<ANGLE-R>>"$/#include <\1>/p' cmake/GroupwareFolder.cmake >"$header.new"
  if cmp -s "$header.new" "$header" && [ -f "$header.gch" ]; then
    rm "$header.new"
  else
    mv "$header.new" "$header"
    g++ "${flags[@]}" "$@" -x c++-header "$header" -o "$header.gch"
  fi
}

# compile GROUP FLAGS... < translation units: objects under $build/GROUP, only what is older than a file that it reads.
compile() {
  local group=$1; shift
  local source object
  precompile "$group" "$@"
  while IFS= read -r source; do
    object=$(object_of "$group" "$source")
    mkdir -p "${object%/*}"
    if ! is_fresh "$object"; then printf '%s\0%s\0' "$object" "$source"; fi
  done | xargs -0 -r -n 2 -P "$jobs" "${launcher[@]}" g++ "${flags[@]}" "$@" -fpch-preprocess -include "$build/$group/precompiled.hpp" -MMD -c -o
}

object_of() {
  local name=${2#"$build/$1/"}
  printf '%s\n' "$build/$1/${name%.cpp}.o"
}

# is_fresh OBJECT: it exists and is newer than everything its dependency file names.
is_fresh() {
  local object=$1 dependency
  [ -f "$object" ] && [ -f "${object%.o}.d" ] || return 1
  while IFS= read -r dependency; do
    [ -e "$dependency" ] && [ ! "$dependency" -nt "$object" ] || return 1
  done < <(sed -e 's/^[^:]*://' -e 's/\\$//' "${object%.o}.d" | tr -s ' ' '\n' | sed '/^$/d')
}

# objects GROUP < translation units: the names of their objects.
objects() {
  local source
  while IFS= read -r source; do object_of "$1" "$source"; done
}

echo "== compiling"
translation_units lib lib >"$build/lib.units"
translation_units groupware mod_groupware >"$build/groupware.units"
translation_units oxpush mod_oxpush >"$build/oxpush.units"
compile lib -Ilib "${package_flags[@]}" <"$build/lib.units"
compile groupware -Ilib -Imod_groupware -I. "${httpd_flags[@]}" "${package_flags[@]}" <"$build/groupware.units"
compile oxpush -Ilib -Imod_oxpush -I. "${httpd_flags[@]}" "${package_flags[@]}" <"$build/oxpush.units"

echo "== linking libgroupware.so"
objects lib <"$build/lib.units" >"$build/library.list"
g++ -shared -o "$build/libgroupware.so" "@$build/library.list" -Wl,--version-script=lib/exports.map -Wl,-z,defs \
  "${package_libs[@]}"

# link_module NAME OBJECTS-LIST FLAGS...: apxs compiles NAME.c and links it with the objects. The folder of its own keeps
# apxs's intermediate files out of the source tree.
link_module() {
  local name=$1 list=$2; shift 2
  local folder=$build/$name
  mkdir -p "$folder"
  cp "mod_${name}/mod_${name}.c" "$folder/"
  local -a object_files=()
  mapfile -t object_files <"$list"
  (
    cd "$folder"
    apxs -c -o "mod_${name}.la" -n "$name" "-I$root/mod_${name}" "-I$root/lib" "mod_${name}.c" "${object_files[@]}" \
      "-Wl,--version-script=$root/mod_${name}/exports.map" "$@" -lstdc++ >apxs.log 2>&1
  ) || { cat "$folder/apxs.log" >&2; exit 1; }
  local module=$folder/.libs/mod_${name}.so
  # A module without its record loads nowhere; apxs says nothing about it.
  if ! nm -D --defined-only "$module" | grep -q " [DB] ${name}_module$"; then
    echo "apxs-build.sh: mod_${name}.so does not export ${name}_module" >&2
    exit 1
  fi
}

echo "== linking the modules"
objects groupware <"$build/groupware.units" >"$build/groupware.list"
objects oxpush <"$build/oxpush.units" >"$build/oxpush.list"
link_module groupware "$build/groupware.list" "-L$build" -lgroupware -ljansson -lfmt \
  "-Wl,-rpath,$library_folder"
link_module oxpush "$build/oxpush.list" "-L$build" -lgroupware -lfmt "-Wl,-rpath,$library_folder"

# load_test GROUPWARE OXPUSH LIBRARY-FOLDER: httpd loads both and reads a small configuration.
load_test() {
  local folder
  folder=$(mktemp -d)
  chmod 0711 "$folder"
  mkdir "$folder/run"
  if [ "$(id -u)" = 0 ]; then chown nobody:nogroup "$folder/run"; fi
  cat >"$folder/httpd.conf" <<CONF
ServerRoot "$folder"
ServerName localhost
Listen 127.0.0.1:8080
DefaultRuntimeDir run
PidFile run/httpd.pid
ErrorLog run/error.log
User nobody
Group nogroup
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule socache_shmcb_module $modules/mod_socache_shmcb.so
LoadModule groupware_module $1
LoadModule oxpush_module $2
GroupwareDatabase sqlite:$folder/run/groupware.db
GroupwareApiRoot /ajax
OXPush On
CONF
  local status=0
  LD_LIBRARY_PATH=$3 "$(apxs -q SBINDIR)/$(apxs -q PROGNAME)" -f "$folder/httpd.conf" -t || status=$?
  rm -r "$folder"
  [ "$status" = 0 ] || { echo "apxs-build.sh: the modules do not load" >&2; exit 1; }
}

if [ "$install" = yes ]; then
  echo "== installing into ${destdir:-/}"
  install -d "$destdir$library_folder" "$destdir$modules"
  install -m 0644 "$build/libgroupware.so" "$destdir$library_folder/"
  for name in groupware oxpush; do
    (cd "$build/$name" && apxs -i -n "$name" -S "LIBEXECDIR=$destdir$modules" "mod_${name}.la" >install.log 2>&1) ||
      { cat "$build/$name/install.log" >&2; exit 1; }
    # libtool's relinking may not touch the symbols.
    nm -D --defined-only "$destdir$modules/mod_${name}.so" | grep -q " [DB] ${name}_module$"
  done
  echo "== load test of what was installed"
  load_test "$destdir$modules/mod_groupware.so" "$destdir$modules/mod_oxpush.so" "${destdir:+$destdir$library_folder}"
else
  echo "== load test"
  load_test "$build/groupware/.libs/mod_groupware.so" "$build/oxpush/.libs/mod_oxpush.so" "$build"
fi
echo "done"

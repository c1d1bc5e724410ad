#!/bin/sh
# Compiles a file of the tests with clang, which needs half of GCC's time where nothing is optimised. CMake runs it as the launcher
# of the tests' compiler (tests/CMakeLists.txt): compile_test.sh CLANG [CACHE] -- c++ FLAGS…; what GCC alone understands is left out.
set -eu
clang=$1 cache='' last=''
# What ccache wants for files that use a precompiled header.
export CCACHE_SLOPPINESS=pch_defines,time_macros
shift
if [ "$1" != -- ]; then cache=$1; shift; fi
shift 2
for flag; do
  shift
  case $flag in
    -fno-gnu-unique | -fpch-preprocess | -Winvalid-pch | -Wno-maybe-uninitialized | -Wno-restrict | -Wno-subobject-linkage) ;;
    *) set -- "$@" "$flag" ;;
  esac
  # A precompiled header that is there already would go into the new one.
  case $last$flag in -o*.gch) rm -f "$flag" ;; esac
  last=$flag
done
# shellcheck disable=SC2086  # no cache is no word
exec $cache "$clang" "$@" -Wno-missing-field-initializers -Xclang -fno-pch-timestamp

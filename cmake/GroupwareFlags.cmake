# Compiler flags for our own code. Reasons: craft rules on globals (-fno-gnu-unique) and warnings as errors.
set(GW_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=")
option(GW_COVERAGE "Count lines with gcov" OFF)

add_library(gw_flags INTERFACE)
target_compile_options(gw_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Werror
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wno-missing-field-initializers>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(gw_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique$<SEMICOLON>-fpch-preprocess>)
  # GCC 12 warns wrongly at -O2 about "text" + std::string (GCC bug 105651).
  target_compile_options(gw_flags INTERFACE
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict>)
endif()
# Where files are compiled together (gw_together), GCC takes a source for a header.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(gw_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>)
endif()
target_include_directories(gw_flags INTERFACE ${CMAKE_SOURCE_DIR}/lib)
if(GW_SANITIZE)
  add_compile_options(-fsanitize=${GW_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  # Instrumented code makes GCC 12 warn of members of std::function in libstdc++ that are never read.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-maybe-uninitialized)
  endif()
  # nodelete: what a static pointer holds would look leaked once httpd has unloaded the library.
  add_link_options(-fsanitize=${GW_SANITIZE} -Wl,-z,nodelete)
endif()
if(GW_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

# System headers that nearly every file parses, precompiled: a file takes a quarter of the time. Only headers of the system
# stand here, so editing a header of ours never rebuilds them. apxs-build.sh reads this list.
function(gw_precompile target)
  target_precompile_headers(${target} PRIVATE
    "$<$<COMPILE_LANGUAGE:CXX>:<algorithm$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<chrono$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<functional$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<map$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<memory$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<mutex$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<optional$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<set$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<span$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<string$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<string_view$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<variant$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<vector$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<condition_variable$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<fmt/format.h$<ANGLE-R>>"
    "$<$<COMPILE_LANGUAGE:CXX>:<jansson.h$<ANGLE-R>>"
    ${ARGN})
endfunction()

# gw_together(<target>): the files of a folder are compiled together where a preset says so (CMAKE_UNITY_BUILD), in a fifth of
# the time. So the names of a folder are told apart, not only those of a file. Small folders of a target go together: the headers
# that each would read cost more than their own lines. Not those of ajax/, whose modules use the same names (kActions).
set(GW_SMALL_FOLDER 16000)  # bytes
function(gw_together target)
  get_target_property(sources ${target} SOURCES)
  set(folders)
  foreach(source ${sources})
    if(NOT source MATCHES "\\.cpp$")
      continue()
    endif()
    cmake_path(GET source PARENT_PATH folder)
    # Named without the path of the tree: the compiler cache then serves every copy of it.
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
    string(MAKE_C_IDENTIFIER "${folder}" group)
    list(APPEND folders ${group})
    list(APPEND files_${group} ${source})
    cmake_path(ABSOLUTE_PATH source OUTPUT_VARIABLE file)
    file(SIZE ${file} bytes)
    if(NOT DEFINED bytes_${group})
      set(bytes_${group} 0)
    endif()
    math(EXPR bytes_${group} "${bytes_${group}} + ${bytes}")
  endforeach()
  list(REMOVE_DUPLICATES folders)
  foreach(group ${folders})
    set(unit ${group})
    if(bytes_${group} LESS GW_SMALL_FOLDER AND NOT target MATCHES "ajax$")
      set(unit ${target}_small_folders)
    endif()
    set_source_files_properties(${files_${group}} PROPERTIES UNITY_GROUP ${unit})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# gw_folder(<target> <dir> [sources of sub-folders too] DEPENDS <targets>): one object library per folder of the tree.
# A new file needs no line here: the folder is the list, and apxs-build.sh reads the same folders.
function(gw_folder target dir)
  cmake_parse_arguments(ARG "" "" "DEPENDS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${dir}/*.cpp)
  if(NOT sources)
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${ARG_DEPENDS})
    return()
  endif()
  add_library(${target} OBJECT ${sources})
  gw_together(${target})
  target_link_libraries(${target} PUBLIC gw_flags ${ARG_DEPENDS})
  # Made once for the folders that are compiled alike: httpd's flags define macros that GCC wants to see in it, too.
  set(family GW_PRECOMPILED)
  if(gw_httpd IN_LIST ARG_DEPENDS)
    set(family GW_PRECOMPILED_HTTPD)
  endif()
  get_property(first GLOBAL PROPERTY ${family})
  if(first)
    target_precompile_headers(${target} REUSE_FROM ${first})
  else()
    gw_precompile(${target})
    set_property(GLOBAL PROPERTY ${family} ${target})
  endif()
  set_property(GLOBAL APPEND PROPERTY GW_OBJECTS_${CMAKE_CURRENT_SOURCE_DIR} ${target})
endfunction()

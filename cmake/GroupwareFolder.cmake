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
  target_link_libraries(${target} PUBLIC gw_flags ${ARG_DEPENDS})
  set_property(GLOBAL APPEND PROPERTY GW_OBJECTS_${CMAKE_CURRENT_SOURCE_DIR} ${target})
endfunction()

// Module `folders` and its old name `folder`: the folder tree. Source: spec folders.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kFoldersModule;
/// What old clients call it.
extern const ApiModule kFolderModule;

}  // namespace gw::ajax

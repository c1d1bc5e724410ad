// Module `infostore`, also under the name `files`: file items and their bytes.
// Source: spec infostore; http-api.json.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kInfostoreModule;
extern const ApiModule kFilesModule;

}  // namespace gw::ajax

// Module `image/file/mp3cover`: the picture inside a music file. Source: http-api.json.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMp3CoverModule;

}  // namespace gw::ajax

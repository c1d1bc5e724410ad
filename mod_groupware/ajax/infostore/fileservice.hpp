// Module `fileservice`: which kinds of file storage there are. Ours is the only one.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

inline constexpr std::string_view kFileService = "com.openexchange.infostore";
/// Errors: FILE_STORAGE-0004 when it is another one.
void check_file_service(std::string_view id);

extern const ApiModule kFileServiceModule;

}  // namespace gw::ajax

// Pictures of directory entries (jpegPhoto, thumbnailPhoto), which are bytes while everything else is text.
#pragma once

#include <string>

#include "directory/entry.hpp"
#include "directory/mapping.hpp"

namespace gw::identities::intake {

/// The first value that is a picture by its head and has at most `max_bytes`; empty: there is none.
std::string read_picture(const directory::Entry& entry, const directory::Rule& rule, std::int64_t max_bytes);

}  // namespace gw::identities::intake

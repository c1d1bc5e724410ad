// Names that all kinds of stores share.
#pragma once

#include <string>
#include <string_view>

namespace gw::filestore {

/// 32 lower-case hex digits, without dashes. Source: spec infostore 12.
std::string make_uuid();
bool is_uuid(std::string_view text);
/// Lower-case hex digits, that many.
bool is_hex(std::string_view text, std::size_t digits);
/// Letters, digits and `_`, 1 to 64 of them. Errors: std::invalid_argument for anything else.
void require_name_space(std::string_view name);

}  // namespace gw::filestore

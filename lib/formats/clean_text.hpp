// What text of a file must look like before it becomes a contact's value.
#pragma once

#include <string>
#include <string_view>

namespace gw::formats {

/// Line breaks as LF, no other control characters (tab excepted), no blanks around.
std::string clean_text(std::string_view text);

}  // namespace gw::formats

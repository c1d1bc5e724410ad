// A small file that is either the old or the new one, whatever happens while it is written.
#pragma once

#include <string>
#include <string_view>

namespace oxpush {

/// Written beside it, then renamed over it. Not forced to the disk: what it guards against is the end of the
/// process. Errors: false, with errno
bool write_state(const std::string& path, std::string_view text);

/// Limits: 64 MiB. Errors: empty when it is missing, too large or cannot be read
std::string read_state(const std::string& path);

}  // namespace oxpush

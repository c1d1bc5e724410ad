// The header Content-Disposition of downloads. Source: RFC 6266, RFC 8187.
#pragma once

#include <string>
#include <string_view>

namespace gw::ajax {

enum class Disposition { Inline, Attachment };

/// The name twice: plain for old clients, and as it is in UTF-8. Whatever could end the header or the quoted
/// text becomes `_` in the plain one.
std::string content_disposition(Disposition disposition, std::string_view name);

/// What a download may be called when the name is somebody's title: nothing that a file system could misread,
/// at most 100 characters. `fallback` when nothing is left.
std::string clean_download_name(std::string_view title, std::string_view fallback);

}  // namespace gw::ajax

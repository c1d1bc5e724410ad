// Words of the directive GroupwareFeeds. Free of httpd, so it is tested without it.
#pragma once

#include <span>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

/// `off`, or `on` and then `ports=80,443` (`any`), `deny=internal,10.0.0.0/8` (`none`) and
/// `hosts=a.test,.b.test`. Errors: DirectiveError.
void set_feeds(FeedSettings& feeds, std::string_view name, std::span<const std::string_view> words);

}  // namespace gw::apache

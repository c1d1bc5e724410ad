// Module `rss`: articles of news feeds.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kRssModule;

}  // namespace gw::ajax

// The entity tag of a file: one rule for the HTTP API and WebDAV, so that caches may share what they hold.
#pragma once

#include <string>

#include "model/infostore/item.hpp"

namespace gw::model::infostore {

/// A strong tag of the bytes of the version shown, with its quotes: the numbers of versions are never used
/// again, and the bytes of one only ever grow. Source: RFC 9110 section 8.8.3, spec infostore 5.
std::string entity_tag(const Item& item);

}  // namespace gw::model::infostore

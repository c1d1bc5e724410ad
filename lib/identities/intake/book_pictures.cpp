#include "identities/intake/book_pictures.hpp"

#include "model/contacts/picture.hpp"

namespace gw::identities::intake {

std::string read_picture(const directory::Entry& entry, const directory::Rule& rule, std::int64_t max_bytes) {
  for (const directory::Source& source : rule)
    for (const std::string& value : entry.values(source.attribute))
      if (static_cast<std::int64_t>(value.size()) <= max_bytes && model::contacts::inspect_picture(value))
        return value;
  return {};
}

}  // namespace gw::identities::intake

#include "model/infostore/entity_tag.hpp"

#include <fmt/format.h>

namespace gw::model::infostore {

std::string entity_tag(const Item& item) {
  return fmt::format("\"infostore/{}/{}/{}\"", item.id, item.version, item.file_size);
}

}  // namespace gw::model::infostore

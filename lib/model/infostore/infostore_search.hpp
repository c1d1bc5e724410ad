// Searching items by pattern. Source: spec infostore 10.
#pragma once

#include "model/infostore/infostore_service.hpp"

namespace gw::model::infostore {

struct SearchQuery {
  std::string pattern;             ///< `*` and `?`; empty finds everything
  std::optional<FolderId> folder;  ///< none: all readable folders
  bool include_subfolders = false;
};
/// Case and accents do not count; title, filename, description, version comment, categories. Errors: IFO-0602
/// too short.
ItemList search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request);

}  // namespace gw::model::infostore

// Searching items by pattern, and by several conditions at once. Source: spec infostore 10.
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

/// All of its conditions hold for an item that is found.
struct ItemQuery {
  struct Words {
    std::vector<int> columns;  ///< in one of these: columns of searchable texts
    std::string pattern;       ///< as that of SearchQuery
  };
  std::vector<Words> words;
  std::optional<FolderId> folder;        ///< none: all readable folders
  std::vector<std::string> media_types;  ///< what they begin with, in small letters; empty: any
  bool no_media_type = false;            ///< none of these instead
  std::optional<Millis> changed_since, changed_before;
};
/// Errors: as search.
ItemList find(UnitOfWork& work, const ItemQuery& query, const ListRequest& request);

}  // namespace gw::model::infostore

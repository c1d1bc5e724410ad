#include "model/infostore/infostore_search.hpp"

#include <algorithm>
#include <set>

#include "core/errors/infostore.hpp"
#include "core/text.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/infostore/item_listing.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kMaxPatternLength = 255;

void check_pattern(std::string_view pattern, const Settings& settings) {
  const auto minimum = static_cast<std::size_t>(std::max(0, settings.limits.minimum_search_characters));
  if (!trim(pattern).empty() && count_literal_characters(pattern) < minimum)
    throw ApiError(errors::ifo::kPatternTooShort, {std::to_string(minimum)});
  if (count_characters(pattern) > kMaxPatternLength)
    throw ApiError(errors::ifo::kInvalid, {"pattern", "it is too long"});
}

/// A pattern with wildcards may begin and end anywhere in the text, as one without does.
std::string anywhere(std::string_view pattern) { return "*" + std::string(trim(pattern)) + "*"; }

bool matches(const Item& item, const TextPattern& pattern) {
  for (const Field<Item>& field : item_fields()) {
    if (!(field.flags & kSearchable)) continue;
    const Text& text = item.*std::get<Text Item::*>(field.member);
    if (text && pattern.matches(*text)) return true;
  }
  return pattern.matches_everything();
}

/// The folder and, when asked for, every visible folder below it. Errors: as list_folder.
std::vector<FolderId> folders_to_search(sql::Connection& connection, const Caller& caller,
                                        FolderLookup& lookup, const SearchQuery& query) {
  std::vector<FolderId> ids;
  if (!query.folder) {
    for (const folders::FolderAccess* folder : lookup.all())
      if (folder->rights.read > 0) ids.push_back(folder->id);
    return ids;
  }
  if (!is_virtual(*query.folder)) {
    if (load_file_folder(connection, caller, *query.folder).rights.read == 0)
      throw ApiError(errors::ifo::kNoRead);
    ids.push_back(*query.folder);
  }
  if (!query.include_subfolders) return ids;
  // Ids grow, but moved folders may lie below younger ones: look until nothing is added.
  std::set<FolderId> inside{*query.folder};
  for (bool grows = true; grows;) {
    grows = false;
    for (const folders::FolderAccess* folder : lookup.all()) {
      if (inside.contains(folder->id) || !inside.contains(folder->parent)) continue;
      grows = inside.insert(folder->id).second;
      if (folder->rights.read > 0) ids.push_back(folder->id);
    }
  }
  return ids;
}

}  // namespace

ItemList search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request) {
  check_pattern(query.pattern, work.settings());
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  const TextPattern pattern(anywhere(query.pattern), PatternKind::Substring);
  store::Condition condition;
  condition.folders = folders_to_search(connection, caller, lookup, query);
  condition.piece = pattern.piece();
  std::vector<Item> found;
  if (!condition.folders.empty()) found = visible_items(connection, caller, work.now(), lookup, condition);
  if (!query.folder || *query.folder == kSharedFiles) {
    std::set<std::int64_t> known;
    for (const Item& item : found) known.insert(item.id);
    for (Item& item : shared_items(connection, caller, work.now(), lookup, {}, condition.piece))
      if (known.insert(item.id).second) found.push_back(std::move(item));
  }
  std::erase_if(found, [&](const Item& item) { return !matches(item, pattern); });
  return deliver(std::move(found), request, connection, caller);
}

}  // namespace gw::model::infostore

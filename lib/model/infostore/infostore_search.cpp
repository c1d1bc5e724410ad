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

namespace {

/// Everything of these folders, and what others share with the caller one by one.
std::vector<Item> read_items(UnitOfWork& work, FolderLookup& lookup, const SearchQuery& where,
                             store::Condition condition) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  condition.folders = folders_to_search(connection, caller, lookup, where);
  std::vector<Item> found;
  if (!condition.folders.empty()) found = visible_items(connection, caller, work.now(), lookup, condition);
  if (where.folder && *where.folder != kSharedFiles) return found;
  std::set<std::int64_t> known;
  for (const Item& item : found) known.insert(item.id);
  condition.folders.clear();
  for (Item& item : shared_items(connection, caller, work.now(), lookup, condition))
    if (known.insert(item.id).second) found.push_back(std::move(item));
  return found;
}

bool has_word(const Item& item, const std::vector<int>& columns, const TextPattern& pattern) {
  for (const Field<Item>& field : item_fields()) {
    if (std::find(columns.begin(), columns.end(), field.column) == columns.end()) continue;
    const Text& text = item.*std::get<Text Item::*>(field.member);
    if (text && pattern.matches(*text)) return true;
  }
  return false;
}

}  // namespace

ItemList search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request) {
  check_pattern(query.pattern, work.settings());
  FolderLookup lookup(work.connection(), work.caller());
  const TextPattern pattern(anywhere(query.pattern), PatternKind::Substring);
  store::Condition condition;
  condition.piece = pattern.piece();
  std::vector<Item> found = read_items(work, lookup, query, std::move(condition));
  std::erase_if(found, [&](const Item& item) { return !matches(item, pattern); });
  return deliver(std::move(found), request, work.connection(), work.caller());
}

ItemList find(UnitOfWork& work, const ItemQuery& query, const ListRequest& request) {
  store::Condition condition;
  std::vector<TextPattern> patterns;
  for (const ItemQuery::Words& words : query.words) {
    check_pattern(words.pattern, work.settings());
    patterns.emplace_back(anywhere(words.pattern), PatternKind::Substring);
    if (std::string piece = patterns.back().piece(); piece.size() > condition.piece.size())
      condition.piece = std::move(piece);
  }
  for (const std::string& type : query.media_types) condition.media_types.push_back(type + "%");
  condition.no_media_type = query.no_media_type;
  if (query.changed_since) condition.changed_after = Millis{query.changed_since->value - 1};
  FolderLookup lookup(work.connection(), work.caller());
  std::vector<Item> found =
      read_items(work, lookup, {.pattern = {}, .folder = query.folder}, std::move(condition));
  std::erase_if(found, [&](const Item& item) {
    if (query.changed_before && item.last_modified >= *query.changed_before) return true;
    for (std::size_t i = 0; i < patterns.size(); ++i)
      if (!has_word(item, query.words[i].columns, patterns[i])) return true;
    return false;
  });
  return deliver(std::move(found), request, work.connection(), work.caller());
}

}  // namespace gw::model::infostore

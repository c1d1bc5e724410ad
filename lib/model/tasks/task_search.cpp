#include <algorithm>
#include <array>
#include <set>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_listing.hpp"
#include "model/tasks/task_service.hpp"
#include "model/tasks/task_store.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::tasks {
namespace {

void check_query(const SearchQuery& query, const Settings& settings) {
  if (count_characters(query.pattern) > kMaxPatternLength)
    throw ApiError(errors::svl::kBadParameter,
                   {"pattern", std::string(first_characters(query.pattern, 40)) + "…"});
  const auto minimum = static_cast<std::size_t>(std::max(0, settings.limits.minimum_search_characters));
  if (count_literal_characters(query.pattern) < minimum)
    throw ApiError(errors::tsk::kPatternTooShort, {std::to_string(minimum)});
  if (query.start && query.end && *query.start > *query.end) throw ApiError(errors::tsk::kBadRange);
}

bool matches_text(const Task& task, const TextPattern& pattern) {
  if (pattern.matches_everything()) return true;
  const auto fits = [&](const Text& text) {
    return text.has_value() && pattern.matches(std::string_view(*text));
  };
  return fits(task.title) || fits(task.note) || fits(task.categories);
}

bool ends_within(const Task& task, const SearchQuery& query) {
  if (!query.start && !query.end) return true;
  if (!task.due) return false;
  const std::int64_t shown = task.full_time ? *task.due : to_zone_time({*task.due}, query.zone);
  return (!query.start || shown >= *query.start) && (!query.end || shown < *query.end);
}

/// In the order of being searched: what the caller has in a folder of his own is shown from there.
std::vector<std::vector<FolderId>> searched_folders(sql::Connection& connection, const Caller& caller,
                                                    FolderLookup& lookup, const SearchQuery& query) {
  if (query.folder) {
    load_readable_folder(connection, caller, *query.folder);
    lookup.find(*query.folder);  // no query may run while tasks are read
    return {{*query.folder}};
  }
  std::vector<std::vector<FolderId>> groups(2);
  for (const folders::FolderAccess* folder : lookup.all())
    groups[folder->type == folders::FolderType::Private ? 0 : 1].push_back(folder->id);
  return groups;
}

}  // namespace

ListResult search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request,
                  const Visitor& visit) {
  check_query(query, work.settings());
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  const TextPattern pattern(trim(query.pattern), PatternKind::Substring);
  Listing listing(work, connection, request, visit, fields_of(std::array{100, 200, 202, 203}));
  std::set<std::int64_t> seen;
  for (std::vector<FolderId>& group : searched_folders(connection, caller, lookup, query)) {
    if (group.empty()) continue;
    const store::Condition condition{.folders = std::move(group), .piece = pattern.piece()};
    store::scan(connection, caller.context, listing.fields(), condition, [&](const Task& task) {
      if (!lookup.is_visible(task) || !ends_within(task, query) || !matches_text(task, pattern)) return;
      if (seen.insert(task.id).second) listing.add(task);
    });
  }
  return with_timestamp(listing.finish(), connection, caller);
}

}  // namespace gw::model::tasks

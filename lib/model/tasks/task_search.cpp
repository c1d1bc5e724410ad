#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_listing.hpp"
#include "model/tasks/task_query.hpp"
#include "model/tasks/task_store.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::tasks {
namespace {

/// Texts that must occur in one of several members.
class Words {
 public:
  Words(std::string_view pattern, std::vector<TaskText> in)
      : pattern_(trim(pattern), PatternKind::Substring), in_(std::move(in)) {}
  [[nodiscard]] std::string piece() const { return pattern_.piece(); }
  [[nodiscard]] bool match(const Task& task) const {
    return pattern_.matches_everything() || std::any_of(in_.begin(), in_.end(), [&](TaskText text) {
             const Text& member = text == TaskText::Title  ? task.title
                                  : text == TaskText::Note ? task.note
                                                           : task.categories;
             return member.has_value() && pattern_.matches(std::string_view(*member));
           });
  }

 private:
  TextPattern pattern_;
  std::vector<TaskText> in_;
};

void check_length(std::string_view pattern, const Settings& settings) {
  if (count_characters(pattern) > kMaxPatternLength)
    throw ApiError(errors::svl::kBadParameter, {"pattern", std::string(first_characters(pattern, 40)) + "…"});
  const auto minimum = static_cast<std::size_t>(std::max(0, settings.limits.minimum_search_characters));
  if (count_literal_characters(pattern) < minimum)
    throw ApiError(errors::tsk::kPatternTooShort, {std::to_string(minimum)});
}

bool ends_within(const Task& task, const SearchQuery& query) {
  if (!query.start && !query.end) return true;
  if (!task.due) return false;
  const std::int64_t shown = task.full_time ? *task.due : to_zone_time({*task.due}, query.zone);
  return (!query.start || shown >= *query.start) && (!query.end || shown < *query.end);
}

/// In the order of being searched: what the caller has in a folder of his own is shown from there.
std::vector<std::vector<FolderId>> searched_folders(sql::Connection& connection, const Caller& caller,
                                                    FolderLookup& lookup, const TaskQuery& query) {
  std::vector<std::vector<FolderId>> groups(2);
  const auto add = [&](const folders::FolderAccess& folder) {
    groups[folder.type == folders::FolderType::Private ? 0 : 1].push_back(folder.id);
  };
  if (!query.folders)
    for (const folders::FolderAccess* folder : lookup.all()) add(*folder);
  // Looked up here, because no query may run while tasks are read.
  for (const FolderId id : query.folders.value_or(std::vector<FolderId>()))
    if (load_readable_folder(connection, caller, id); const auto* folder = lookup.find(id)) add(*folder);
  return groups;
}

using Judge = std::function<bool(const Task&)>;

ListResult find_judged(UnitOfWork& work, const TaskQuery& query, const Judge& judge,
                       const ListRequest& request, const Visitor& visit) {
  for (const TaskQuery::Words& words : query.words) check_length(words.pattern, work.settings());
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  store::Condition condition{
      .participants = query.participants, .statuses = query.statuses, .is_series = query.is_series};
  std::vector<Words> texts;
  for (const TaskQuery::Words& words : query.words) {
    texts.emplace_back(words.pattern, words.in);
    if (std::string piece = texts.back().piece(); !piece.empty())
      condition.pieces.push_back(std::move(piece));
  }
  Listing listing(work, connection, request, visit, fields_of(std::array{100, 200, 202, 203}));
  std::set<std::int64_t> seen;
  for (std::vector<FolderId>& group : searched_folders(connection, caller, lookup, query)) {
    if (group.empty()) continue;
    condition.folders = std::move(group);
    store::scan(connection, caller.context, listing.fields(), condition, [&](const Task& task) {
      if (!lookup.is_visible(task) || !judge(task)) return;
      if (!std::all_of(texts.begin(), texts.end(), [&](const Words& words) { return words.match(task); }))
        return;
      if (seen.insert(task.id).second) listing.add(task);
    });
  }
  return with_timestamp(listing.finish(), connection, caller);
}

}  // namespace

ListResult find(UnitOfWork& work, const TaskQuery& query, const ListRequest& request, const Visitor& visit) {
  return find_judged(
      work, query, [](const Task&) { return true; }, request, visit);
}

ListResult search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request,
                  const Visitor& visit) {
  if (query.start && query.end && *query.start > *query.end) throw ApiError(errors::tsk::kBadRange);
  TaskQuery wanted;
  wanted.words.push_back({{TaskText::Title, TaskText::Note, TaskText::Categories}, query.pattern});
  if (query.folder) wanted.folders.emplace({*query.folder});
  return find_judged(
      work, wanted, [&](const Task& task) { return ends_within(task, query); }, request, visit);
}

}  // namespace gw::model::tasks

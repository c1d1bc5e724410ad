#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"
#include "model/attachments/attachment_search.hpp"
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
  [[nodiscard]] bool reads(TaskText text) const {
    return std::find(in_.begin(), in_.end(), text) != in_.end();
  }
  /// `files`: the names of those that are attached to it.
  [[nodiscard]] bool match(const Task& task, const std::vector<std::string>& files = {}) const {
    return pattern_.matches_everything() ||
           std::any_of(in_.begin(), in_.end(), [&](TaskText text) { return match(task, files, text); });
  }

 private:
  [[nodiscard]] bool match(const Task& task, const std::vector<std::string>& files, TaskText text) const {
    if (text == TaskText::Attachments)
      return std::any_of(files.begin(), files.end(),
                         [&](const std::string& name) { return pattern_.matches(name); });
    const Text& member = text == TaskText::Title  ? task.title
                         : text == TaskText::Note ? task.note
                                                  : task.categories;
    return member.has_value() && pattern_.matches(std::string_view(*member));
  }

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

/// What must be said in a task, and the part of it that the store can look for.
class Texts {
 public:
  Texts(const TaskQuery& query, store::Condition& condition) {
    for (const TaskQuery::Words& words : query.words) {
      const bool reads_names = words_.emplace_back(words.pattern, words.in).reads(TaskText::Attachments);
      reads_names_ = reads_names_ || reads_names;
      if (std::string piece = words_.back().piece(); !piece.empty())
        (reads_names ? condition.pieces_or_names : condition.pieces).push_back(std::move(piece));
    }
  }
  [[nodiscard]] bool match(const Task& task, const std::vector<std::string>& files = {}) const {
    return std::all_of(words_.begin(), words_.end(),
                       [&](const Words& words) { return words.match(task, files); });
  }
  /// The names of its files may say what the task does not.
  [[nodiscard]] bool needs_names(const Task& task) const {
    return reads_names_ && task.number_of_attachments > 0;
  }

 private:
  std::vector<Words> words_;
  bool reads_names_ = false;
};

attachments::NamesOf names_of(sql::Connection& connection, ContextId context,
                              const std::vector<Task>& tasks) {
  std::vector<ObjectId> ids;
  ids.reserve(tasks.size());
  for (const Task& task : tasks) ids.emplace_back(task.id);
  return attachments::names_of_parents(connection, context, attachments::ParentModule::Task, ids);
}

ListResult find_judged(UnitOfWork& work, const TaskQuery& query, const Judge& judge,
                       const ListRequest& request, const Visitor& visit) {
  for (const TaskQuery::Words& words : query.words) check_length(words.pattern, work.settings());
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  store::Condition condition{
      .participants = query.participants, .statuses = query.statuses, .is_series = query.is_series};
  const Texts texts(query, condition);
  Listing listing(work, connection, request, visit, fields_of(std::array{100, 104, 200, 202, 203}));
  std::set<std::int64_t> seen;
  const auto add = [&](const Task& task) {
    if (seen.insert(task.id).second) listing.add(task);
  };
  for (std::vector<FolderId>& group : searched_folders(connection, caller, lookup, query)) {
    if (group.empty()) continue;
    condition.folders = std::move(group);
    std::vector<Task> waiting;
    store::scan(connection, caller.context, listing.fields(), condition, [&](const Task& task) {
      if (!lookup.is_visible(task) || !judge(task)) return;
      if (texts.match(task))
        add(task);
      else if (texts.needs_names(task))
        waiting.push_back(task);
    });
    // No query may run while tasks are read.
    auto names = names_of(connection, caller.context, waiting);
    for (const Task& task : waiting)
      if (texts.match(task, names[ObjectId(task.id)])) add(task);
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

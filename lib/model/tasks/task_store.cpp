// Reading rows of the tasks table through the folders that show them. The list of columns follows the field
// table, the rest is fixed.
#include "model/tasks/task_store.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/attachments/attachment_search.hpp"
#include "model/field_sql.hpp"
#include "model/tasks/task_fields.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::tasks::store {
namespace {

constexpr std::string_view kSelectShown = "SELECT p.folder,p.is_home,tasks.number_of_participants";
constexpr std::string_view kFromShown =
    " FROM task_folders p JOIN tasks ON tasks.cid=p.cid AND tasks.id=p.task WHERE p.cid=?";
constexpr std::string_view kChangedAfter = " AND p.last_modified>?";
constexpr std::string_view kAtHome = " AND p.is_home=1";
constexpr std::string_view kRecurring = " AND tasks.recurrence_type<>0";
constexpr std::string_view kNotRecurring = " AND tasks.recurrence_type=0";
constexpr ParticipantTables kParticipants{
    "SELECT 1 FROM task_users u WHERE u.cid=tasks.cid AND u.task=tasks.id AND u.is_removed=0", "u.user_id",
    "SELECT 1 FROM task_participants o WHERE o.cid=tasks.cid AND o.task=tasks.id AND o.type=5", "o.mail",
    "o.display_name"};

struct Slice {
  std::span<const FolderId> folders;
  std::span<const ObjectId> ids;
  bool at_home = false;
};

/// The columns named with their table, because places bring some of the same names.
std::string shown_columns(const FieldSet& wanted) {
  std::string list(kSelectShown);
  const auto table = task_fields();
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!wanted.test(i) || table[i].sql.empty()) continue;
    list += ",tasks.";
    list += table[i].sql;
  }
  return list;
}

class TaskReader {
 public:
  TaskReader(sql::Connection& connection, ContextId context, const FieldSet& fields,
             const Condition& condition, const std::function<void(const Task&)>& visit)
      : connection_(connection),
        context_(context),
        fields_(fields),
        condition_(condition),
        visit_(visit),
        head_(shown_columns(fields)) {
    for (const std::string& piece : condition.pieces) patterns_.push_back(pattern_of(piece));
    for (const std::string& piece : condition.pieces_or_names) name_patterns_.push_back(pattern_of(piece));
  }

  void run(const Slice& slice) {
    sql::StatementText statement{head_, {}};
    statement.add(kFromShown, context_);
    statement.add_list("p.task", slice.ids);
    statement.add_list("p.folder", slice.folders);
    if (slice.at_home) statement.sql += kAtHome;
    if (condition_.changed_after) statement.add(kChangedAfter, *condition_.changed_after);
    add_filters(statement);
    sql::Query row = statement.run(connection_);
    while (row.next()) {
      task_.folder_id = row.integer(0);
      task_.is_home = row.integer(1) != 0;
      task_.number_of_participants = row.integer(2);
      read_row(task_, row, task_fields(), fields_, 3);
      visit_(task_);
    }
  }

 private:
  static std::string pattern_of(std::string_view piece) { return "%" + sql::escape_like(piece) + "%"; }

  void add_filters(sql::StatementText& statement) const {
    for (const std::string& pattern : patterns_) {
      statement.add(" AND tasks.search_fold LIKE ?", pattern);
      statement.sql += sql::like_escape(connection_.engine());
    }
    for (const std::string& pattern : name_patterns_) {
      statement.add(" AND (tasks.search_fold LIKE ?", pattern);
      statement.sql += sql::like_escape(connection_.engine());
      attachments::add_attached_name(statement, {context_, attachments::ParentModule::Task, "tasks.id"},
                                     "tasks.number_of_attachments>0", pattern, connection_.engine());
      statement.sql += ')';
    }
    statement.add_list("tasks.status", std::span(condition_.statuses));
    if (condition_.is_series) statement.sql += *condition_.is_series ? kRecurring : kNotRecurring;
    for (const ParticipantCondition& condition : condition_.participants)
      add_participants(statement, kParticipants, condition, connection_.engine());
  }

  sql::Connection& connection_;
  ContextId context_;
  const FieldSet& fields_;
  const Condition& condition_;
  const std::function<void(const Task&)>& visit_;
  std::string head_;
  std::vector<std::string> patterns_, name_patterns_;
  Task task_;
};

template <class T>
void read_slices(TaskReader& reader, const std::vector<T>& values, std::span<const T> Slice::*list,
                 Slice slice) {
  sql::each_slice(values, [&](std::span<const T> piece) {
    slice.*list = piece;
    reader.run(slice);
  });
}

std::optional<Task> find_one(sql::Connection& connection, ContextId context, const FieldSet& fields,
                             const Slice& slice) {
  std::optional<Task> found;
  const Condition none;
  const std::function<void(const Task&)> keep = [&](const Task& task) { found = task; };
  TaskReader(connection, context, fields, none, keep).run(slice);
  return found;
}

}  // namespace

FieldSet with_dependencies(FieldSet fields) {
  const auto table = task_fields();
  const auto want = [&](std::initializer_list<int> columns) {
    for (const int column : columns) fields.set(static_cast<std::size_t>(find_column(table, column)));
  };
  if (is_sent(fields, 6)) want({5});
  if (is_sent(fields, 316)) want({201});
  if (is_sent(fields, 317)) want({202});
  want({1, 20, 2, 5, 101, 401});
  return fields;
}

void scan(sql::Connection& connection, ContextId context, const FieldSet& fields, const Condition& condition,
          const std::function<void(const Task&)>& visit) {
  TaskReader reader(connection, context, fields, condition, visit);
  const Slice whole{condition.folders, condition.ids};
  if (condition.ids.size() > 1)
    read_slices(reader, condition.ids, &Slice::ids, whole);
  else if (condition.folders.size() > 1)
    read_slices(reader, condition.folders, &Slice::folders, whole);
  else
    reader.run(whole);
}

std::optional<Task> find_home(sql::Connection& connection, ContextId context, const FieldSet& fields,
                              ObjectId id) {
  return find_one(connection, context, fields, {.ids = std::span(&id, 1), .at_home = true});
}

std::optional<Task> find_in(sql::Connection& connection, ContextId context, const FieldSet& fields,
                            FolderId folder, ObjectId id) {
  return find_one(connection, context, fields, {.folders = std::span(&folder, 1), .ids = std::span(&id, 1)});
}

std::string search_text(const Task& task) {
  constexpr char kSeparator = '\x1f';
  std::string text(1, kSeparator);
  for (const Text* part : {&task.title, &task.note, &task.categories}) {
    if (!*part) continue;
    text += fold(**part);
    text += kSeparator;
  }
  return text;
}

}  // namespace gw::model::tasks::store

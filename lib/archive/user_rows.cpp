#include "archive/user_rows.hpp"

#include <algorithm>

#include "sql/statement_text.hpp"

namespace gw::archive {
namespace {

/// What goes with its owner: as folders::delete_user_folders decides.
constexpr std::string_view kOwnFolders =
    "SELECT id FROM folders WHERE cid=? AND owner=? AND (type=1 OR type=16 OR default_kind=8)";
constexpr std::string_view kFoldersBelow = "SELECT id FROM folders WHERE cid=? AND parent IN (";
constexpr std::string_view kEventsOfUser =
    "SELECT event FROM event_attendees WHERE cid=? AND kind=1 AND entity IN (";
constexpr std::string_view kTasksOfUser = "SELECT task FROM task_folders WHERE cid=? AND user_id IN (";
constexpr std::string_view kTasksOfFolders = "SELECT task FROM task_folders WHERE cid=? AND folder IN (";
constexpr std::string_view kGuestsOfUser = "SELECT id FROM users WHERE cid=? AND guest_created_by IN (";

void make_unique(std::vector<std::int64_t>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

/// Calls `use` with slices of the numbers, each filled up to its marks with its last one.
void for_each_slice(const std::vector<std::int64_t>& numbers,
                    const std::function<void(std::vector<std::int64_t>)>& use) {
  sql::each_slice(numbers, [&](std::span<const std::int64_t> some) {
    std::vector<std::int64_t> slice(some.begin(), some.end());
    slice.resize(sql::count_marks(slice.size()), slice.back());
    use(std::move(slice));
  });
}

}  // namespace

UserIds::UserIds(sql::Connection& connection, ContextId context, UserId user)
    : context_(context), user_(user) {
  numbers(Ids::User) = {user.value};
  collect_folders(connection);
  collect(connection, Ids::Guests, kGuestsOfUser, Ids::User);
  collect(connection, Ids::Events, kEventsOfUser, Ids::User);
  collect(connection, Ids::Tasks, kTasksOfUser, Ids::User);
  collect(connection, Ids::Tasks, kTasksOfFolders, Ids::Folders);
}

const std::vector<std::int64_t>& UserIds::of(Ids kind) {
  make_unique(numbers(kind));
  return numbers(kind);
}

void UserIds::collect_folders(sql::Connection& connection) {
  std::vector<std::int64_t> level;
  {
    sql::Query row = connection.query(kOwnFolders, context_, user_);
    while (row.next()) level.push_back(row.integer(0));
  }
  std::vector<std::int64_t>& all = numbers(Ids::Folders);
  while (!level.empty()) {
    all.insert(all.end(), level.begin(), level.end());
    make_unique(all);
    std::vector<std::int64_t> below;
    for_each_slice(level, [&](const std::vector<std::int64_t>& slice) {
      std::vector<sql::Value> values{sql::to_value(context_)};
      for (const std::int64_t parent : slice) values.emplace_back(parent);
      sql::Query row =
          connection.query_values(std::string(kFoldersBelow) + sql::placeholders(slice.size()) + ')', values);
      while (row.next())
        if (!std::ranges::binary_search(all, row.integer(0))) below.push_back(row.integer(0));
    });
    make_unique(below);
    level = std::move(below);
  }
}

void UserIds::collect(sql::Connection& connection, Ids into, std::string_view statement, Ids by) {
  const std::vector<std::int64_t> known = of(by);
  for_each_slice(known, [&](const std::vector<std::int64_t>& slice) {
    std::vector<sql::Value> values{sql::to_value(context_)};
    for (const std::int64_t number : slice) values.emplace_back(number);
    sql::Query row =
        connection.query_values(std::string(statement) + sql::placeholders(slice.size()) + ')', values);
    while (row.next()) numbers(into).push_back(row.integer(0));
  });
}

void UserIds::read(sql::Connection& connection, const Content& content, const sql::TableLayout& table,
                   const std::function<void(const Row&)>& take) {
  std::vector<std::int64_t> given;
  for (const Choice& choice : content.choices) {
    if (choice.in == Ids::None) continue;
    const std::vector<std::int64_t> chosen = of(choice.in);
    for_each_slice(chosen, [&](std::vector<std::int64_t> slice) {
      std::string condition = std::string(choice.column) + " IN (" + sql::placeholders(slice.size()) + ')';
      if (!choice.also.empty()) condition += " AND " + std::string(choice.also);
      read_rows(connection, table, context_, {std::move(condition), std::move(slice)}, [&](const Row& row) {
        if (content.gives != Ids::None)
          given.push_back(integer_of(row, column_index(table, content.gives_column)));
        take(row);
      });
    });
  }
  if (content.gives == Ids::None) return;
  std::vector<std::int64_t>& all = numbers(content.gives);
  all.insert(all.end(), given.begin(), given.end());
}

}  // namespace gw::archive

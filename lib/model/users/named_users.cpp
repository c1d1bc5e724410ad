#include "model/users/named_users.hpp"

#include <algorithm>

#include "sql/dialect.hpp"

namespace gw::model::users {
namespace {

constexpr std::string_view kSelectNamed =
    "SELECT id,display_name,mail,timezone,calendar_folder FROM users WHERE cid=? AND guest_created_by=0 AND "
    "id IN (";

}  // namespace

std::vector<NamedUser> list_named(sql::Connection& connection, ContextId context,
                                  std::span<const UserId> users) {
  std::vector<NamedUser> named;
  for (std::size_t start = 0; start < users.size(); start += sql::kMaxMarks) {
    const auto slice = users.subspan(start, std::min(sql::kMaxMarks, users.size() - start));
    // A few fixed sizes: each is a statement of its own to prepare.
    std::size_t marks = 1;
    while (marks < slice.size()) marks *= 4;
    std::vector<sql::Value> values{sql::to_value(context)};
    for (std::size_t i = 0; i < marks; ++i)
      values.push_back(sql::to_value(slice[std::min(i, slice.size() - 1)]));
    sql::Query row =
        connection.query_values(std::string(kSelectNamed) + sql::placeholders(marks) + ")", values);
    while (row.next())
      named.push_back({row.id<UserId>(0), row.string(1), row.string(2), row.string(3), row.id<FolderId>(4)});
  }
  return named;
}

}  // namespace gw::model::users

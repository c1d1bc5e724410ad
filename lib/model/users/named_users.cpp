#include "model/users/named_users.hpp"

#include "sql/statement_text.hpp"

namespace gw::model::users {
namespace {

constexpr std::string_view kSelectNamed =
    "SELECT id,display_name,mail,timezone,calendar_folder FROM users WHERE cid=? AND guest_created_by=0 AND "
    "id IN (";

}  // namespace

std::vector<NamedUser> list_named(sql::Connection& connection, ContextId context,
                                  std::span<const UserId> users) {
  std::vector<NamedUser> named;
  sql::each_slice(users, [&](std::span<const UserId> slice) {
    sql::StatementText statement;
    statement.add(kSelectNamed, context);
    statement.add_marks(slice);
    sql::Query row = statement.run(connection);
    while (row.next())
      named.push_back({row.id<UserId>(0), row.string(1), row.string(2), row.string(3), row.id<FolderId>(4)});
  });
  return named;
}

}  // namespace gw::model::users

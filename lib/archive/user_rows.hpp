// Which rows belong to one user, by the choices of archive/contents.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "archive/contents.hpp"
#include "archive/row_source.hpp"

namespace gw::archive {

/// The numbers that rows are chosen by, collected while the tables are read. Memory: 8 bytes for each object
/// of the user.
class UserIds {
 public:
  /// His folders with everything below them, the events where he takes part, the tasks in his folders. Cost:
  /// a query for each level of folders.
  UserIds(sql::Connection& connection, ContextId context, UserId user);

  /// Every row of the table that the user's backup has; one that is chosen twice may come twice. Adds to the
  /// numbers what the table gives. `take` must not use the connection.
  void read(sql::Connection& connection, const Content& content, const sql::TableLayout& table,
            const std::function<void(const Row&)>& take);
  /// Ascending.
  [[nodiscard]] const std::vector<std::int64_t>& of(Ids kind);

 private:
  void collect_folders(sql::Connection& connection);
  void collect(sql::Connection& connection, Ids into, std::string_view statement, Ids by);
  std::vector<std::int64_t>& numbers(Ids kind) { return numbers_[static_cast<std::size_t>(kind)]; }

  ContextId context_;
  UserId user_;
  std::array<std::vector<std::int64_t>, kIdKinds> numbers_;
};

}  // namespace gw::archive

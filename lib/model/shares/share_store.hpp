// The table `shares`: one row per guest or link. No rights and no rules here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/shares/target.hpp"
#include "sql/connection.hpp"

namespace gw::model::shares::store {

struct Row {
  UserId guest;
  bool is_link = false;
  std::string token_hash;
  std::string sealed_token;
  std::optional<std::string> mail_fold;  ///< of a named guest
  Target target;                         ///< of a link
  bool with_subfolders = false;
  std::optional<std::string> meta;  ///< JSON text
  UserId created_by;
  Millis created;
  Millis last_modified;
  Millis last_use;
};

void insert(sql::Connection& connection, ContextId context, const Row& row);
/// Writes token, with_subfolders, meta and last_modified.
void update(sql::Connection& connection, ContextId context, const Row& row);
void touch(sql::Connection& connection, ContextId context, UserId guest, Millis now);

std::optional<Row> find(sql::Connection& connection, ContextId context, UserId guest);
std::optional<Row> find_by_token(sql::Connection& connection, ContextId context, std::string_view token_hash);
std::optional<Row> find_by_mail(sql::Connection& connection, ContextId context, std::string_view mail_fold);
std::optional<Row> find_link(sql::Connection& connection, ContextId context, const Target& target);
/// Those of the users who are guests; ascending. Cost: one query per 256.
std::vector<Row> list(sql::Connection& connection, ContextId context, std::span<const UserId> users);
std::int64_t count_created_by(sql::Connection& connection, ContextId context, UserId user, bool is_link);

}  // namespace gw::model::shares::store

// Rows of composition spaces and their attachments. Rights, limits and files are decided by the service.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compositions/composition.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::compositions {

/// Who sends a space at the moment.
struct SendState {
  std::string token;
  Millis until;
};
struct StoredSpace {
  Space space;
  SendState sending;
};

/// Whose spaces, and how old they may be: what was not changed after `since` is over.
struct SpaceOwner {
  ContextId context;
  UserId user;
  Millis since;
};

std::optional<StoredSpace> find_space(sql::Connection& connection, const SpaceOwner& owner,
                                      std::string_view id);
/// The one that was changed last comes first.
std::vector<StoredSpace> list_spaces(sql::Connection& connection, const SpaceOwner& owner);
std::int64_t count_spaces(sql::Connection& connection, const SpaceOwner& owner);
void insert_space(sql::Connection& connection, const SpaceOwner& owner, const Space& space);
/// Message, meta, Message-ID and `changed`.
void update_space(sql::Connection& connection, ContextId context, const Space& space);
void update_sending(sql::Connection& connection, ContextId context, std::string_view id,
                    const SendState& sending);
/// With its attachments; the caller discards their files.
void delete_space(sql::Connection& connection, ContextId context, std::string_view id);

void insert_attachment(sql::Connection& connection, const SpaceOwner& owner, std::string_view space,
                       const Attachment& attachment);
void delete_attachment(sql::Connection& connection, ContextId context, std::string_view space,
                       std::string_view id);

/// Files of one user's spaces, or of one space.
std::vector<files::FileName> files_of_user(sql::Connection& connection, ContextId context, UserId user);
std::vector<files::FileName> files_of_space(sql::Connection& connection, ContextId context,
                                            std::string_view space);
/// Of all contexts, at most 100: spaces that nobody changed after `limit` and nobody sends `now`.
std::vector<std::pair<ContextId, std::string>> list_idle(sql::Connection& connection, Millis limit,
                                                         Millis now);
/// Still, as list_idle saw it.
bool is_idle(sql::Connection& connection, ContextId context, std::string_view id, Millis limit, Millis now);

}  // namespace gw::model::compositions

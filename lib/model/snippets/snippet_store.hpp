// Rows of snippets and their attachments. Rights, limits and files are decided by the service.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/snippets/snippet.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::snippets {

std::optional<Snippet> find_snippet(sql::Connection& connection, ContextId context, std::int64_t id);
/// Those of the user and shared ones, by id.
std::vector<Snippet> list_snippets(sql::Connection& connection, ContextId context, UserId user);
std::int64_t count_snippets(sql::Connection& connection, ContextId context, UserId user);
/// Without its attachments, as the others.
void insert_snippet(sql::Connection& connection, ContextId context, const Snippet& snippet);
void update_snippet(sql::Connection& connection, ContextId context, const Snippet& snippet);
/// With its attachments; the caller discards their files.
void delete_snippet(sql::Connection& connection, ContextId context, std::int64_t id);

void insert_attachment(sql::Connection& connection, ContextId context, const Snippet& snippet,
                       const Attachment& attachment);
void delete_attachment(sql::Connection& connection, ContextId context, std::int64_t snippet,
                       std::string_view id);
std::vector<files::FileName> files_of_user(sql::Connection& connection, ContextId context, UserId user);

}  // namespace gw::model::snippets

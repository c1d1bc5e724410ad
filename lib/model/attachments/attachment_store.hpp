// The table of attachments. No rights, no rules, no stamps here.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/attachments/attachment.hpp"
#include "model/files/file_spaces.hpp"
#include "sql/connection.hpp"

namespace gw::model::attachments::store {

/// Of one object, ascending by id; without the folder.
std::vector<Attachment> list_of_object(sql::Connection& connection, ContextId context, ParentModule module,
                                       ObjectId object);
/// Of several objects. Their ids alone would do; the module keeps a broken row from taking others along.
std::vector<Attachment> list_of_objects(sql::Connection& connection, ContextId context, ParentModule module,
                                        std::span<const ObjectId> objects);
void scan(sql::Connection& connection, ContextId context,
          const std::function<void(const Attachment&)>& visit);
std::optional<Attachment> find(sql::Connection& connection, ContextId context, ObjectId id);
void insert(sql::Connection& connection, ContextId context, const Attachment& attachment);
/// False when the row names another file.
bool rename_file(sql::Connection& connection, ContextId context, ObjectId id, std::string_view old_file,
                 std::string_view new_file);
void remove(sql::Connection& connection, ContextId context, ObjectId id);
void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to);
std::int64_t count_context(sql::Connection& connection, ContextId context);

}  // namespace gw::model::attachments::store

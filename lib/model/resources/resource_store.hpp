// SQL of resources. Rules are in resource_service.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "model/resources/resource.hpp"
#include "sql/connection.hpp"

namespace gw::model::resources {

/// Ascending by id.
std::vector<Resource> list_stored(sql::Connection& connection, ContextId context);
std::optional<Resource> find_stored(sql::Connection& connection, ContextId context, ResourceId resource);
void insert_resource(sql::Connection& connection, ContextId context, const Resource& resource);
void update_resource(sql::Connection& connection, ContextId context, const Resource& resource);
void delete_resource(sql::Connection& connection, ContextId context, ResourceId resource);
/// Another resource than `except`; compared without case.
bool is_name_taken(sql::Connection& connection, ContextId context, std::string_view name, ResourceId except);
bool is_mail_taken(sql::Connection& connection, ContextId context, std::string_view mail, ResourceId except);
/// Compared as written.
bool is_display_name_taken(sql::Connection& connection, ContextId context, std::string_view name,
                           ResourceId except);

}  // namespace gw::model::resources

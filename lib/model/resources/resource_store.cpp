#include "model/resources/resource_store.hpp"

#include "core/text.hpp"

namespace gw::model::resources {
namespace {

constexpr std::string_view kList =
    "SELECT id,name,display_name,mail,available,description,last_modified,created FROM resources "
    "WHERE cid=? ORDER BY id";
constexpr std::string_view kFind =
    "SELECT id,name,display_name,mail,available,description,last_modified,created FROM resources "
    "WHERE cid=? AND id=?";
constexpr std::string_view kInsert =
    "INSERT INTO resources (cid,id,name,display_name,mail,available,description,last_modified,created) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdate =
    "UPDATE resources SET name=?,display_name=?,mail=?,available=?,description=?,last_modified=? "
    "WHERE cid=? AND id=?";
constexpr std::string_view kDelete = "DELETE FROM resources WHERE cid=? AND id=?";
constexpr std::string_view kNameOwner = "SELECT 1 FROM resources WHERE cid=? AND LOWER(name)=? AND id<>?";
constexpr std::string_view kMailOwner =
    "SELECT 1 FROM resources WHERE cid=? AND LOWER(mail)=LOWER(?) AND id<>?";
constexpr std::string_view kDisplayNameOwner =
    "SELECT 1 FROM resources WHERE cid=? AND display_name=? AND id<>?";

Resource read_resource(const sql::Query& row) {
  Resource resource;
  resource.id = row.integer(0);
  resource.name = row.optional_string(1);
  resource.display_name = row.optional_string(2);
  resource.mail = row.optional_string(3);
  resource.available = row.integer(4) != 0;
  resource.description = row.optional_string(5);
  resource.last_modified = row.millis(6);
  resource.created = row.millis(7);
  return resource;
}

}  // namespace

std::vector<Resource> list_stored(sql::Connection& connection, ContextId context) {
  std::vector<Resource> resources;
  sql::Query row = connection.query(kList, context);
  while (row.next()) resources.push_back(read_resource(row));
  return resources;
}

std::optional<Resource> find_stored(sql::Connection& connection, ContextId context, ResourceId resource) {
  sql::Query row = connection.query(kFind, context, resource);
  if (!row.next()) return std::nullopt;
  return read_resource(row);
}

void insert_resource(sql::Connection& connection, ContextId context, const Resource& resource) {
  connection.execute(kInsert, context, resource.id, resource.name, resource.display_name, resource.mail,
                     resource.available ? 1 : 0, resource.description, resource.last_modified,
                     resource.created);
}

void update_resource(sql::Connection& connection, ContextId context, const Resource& resource) {
  connection.execute(kUpdate, resource.name, resource.display_name, resource.mail, resource.available ? 1 : 0,
                     resource.description, resource.last_modified, context, resource.id);
}

void delete_resource(sql::Connection& connection, ContextId context, ResourceId resource) {
  connection.execute(kDelete, context, resource);
}

bool is_name_taken(sql::Connection& connection, ContextId context, std::string_view name, ResourceId except) {
  return connection.query(kNameOwner, context, to_lower_ascii(name), except).next();
}

bool is_mail_taken(sql::Connection& connection, ContextId context, std::string_view mail, ResourceId except) {
  return connection.query(kMailOwner, context, mail, except).next();
}

bool is_display_name_taken(sql::Connection& connection, ContextId context, std::string_view name,
                           ResourceId except) {
  return connection.query(kDisplayNameOwner, context, name, except).next();
}

}  // namespace gw::model::resources

#include "model/resources/resource_service.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/errors/account.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/field_json.hpp"
#include "model/resources/resource_store.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::resources {
namespace {

namespace res = errors::res;

constexpr FieldErrors kFieldErrors{res::kBadName, res::kBadName, res::kBadName};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" _.@$%+-").find(c) != std::string_view::npos;
}

void require_right(const UnitOfWork& work) {
  if (!work.caller().modules.has(Module::EditResource)) throw ApiError(res::kNoPermission);
}

void check(sql::Connection& connection, ContextId context, const Resource& resource) {
  const ResourceId id(resource.id);
  if (!resource.name) throw ApiError(res::kMandatory, {"name"});
  if (!resource.display_name) throw ApiError(res::kMandatory, {"display_name"});
  if (!resource.mail) throw ApiError(res::kMandatory, {"mailaddress"});
  if (!std::all_of(resource.name->begin(), resource.name->end(), is_name_character))
    throw ApiError(res::kBadName, {*resource.name});
  if (!users::is_mail_address(*resource.mail)) throw ApiError(res::kBadAddress, {*resource.mail});
  if (is_name_taken(connection, context, *resource.name, id))
    throw ApiError(res::kNameTaken, {*resource.name});
  if (is_display_name_taken(connection, context, *resource.display_name, id))
    throw ApiError(res::kNameTaken, {*resource.display_name});
  if (is_mail_taken(connection, context, *resource.mail, id))
    throw ApiError(res::kAddressTaken, {*resource.mail});
}

void raise_change(Transaction& transaction, ChangeKind kind, std::int64_t resource) {
  Event event;
  event.module = ObjectModule::Resource;
  event.kind = kind;
  event.object = ObjectId(resource);
  event.tell({}, std::array{kEverybody});
  transaction.raise(std::move(event));
}

Resource load_for_change(sql::Connection& connection, ContextId context, ResourceId id, Millis known) {
  auto resource = find_stored(connection, context, id);
  if (!resource) throw ApiError(res::kNotFound, {std::to_string(id.value)});
  if (resource->last_modified > known) throw ApiError(res::kChanged);
  return std::move(*resource);
}

void apply(Resource& resource, const ResourceInput& input) {
  const auto sent = [&](std::string_view name) {
    const int row = find_json(resource_fields(), name);
    return row >= 0 && input.sent.test(static_cast<std::size_t>(row));
  };
  if (sent("name")) resource.name = input.resource.name;
  if (sent("display_name")) resource.display_name = input.resource.display_name;
  if (sent("mailaddress")) resource.mail = input.resource.mail;
  if (sent("availability")) resource.available = input.resource.available;
  if (sent("description")) resource.description = input.resource.description;
}

bool matches(const Resource& resource, std::string_view pattern) {
  for (const auto& text : {resource.display_name, resource.name, resource.mail})
    if (text && matches_wildcards(fold(*text), pattern)) return true;
  return false;
}

}  // namespace

Resource load_resource(UnitOfWork& work, ResourceId id) {
  auto resource = find_stored(work.connection(), work.context(), id);
  if (!resource) throw ApiError(res::kNotFound, {std::to_string(id.value)});
  return std::move(*resource);
}

std::vector<Resource> list_resources(UnitOfWork& work) {
  return list_stored(work.connection(), work.context());
}

std::vector<Resource> list_resources(UnitOfWork& work, std::span<const ResourceId> wanted) {
  std::map<std::int64_t, Resource> known;
  for (Resource& resource : list_resources(work)) known.emplace(resource.id, std::move(resource));
  std::vector<Resource> resources;
  for (const ResourceId id : wanted)
    if (const auto place = known.find(id.value); place != known.end()) resources.push_back(place->second);
  return resources;
}

std::vector<Resource> search_resources(UnitOfWork& work, std::string_view pattern) {
  std::vector<Resource> resources = list_resources(work);
  std::string wanted = fold(trim(pattern));
  if (wanted.empty() || wanted == "*") return resources;
  if (wanted.find_first_of("*?") == std::string::npos) wanted = "*" + wanted + "*";
  std::erase_if(resources, [&](const Resource& resource) { return !matches(resource, wanted); });
  return resources;
}

ResourceInput parse_resource(const Json& data, bool creating) {
  ResourceInput input;
  input.sent = parse_object(input.resource, data, resource_fields(), kFieldErrors, creating);
  return input;
}

Resource create_resource(Transaction& transaction, const ResourceInput& input) {
  const ContextId context = transaction.work().context();
  require_right(transaction.work());
  const Millis stamp = transaction.stamp();
  Resource created;
  apply(created, input);
  check(transaction.connection(), context, created);
  created.id = transaction.next_id();
  created.created = stamp;
  created.last_modified = stamp;
  insert_resource(transaction.connection(), context, created);
  raise_change(transaction, ChangeKind::Created, created.id);
  return created;
}

Resource create_resource(UnitOfWork& work, const ResourceInput& input) {
  require_right(work);
  Resource created;
  work.write([&](Transaction& transaction) { created = create_resource(transaction, input); });
  return created;
}

Resource update_resource(Transaction& transaction, ResourceId id, const ResourceInput& input, Millis known) {
  const ContextId context = transaction.work().context();
  require_right(transaction.work());
  const Millis stamp = transaction.stamp();
  Resource changed = load_for_change(transaction.connection(), context, id, known);
  apply(changed, input);
  check(transaction.connection(), context, changed);
  changed.last_modified = stamp;
  update_resource(transaction.connection(), context, changed);
  raise_change(transaction, ChangeKind::Updated, changed.id);
  return changed;
}

Resource update_resource(UnitOfWork& work, ResourceId id, const ResourceInput& input, Millis known) {
  require_right(work);
  Resource changed;
  work.write([&](Transaction& transaction) { changed = update_resource(transaction, id, input, known); });
  return changed;
}

Millis delete_resources(UnitOfWork& work, std::span<const ResourceId> resources, Millis known) {
  require_right(work);
  if (resources.empty()) throw ApiError(res::kNoneGiven);
  Millis stamp;
  const ContextId context = work.context();
  work.write([&](Transaction& transaction) {
    stamp = transaction.stamp();
    for (const ResourceId id : resources) {
      load_for_change(transaction.connection(), context, id, known);
      delete_resource(transaction.connection(), context, id);
      write_tombstone(transaction.connection(), context, ObjectModule::Resource, FolderId(0),
                      ObjectId(id.value), stamp);
      raise_change(transaction, ChangeKind::Deleted, id.value);
    }
  });
  return stamp;
}

ResourceUpdates list_resource_updates(UnitOfWork& work, Millis since) {
  ResourceUpdates updates;
  work.snapshot([&](sql::Connection& connection) {
    updates = {};
    updates.timestamp = since;
    if (since.value > 0 && since < tombstone_horizon(connection, work.context()))
      throw ApiError(errors::svl::kBadParameter, {"timestamp", std::to_string(since.value)});
    for (Resource& resource : list_stored(connection, work.context())) {
      if (resource.last_modified <= since) continue;
      updates.timestamp = std::max(updates.timestamp, resource.last_modified);
      (resource.created > since ? updates.created : updates.modified).push_back(std::move(resource));
    }
    for (const Tombstone& gone :
         tombstones_since(connection, work.context(), ObjectModule::Resource, FolderId(0), since)) {
      updates.timestamp = std::max(updates.timestamp, gone.stamp);
      updates.deleted.emplace_back(gone.object.value);
    }
  });
  return updates;
}

}  // namespace gw::model::resources

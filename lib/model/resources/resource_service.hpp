// Resources as clients see and change them: rights, rules, conflicts, updates, events.
// Source: spec contacts-users-groups-resources section 12.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "model/resources/resource.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::resources {

/// Errors: RES-0005.
Resource load_resource(UnitOfWork& work, ResourceId resource);
/// In the order asked for; unknown ids are left out.
std::vector<Resource> list_resources(UnitOfWork& work, std::span<const ResourceId> resources);
/// Ascending by id.
std::vector<Resource> list_resources(UnitOfWork& work);
/// By display name, simple name and address: `*` and `?` are wildcards, without them it is a substring; empty
/// finds all.
std::vector<Resource> search_resources(UnitOfWork& work, std::string_view pattern);

struct ResourceInput {
  Resource resource;
  FieldSet sent;  ///< rows of resource_fields()
};
/// Reads what a client sent. Errors: RES-0008, RES-0011 (too long, control characters or wrong type, by
/// field).
ResourceInput parse_resource(const Json& data, bool creating);

/// Gives the resource as stored.
/// Errors: RES-0009 right, RES-0008, RES-0006, RES-0010, RES-0011, RES-0012.
Resource create_resource(UnitOfWork& work, const ResourceInput& input);
/// The same inside a transaction that runs already.
Resource create_resource(Transaction& transaction, const ResourceInput& input);
/// `known`: the client's last timestamp. Errors: RES-0005, RES-0013 and those of create.
Resource update_resource(UnitOfWork& work, ResourceId resource, const ResourceInput& input, Millis known);
Resource update_resource(Transaction& transaction, ResourceId resource, const ResourceInput& input,
                         Millis known);
/// All or nothing. Gives the stamp. Errors: RES-0005, RES-0007 (none given), RES-0009, RES-0013.
Millis delete_resources(UnitOfWork& work, std::span<const ResourceId> resources, Millis known);

struct ResourceUpdates {
  std::vector<Resource> created;
  std::vector<Resource> modified;
  std::vector<ResourceId> deleted;
  Millis timestamp;  ///< greatest change delivered, else `since`
};
/// Changes strictly newer than `since`, from one state of the database.
/// Errors: SVL-0010 when `since` is not 0 and older than the tombstones reach: fetch everything again.
ResourceUpdates list_resource_updates(UnitOfWork& work, Millis since);

}  // namespace gw::model::resources

// A context on the wire to and from the model. Source: spec provisioning section 5.
#pragma once

#include <optional>
#include <string>

#include "core/json.hpp"
#include "model/contexts/provisioning.hpp"
#include "provisioning/call.hpp"

namespace gw::provisioning {

/// Without administrator. Errors: Fault InvalidData.
model::contexts::NewContext read_new_context(const Json& data);
/// Only members that are there change; `loginMappings` becomes the whole list. Errors: Fault InvalidData.
model::contexts::ContextChanges read_context_changes(const Json& data,
                                                     const model::contexts::Context& context);
/// Cost: one query beside the context.
Json write_context(sql::Connection& connection, const model::contexts::Context& context);

/// The registered store that a new context shall have. Errors: Fault NoSuchFilestore, InvalidData (full).
struct ChosenStore {
  std::int64_t id = 0;
  std::string uri;
};
std::optional<ChosenStore> choose_store(sql::Connection& connection, const Json& data);
/// Errors: as above.
ChosenStore load_store_with_room(sql::Connection& connection, std::int64_t id);
void assign_store(model::Transaction& transaction, ContextId context, const ChosenStore& store);
/// Keeps which of the registered ones it is; where files go is decided elsewhere (model/files).
void note_store(model::Transaction& transaction, ContextId context, std::int64_t id);
/// GroupwareFileStore, among the registered ones.
inline constexpr std::int64_t kServerStoreId = 0;
std::int64_t store_of(sql::Connection& connection, ContextId context);

}  // namespace gw::provisioning

#include "provisioning/context_data.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/administration/registry.hpp"
#include "model/files/context_stores.hpp"
#include "provisioning/attribute_data.hpp"
#include "provisioning/fault.hpp"

namespace gw::provisioning {
namespace {

namespace contexts = model::contexts;
namespace administration = model::administration;

constexpr std::string_view kStoreAttribute = "store";

/// Lower case; the id and the name always lead to the context and are no mappings of their own.
std::vector<std::string> mappings_of(const Json& data, std::string_view id, std::string_view name) {
  const Json list = data.get("loginMappings");
  std::vector<std::string> mappings;
  for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
    const std::string mapping = to_lower_ascii(trim(list.at(i).to_text().value_or("")));
    if (!mapping.empty() && mapping != id && mapping != name) mappings.push_back(mapping);
  }
  std::sort(mappings.begin(), mappings.end());
  mappings.erase(std::unique(mappings.begin(), mappings.end()), mappings.end());
  return mappings;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

contexts::NewContext read_new_context(const Json& data) {
  contexts::NewContext wanted;
  if (const auto id = number_member(data, "id")) wanted.id = ContextId(*id);
  wanted.name = text_member(data, "name").value_or("");
  wanted.file_quota = to_bytes(number_member(data, "maxQuota").value_or(-1));
  const std::string id = wanted.id ? std::to_string(wanted.id->value) : std::string();
  wanted.mappings = mappings_of(data, id, to_lower_ascii(wanted.name));
  return wanted;
}

contexts::ContextChanges read_context_changes(const Json& data, const contexts::Context& context) {
  contexts::ContextChanges changes;
  // A context that is named by its name alone keeps it.
  const auto name = text_member(data, "name");
  if (name && !name->empty() && *name != context.name && number_member(data, "id")) changes.name = *name;
  if (const auto quota = number_member(data, "maxQuota")) changes.file_quota = to_bytes(*quota);
  changes.enabled = boolean_member(data, "enabled");
  if (data.get("loginMappings").is_missing()) return changes;
  const auto wanted =
      mappings_of(data, std::to_string(context.id.value), changes.name.value_or(context.name));
  for (const std::string& mapping : wanted)
    if (!contains(context.mappings, mapping)) changes.add_mappings.push_back(mapping);
  for (const std::string& mapping : context.mappings)
    if (!contains(wanted, mapping)) changes.remove_mappings.push_back(mapping);
  return changes;
}

Json write_context(sql::Connection& connection, const contexts::Context& context) {
  Json out = Json::object();
  out.set("id", Json::integer(context.id.value));
  out.set("name", Json::string(context.name));
  out.set("enabled", Json::boolean(context.enabled));
  out.set("maxQuota", Json::integer(to_megabytes(context.file_quota)));
  Json mappings = Json::array();
  mappings.append(Json::string(std::to_string(context.id.value)));
  mappings.append(Json::string(context.name));
  for (const std::string& mapping : context.mappings) mappings.append(Json::string(mapping));
  out.set("loginMappings", std::move(mappings));
  if (const std::int64_t store = store_of(connection, context.id))
    out.set("filestoreId", Json::integer(store));
  Json attributes = read_user_attributes(connection, context.id, administration::kContextItself);
  if (!attributes.is_missing()) out.set("userAttributes", std::move(attributes));
  return out;
}

std::optional<ChosenStore> choose_store(sql::Connection& connection, const Json& data) {
  const auto id = number_member(data, "filestoreId");
  if (!id || *id == kServerStoreId) return std::nullopt;
  return load_store_with_room(connection, *id);
}

ChosenStore load_store_with_room(sql::Connection& connection, std::int64_t id) {
  for (const administration::RegisteredStore& store : administration::list_registered_stores(connection)) {
    if (store.id != id) continue;
    if (store.contexts >= store.max_contexts)
      throw Fault(FaultKind::InvalidData, fmt::format("File store {} holds all contexts that it may", id),
                  "filestoreId");
    return {store.id, store.uri};
  }
  throw Fault(FaultKind::NoSuchFilestore, fmt::format("File store {} does not exist", id));
}

void assign_store(model::Transaction& transaction, ContextId context, const ChosenStore& store) {
  model::files::insert_store(transaction.connection(), context,
                             {.number = 1, .uri = store.uri, .takes_new = true});
  note_store(transaction, context, store.id);
}

void note_store(model::Transaction& transaction, ContextId context, std::int64_t id) {
  administration::store_attribute(transaction, context, administration::kContextItself, kStoreAttribute,
                                  id == kServerStoreId ? std::nullopt : std::optional(std::to_string(id)));
}

std::int64_t store_of(sql::Connection& connection, ContextId context) {
  const auto store =
      administration::find_attribute(connection, context, administration::kContextItself, kStoreAttribute);
  return store ? parse_integer(*store).value_or(0) : 0;
}

}  // namespace gw::provisioning

#include "provisioning/rights.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/settings/availability.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning/fault.hpp"

namespace gw::provisioning {
namespace {

namespace administration = model::administration;
using model::Module;

constexpr std::string_view kForcedPrefix = "cap/";
constexpr std::string_view kAccessAttribute = "access";
/// Access that was given beside it is the second character.
constexpr std::size_t kBase = 1;

Module module_of(std::string_view id) {
  const auto module = model::settings::find_module(id);
  if (!module)
    throw Fault(FaultKind::InvalidData, fmt::format("The capability \"{}\" cannot be forced", id),
                std::string(id));
  return *module;
}

std::string forced_value(bool is_on, bool is_given) {
  return std::string(is_on ? "+" : "-") + (is_given ? "1" : "0");
}

bool was_given(const std::string& value) { return value.size() > kBase && value[kBase] == '1'; }

std::vector<std::string> capability_list(std::string_view text) {
  std::vector<std::string> ids;
  for (const std::string_view word : split(text, ',')) {
    if (word.empty()) continue;
    module_of(word);
    ids.emplace_back(word);
  }
  return ids;
}

}  // namespace

model::ModuleSet given_access(sql::Connection& connection, ContextId context,
                              const model::users::User& user) {
  model::ModuleSet access = user.modules;
  for (const auto& [id, value] : administration::read_attributes(connection, context, user.id, kForcedPrefix))
    access.set(module_of(id), was_given(value));
  return access;
}

model::ModuleSet effective_access(model::Transaction& transaction, ContextId context, UserId user,
                                  model::ModuleSet access) {
  model::ModuleSet effective = access;
  const auto forced = administration::read_attributes(transaction.connection(), context, user, kForcedPrefix);
  for (const auto& [id, value] : forced) {
    const Module module = module_of(id);
    const bool is_on = value.starts_with('+');
    administration::store_attribute(transaction, context, user, std::string(kForcedPrefix) + id,
                                    forced_value(is_on, access.has(module)));
    effective.set(module, is_on);
  }
  return effective;
}

CapabilityChange parse_capability_change(std::string_view add, std::string_view remove,
                                         std::string_view drop) {
  return {capability_list(add), capability_list(remove), capability_list(drop)};
}

void change_capabilities(model::Transaction& transaction, ContextId context, UserId id,
                         const CapabilityChange& change) {
  sql::Connection& connection = transaction.connection();
  transaction.stamp();
  const model::users::User user = model::users::load_user(connection, context, id);
  const auto forced = administration::read_attributes(connection, context, id, kForcedPrefix);
  model::ModuleSet modules = user.modules;
  const auto is_given = [&](const std::string& capability) {
    const auto known = forced.find(capability);
    return known == forced.end() ? user.modules.has(module_of(capability)) : was_given(known->second);
  };
  const auto force = [&](const std::string& capability, bool is_on) {
    administration::store_attribute(transaction, context, id, std::string(kForcedPrefix) + capability,
                                    forced_value(is_on, is_given(capability)));
    modules.set(module_of(capability), is_on);
  };
  for (const std::string& capability : change.drop) {
    administration::store_attribute(transaction, context, id, std::string(kForcedPrefix) + capability,
                                    std::nullopt);
    modules.set(module_of(capability), is_given(capability));
  }
  for (const std::string& capability : change.add) force(capability, true);
  for (const std::string& capability : change.remove) force(capability, false);
  model::users::UserChanges changes;
  changes.modules = modules;
  model::users::change_user(transaction, context, id, changes);
}

void store_context_capabilities(model::Transaction& transaction, ContextId context,
                                const CapabilityChange& change) {
  const auto store = [&](const std::vector<std::string>& ids, const std::optional<std::string>& value) {
    for (const std::string& id : ids)
      administration::store_attribute(transaction, context, administration::kContextItself,
                                      std::string(kForcedPrefix) + id, value);
  };
  store(change.drop, std::nullopt);
  store(change.add, "+");
  store(change.remove, "-");
}

CapabilityChange context_capabilities(sql::Connection& connection, ContextId context) {
  CapabilityChange change;
  for (const auto& [id, value] :
       administration::read_attributes(connection, context, administration::kContextItself, kForcedPrefix))
    (value == "+" ? change.add : change.remove).push_back(id);
  return change;
}

model::ModuleSet context_access(sql::Connection& connection, ContextId context, UserId admin) {
  const auto own =
      administration::find_attribute(connection, context, administration::kContextItself, kAccessAttribute);
  if (own) return {static_cast<std::uint32_t>(parse_integer(*own).value_or(0))};
  return given_access(connection, context, model::users::load_user(connection, context, admin));
}

void store_context_access(model::Transaction& transaction, ContextId context, model::ModuleSet access) {
  administration::store_attribute(transaction, context, administration::kContextItself, kAccessAttribute,
                                  std::to_string(access.bits));
}

}  // namespace gw::provisioning

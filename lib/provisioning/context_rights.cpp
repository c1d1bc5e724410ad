#include "provisioning/context_rights.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/settings/availability.hpp"
#include "model/shares/guests.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/rights.hpp"

namespace gw::provisioning {
namespace {

namespace administration = model::administration;

struct CountedModule {
  std::string_view name;
  std::int64_t LimitSettings::*configured = nullptr;
  std::int64_t otherwise = -1;  ///< where nothing can be configured
};
constexpr CountedModule kCounted[] = {{"calendar", &LimitSettings::events_per_context},
                                      {"task", &LimitSettings::tasks_per_context},
                                      {"contact", &LimitSettings::contacts_per_context},
                                      {"attachment", &LimitSettings::attachments_per_context},
                                      {"infostore"},
                                      {"invite_guests", nullptr, model::shares::kMaxGuests},
                                      {"share_links", nullptr, model::shares::kMaxLinks}};

std::string counted_names() {
  std::vector<std::string> names;
  for (const CountedModule& counted : kCounted) names.emplace_back(counted.name);
  return join(names, ", ");
}

std::vector<UserId> users_of(Call& call) {
  auto ids = model::users::list_internal_ids(call.work().connection(), call.context().id);
  call.work().release();
  return ids;
}

}  // namespace

void change_access_of(Call& call, UserId user, model::ModuleSet access) {
  const ContextId context = call.context().id;
  if (user == call.context().admin) {
    access.set(model::Module::EditGroup, true);
    access.set(model::Module::EditResource, true);
  }
  call.work().write([&](model::Transaction& transaction) {
    transaction.stamp();
    model::users::UserChanges changes;
    changes.modules = effective_access(transaction, context, user, access);
    model::users::change_user(transaction, context, user, changes);
  });
}

void change_access_of_all(Call& call, model::ModuleSet access) {
  call.work().write(
      [&](model::Transaction& transaction) { store_context_access(transaction, call.context().id, access); });
  for (const UserId user : users_of(call)) change_access_of(call, user, access);
}

Json get_context_access(Call& call) {
  call.open_context(call.needed_object("ctx"));
  return write_access(context_access(call.work().connection(), call.context().id, call.context().admin));
}

Json change_context_access(Call& call) {
  call.open_context(call.needed_object("ctx"));
  const auto before = context_access(call.work().connection(), call.context().id, call.context().admin);
  change_access_of_all(call, read_access(call.needed_object("access"), before));
  return {};
}

Json change_context_access_by_name(Call& call) {
  const auto access = call.combinations().load(call.needed_text("access_combination_name"));
  call.open_context(call.needed_object("ctx"));
  change_access_of_all(call, access);
  return {};
}

Json get_context_combination(Call& call) {
  call.open_context(call.needed_object("ctx"));
  const auto name = call.combinations().find_name(
      context_access(call.work().connection(), call.context().id, call.context().admin));
  return name ? Json::string(*name) : Json::null();
}

Json change_context_capabilities(Call& call) {
  const Json arguments = call.argument_object();
  const CapabilityChange change = parse_capability_change(text_member(arguments, "capsToAdd").value_or(""),
                                                          text_member(arguments, "capsToRemove").value_or(""),
                                                          text_member(arguments, "capsToDrop").value_or(""));
  call.open_context(call.needed_object("ctx"));
  const ContextId context = call.context().id;
  call.work().write(
      [&](model::Transaction& transaction) { store_context_capabilities(transaction, context, change); });
  for (const UserId user : users_of(call))
    call.work().write([&](model::Transaction& transaction) {
      transaction.stamp();
      change_capabilities(transaction, context, user, change);
    });
  return {};
}

Json get_context_capabilities(Call& call) {
  call.open_context(call.needed_object("ctx"));
  const auto admin =
      model::users::load_caller(call.work().connection(), call.context().id, call.context().admin);
  if (!admin) throw Fault(FaultKind::Context, "The context is disabled");
  return Json::string(join(model::settings::capabilities(*admin, call.environment().settings), ","));
}

Json change_context_quota(Call& call) {
  const std::string module = call.needed_text("module");
  const std::int64_t value = call.needed_number("quotaValue");
  call.open_context(call.needed_object("ctx"));
  for (const CountedModule& counted : kCounted) {
    if (counted.name != module) continue;
    const auto kept = value < 0 ? std::nullopt : std::optional(std::to_string(value));
    call.work().write([&](model::Transaction& transaction) {
      const Millis stamp = transaction.stamp();
      administration::store_attribute(transaction, call.context().id, administration::kContextItself,
                                      fmt::format("quota/{}", module), kept);
      model::users::touch_accounts(transaction, call.context().id, stamp);
    });
    return {};
  }
  throw Fault(FaultKind::InvalidData,
              fmt::format("There is no quota of \"{}\" for a context: use {}", module, counted_names()),
              "module");
}

Json list_context_quota(Call& call) {
  call.open_context(call.needed_object("ctx"));
  Json list = Json::array();
  for (const CountedModule& counted : kCounted) {
    const std::int64_t configured = counted.configured == nullptr
                                        ? counted.otherwise
                                        : call.environment().settings.limits.*counted.configured;
    Json quota = Json::object();
    quota.set("module", Json::string(counted.name));
    quota.set("limit", Json::integer(administration::count_limit(call.work().connection(), call.context().id,
                                                                 counted.name, configured)));
    list.append(std::move(quota));
  }
  return list;
}

}  // namespace gw::provisioning

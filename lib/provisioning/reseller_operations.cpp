// OXResellerService: resellers themselves. And the services of contexts, users, groups and resources as
// resellers see them: the same operations, for who owns the context.
#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "model/administration/reseller_limits.hpp"
#include "provisioning/call.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/reseller_data.hpp"

namespace gw::provisioning {
namespace {

namespace administration = model::administration;
using administration::Reseller;
using administration::Restriction;

constexpr std::string_view kOwnContextType = "ResellerContext";

/// A reseller may only have others below him, not change what he is himself.
Reseller load_manageable(Call& call, const Json& named) {
  Reseller found = load_named_reseller(call, named);
  if (call.reseller() && found.id == call.reseller()->id)
    throw Fault(FaultKind::InvalidCredentials, "Only an administrator of the installation changes this");
  return found;
}

std::int64_t chosen_parent(Call& call, const Json& data) {
  if (call.reseller()) return call.reseller()->id;
  const auto id = number_member(data, "parentId");
  return id.value_or(0) == 0 ? 0 : load_named_reseller(call, Json::object().set("id", Json::integer(*id))).id;
}

Json create_reseller(Call& call) {
  const Json data = call.needed_object("adm");
  Reseller wanted;
  wanted.login = text_member(data, "name").value_or("");
  wanted.display_name = text_member(data, "displayname").value_or("");
  if (wanted.display_name.empty()) wanted.display_name = wanted.login;
  const auto restrictions =
      read_restrictions(call.combinations(), data.get("restrictions"), RestrictionOf::Reseller);
  wanted.parent = chosen_parent(call, data);
  const std::string password = text_member(data, "password").value_or("");
  if (wanted.login.empty() || password.empty())
    throw Fault(FaultKind::InvalidData, "A reseller needs name and password",
                wanted.login.empty() ? "name" : "password");
  call.database().release();
  wanted.password_hash = hash_administrator_password(call.environment().settings, password);
  const Reseller made =
      administration::create_reseller(call.database(), wanted, restrictions, call.environment().clock.now());
  return write_reseller(call.database().connection(), made);
}

/// Name, display name and password, those that are there.
administration::ResellerChanges read_changes(Call& call, const Json& data) {
  administration::ResellerChanges changes;
  changes.display_name = text_member(data, "displayname");
  if (const auto password = text_member(data, "password"); password && !password->empty()) {
    call.database().release();
    changes.password_hash = hash_administrator_password(call.environment().settings, *password);
  }
  return changes;
}

/// The list as it becomes by single changes: a value of null takes a restriction away.
std::vector<Restriction> with_changes(Call& call, std::int64_t reseller, const Json& single) {
  auto all = administration::restrictions_of(call.database().connection(), reseller);
  call.database().release();
  single.for_each_member([&](std::string_view name, const Json& value) {
    std::erase_if(all, [name](const Restriction& each) { return each.name == name; });
    if (!value.is_null())
      all.push_back(read_restriction(call.combinations(), std::string(name), value.to_text().value_or(""),
                                     RestrictionOf::Reseller));
  });
  return all;
}

Json change_reseller(Call& call) {
  const Json data = call.needed_object("adm");
  const Reseller reseller = load_manageable(call, data);
  administration::ResellerChanges changes = read_changes(call, data);
  if (number_member(data, "id"))
    if (const auto name = text_member(data, "name"); name && !name->empty()) changes.login = *name;
  if (data.get("restrictions").is_array())
    changes.restrictions =
        read_restrictions(call.combinations(), data.get("restrictions"), RestrictionOf::Reseller);
  // The command line changes single ones.
  if (const Json single = call.argument("single_restrictions"); single.is_object())
    changes.restrictions = with_changes(call, reseller.id, single);
  administration::change_reseller(call.database(), reseller.id, changes, call.environment().clock.now());
  return {};
}

Json change_self(Call& call) {
  const Json data = call.needed_object("adm");
  if (!call.reseller()) throw Fault(FaultKind::InvalidData, "The caller is no reseller");
  if (data.get("restrictions").size() != 0)
    throw Fault(FaultKind::InvalidData, "A reseller does not change his own restrictions", "restrictions");
  administration::change_reseller(call.database(), call.reseller()->id, read_changes(call, data),
                                  call.environment().clock.now());
  return {};
}

Json get_self(Call& call) {
  if (!call.reseller()) throw Fault(FaultKind::InvalidData, "The caller is no reseller");
  return write_reseller(call.database().connection(), *call.reseller());
}

Json delete_reseller(Call& call) {
  const Reseller reseller = load_manageable(call, call.needed_object("adm"));
  administration::delete_reseller(call.database(), reseller.id);
  return {};
}

Json get_reseller(Call& call) {
  const Reseller reseller = load_named_reseller(call, call.needed_object("adm"));
  return write_reseller(call.database().connection(), reseller);
}

Json get_resellers(Call& call) {
  const Json named = call.argument("admins");
  Json list = Json::array();
  for (std::size_t i = 0; named.is_array() && i < named.size(); ++i) {
    const Reseller reseller = load_named_reseller(call, named.at(i));
    list.append(write_reseller(call.database().connection(), reseller));
  }
  return list;
}

/// A reseller finds those below him, not himself.
Json list_resellers(Call& call) {
  const std::string pattern = text_member(call.argument_object(), "search_pattern").value_or("*");
  sql::Connection& connection = call.database().connection();
  Json list = Json::array();
  for (const Reseller& each : administration::list_resellers(connection)) {
    if (call.reseller() && each.parent != call.reseller()->id) continue;
    if (fits_pattern(each.login, pattern) || fits_pattern(std::to_string(each.id), pattern))
      list.append(write_reseller(connection, each));
  }
  return list;
}

Json get_available(Call& call) { return write_available_restrictions(call.combinations()); }

Json get_of_context(Call& call) {
  call.open_context(call.needed_object("ctx"));
  return write_restrictions(
      administration::context_restrictions(call.work().connection(), call.context().id));
}

/// What can be restricted is built in.
Json nothing_to_prepare(Call&) { return {}; }
Json no_removal(Call&) {
  throw Fault(FaultKind::NotOffered,
              "What can be restricted is built in; take it from each reseller instead");
}

/// Combinations of the file may mean other rights than when a restriction was given.
Json renew_combinations(Call& call) {
  for (const Reseller& each : administration::list_resellers(call.database().connection())) {
    const Json written =
        write_restrictions(administration::restrictions_of(call.database().connection(), each.id));
    administration::ResellerChanges changes;
    changes.restrictions = read_restrictions(call.combinations(), written, RestrictionOf::Reseller);
    administration::change_reseller(call.database(), each.id, changes, call.environment().clock.now());
  }
  return {};
}

constexpr Operation kResellerOperations[] = {
    {"create", Who::Reseller, kChanges, parse_signature("adm:ResellerAdmin creds >ResellerAdmin"),
     create_reseller},
    {"change", Who::Reseller, kChanges, parse_signature("adm:ResellerAdmin creds"), change_reseller},
    {"changeSelf", Who::Reseller, kChanges, parse_signature("adm:ResellerAdmin creds"), change_self},
    {"delete", Who::Reseller, kChanges, parse_signature("adm:ResellerAdmin creds"), delete_reseller},
    {"getData", Who::Reseller, kReads, parse_signature("adm:ResellerAdmin creds >ResellerAdmin"),
     get_reseller},
    {"getMultipleData", Who::Reseller, kReads, parse_signature("admins:ResellerAdmin* creds >ResellerAdmin*"),
     get_resellers},
    {"getSelfData", Who::Reseller, kReads, parse_signature("creds >ResellerAdmin"), get_self},
    {"list", Who::Reseller, kReads, parse_signature("search_pattern creds >ResellerAdmin*"), list_resellers},
    {"getAvailableRestrictions", Who::Reseller, kReads, parse_signature("creds >Restriction*"),
     get_available},
    {"getRestrictionsFromContext", Who::Reseller, kReads,
     parse_signature("ctx:ResellerContext creds >Restriction*"), get_of_context},
    {"initDatabaseRestrictions", Who::Master, kReads, parse_signature("creds"), nothing_to_prepare},
    {"removeDatabaseRestrictions", Who::Master, kChanges, parse_signature("creds"), no_removal},
    {"updateDatabaseRestrictions", Who::Master, kChanges, parse_signature("creds"), renew_combinations},
    {"updateDatabaseModuleAccessRestrictions", Who::Master, kChanges, parse_signature("creds"),
     renew_combinations},
};

void use_own_context(Member& member) {
  if (member.type == "Context") member.type = kOwnContextType;
}

/// The operations that a reseller may call where the context is his. Lives as long as the process, so that
/// nothing runs at exit.
const std::vector<Operation>& for_resellers(std::span<const Operation> operations) {
  auto& all = *new std::vector<Operation>;
  for (Operation operation : operations) {
    if (operation.who == Who::Master) continue;
    if (operation.who == Who::ContextAdmin) operation.who = Who::ContextAdminOrReseller;
    for (Parameter& parameter : operation.signature.parameters) use_own_context(parameter.member);
    use_own_context(operation.signature.result);
    all.push_back(operation);
  }
  return all;
}

}  // namespace

std::span<const Operation> reseller_operations() { return kResellerOperations; }

// Each is made once.
std::span<const Operation> reseller_context_operations() {
  static const auto& all = for_resellers(context_operations());
  return all;
}
std::span<const Operation> reseller_user_operations() {
  static const auto& all = for_resellers(user_operations());
  return all;
}
std::span<const Operation> reseller_group_operations() {
  static const auto& all = for_resellers(group_operations());
  return all;
}
std::span<const Operation> reseller_resource_operations() {
  static const auto& all = for_resellers(resource_operations());
  return all;
}

}  // namespace gw::provisioning

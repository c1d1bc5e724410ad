#include "provisioning/reseller_data.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/administration/reseller_limits.hpp"
#include "model/users/account_rules.hpp"
#include "provisioning/fault.hpp"
#include "session/password.hpp"

namespace gw::provisioning {
namespace {

namespace administration = model::administration;
using administration::Reseller;
using administration::Restriction;

constexpr std::string_view kCustomId = "customid";
constexpr std::string_view kOfReseller[] = {administration::kCanCreateSubadmin, administration::kMaxSubadmin,
                                            administration::kMaxContext, administration::kMaxOverallQuota,
                                            administration::kMaxOverallUser};

bool is_plain_name(std::string_view name, RestrictionOf kind) {
  if (kind == RestrictionOf::Context) return name == administration::kMaxUser;
  return std::find(std::begin(kOfReseller), std::end(kOfReseller), name) != std::end(kOfReseller);
}

std::string_view access_prefix(RestrictionOf kind) {
  return kind == RestrictionOf::Context ? administration::kMaxUserByAccess
                                        : administration::kMaxOverallUserByAccess;
}

[[noreturn]] void refuse_reseller() { throw Fault(FaultKind::NoSuchReseller, "There is no such reseller"); }

}  // namespace

Restriction read_restriction(const AccessCombinations& combinations, const std::string& name,
                             const std::string& value, RestrictionOf kind) {
  Restriction restriction;
  restriction.name = name;
  if (const std::string_view prefix = access_prefix(kind); name.starts_with(prefix))
    restriction.modules = combinations.load(std::string_view(name).substr(prefix.size())).bits;
  else if (!is_plain_name(name, kind))
    throw Fault(FaultKind::InvalidData, fmt::format("There is no restriction \"{}\" here", name), name);
  if (name == administration::kCanCreateSubadmin) {
    const std::string word = to_lower_ascii(trim(value));
    if (word != "true" && word != "false")
      throw Fault(FaultKind::InvalidData, fmt::format("{} is true or false", name), name);
    restriction.value = word == "true" ? 1 : 0;
    return restriction;
  }
  const auto number = parse_integer(trim(value));
  if (!number || *number < 0)
    throw Fault(FaultKind::InvalidData, fmt::format("{} is a number from 0 on", name), name);
  restriction.value = *number;
  return restriction;
}

std::vector<Restriction> read_restrictions(const AccessCombinations& combinations, const Json& list,
                                           RestrictionOf kind) {
  std::vector<Restriction> all;
  for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
    const Json each = list.at(i);
    Restriction restriction = read_restriction(combinations, text_member(each, "name").value_or(""),
                                               text_member(each, "value").value_or(""), kind);
    std::erase_if(all, [&](const Restriction& known) { return known.name == restriction.name; });
    all.push_back(std::move(restriction));
  }
  return all;
}

Json write_restrictions(const std::vector<Restriction>& restrictions) {
  Json list = Json::array();
  for (const Restriction& each : restrictions) {
    Json out = Json::object();
    out.set("name", Json::string(each.name));
    const bool is_switch = each.name == administration::kCanCreateSubadmin;
    out.set("value",
            Json::string(is_switch ? (each.value != 0 ? "true" : "false") : std::to_string(each.value)));
    list.append(std::move(out));
  }
  return list;
}

Json write_available_restrictions(const AccessCombinations& combinations) {
  Json list = Json::array();
  const auto add = [&list](std::string_view name) {
    Json out = Json::object();
    out.set("id", Json::integer(static_cast<std::int64_t>(list.size()) + 1));
    out.set("name", Json::string(name));
    list.append(std::move(out));
  };
  for (const std::string_view name : kOfReseller) add(name);
  add(administration::kMaxUser);
  for (const std::string& name : combinations.names())
    for (const auto kind : {RestrictionOf::Reseller, RestrictionOf::Context})
      add(std::string(access_prefix(kind)) + name);
  return list;
}

Json write_reseller(sql::Connection& connection, const Reseller& reseller) {
  Json out = Json::object();
  out.set("id", Json::integer(reseller.id));
  out.set("name", Json::string(reseller.login));
  out.set("displayname", Json::string(reseller.display_name));
  out.set("parentId", Json::integer(reseller.parent));
  if (reseller.parent != 0)
    if (const auto parent = administration::find_reseller(connection, reseller.parent))
      out.set("parentName", Json::string(parent->login));
  out.set("restrictions", write_restrictions(administration::restrictions_of(connection, reseller.id)));
  return out;
}

bool may_see(const Call& call, const Reseller& reseller) {
  return !call.reseller() || reseller.id == call.reseller()->id || reseller.parent == call.reseller()->id;
}

Reseller load_named_reseller(Call& call, const Json& named) {
  if (!named.is_object()) throw Fault(FaultKind::InvalidData, "No reseller was named", "adm");
  std::optional<Reseller> found;
  if (const auto id = number_member(named, "id")) {
    found = administration::find_reseller(call.database().connection(), *id);
  } else {
    const auto name = text_member(named, "name");
    if (!name || name->empty()) throw Fault(FaultKind::InvalidData, "A reseller needs id or name", "adm");
    found = administration::find_reseller(call.database().connection(), *name);
  }
  call.database().release();
  if (!found || !may_see(call, *found)) refuse_reseller();
  return std::move(*found);
}

std::string hash_administrator_password(const Settings& settings, const std::string& password) {
  model::users::check_new_password(password);
  return session::hash_password(password, settings.session.password_cost);
}

std::optional<std::int64_t> choose_owner(Call& call, const Json& data) {
  const Json owner = data.get("owner");
  if (owner.is_object() && owner.size() != 0) {
    if (!call.reseller() && number_member(owner, "id") == std::optional<std::int64_t>(0)) return 0;
    return load_named_reseller(call, owner).id;
  }
  // A context that is there already stays whose it is.
  if (!call.reseller() || call.has_context()) return std::nullopt;
  return call.reseller()->id;
}

Ownership read_ownership(Call& call, const Json& data) {
  Ownership read;
  read.custom_id = text_member(data, "customid");
  if (data.get("restriction").is_array())
    read.restrictions =
        read_restrictions(call.combinations(), data.get("restriction"), RestrictionOf::Context);
  return read;
}

void store_ownership(model::Transaction& transaction, ContextId context, const Ownership& ownership) {
  if (ownership.custom_id)
    administration::store_attribute(
        transaction, context, administration::kContextItself, kCustomId,
        ownership.custom_id->empty() ? std::nullopt : std::optional(*ownership.custom_id));
  if (ownership.restrictions)
    administration::store_context_restrictions(transaction, context, *ownership.restrictions);
}

void change_owner(model::Transaction& transaction, ContextId context, std::optional<std::int64_t> owner) {
  if (!owner || administration::owner_of(transaction.connection(), context).value_or(0) == *owner) return;
  administration::settle_owner(transaction, context, *owner);
}

void add_ownership(sql::Connection& connection, ContextId context, Json& out) {
  if (const auto custom =
          administration::find_attribute(connection, context, administration::kContextItself, kCustomId))
    out.set("customid", Json::string(*custom));
  out.set("restriction", write_restrictions(administration::context_restrictions(connection, context)));
  const auto owner = administration::owner_of(connection, context);
  if (!owner) return;
  out.set("sid", Json::integer(*owner));
  if (const auto reseller = administration::find_reseller(connection, *owner))
    out.set("owner", write_reseller(connection, *reseller));
}

void require_no_places(const Call& call, const Json& data) {
  if (!call.reseller()) return;
  const bool has_database = data.get("readDatabase").size() != 0 || data.get("writeDatabase").size() != 0;
  if (has_database || number_member(data, "filestoreId").value_or(0) != 0)
    throw Fault(FaultKind::InvalidData, "A reseller chooses neither databases nor file stores",
                "filestoreId");
}

std::vector<model::contexts::Context> visible_contexts(Call& call) {
  auto all = model::contexts::list_contexts(call.database().connection());
  if (!call.reseller()) return all;
  const auto own = administration::contexts_of(call.database().connection(), call.reseller()->id);
  std::erase_if(all, [&own](const model::contexts::Context& context) {
    return !std::binary_search(own.begin(), own.end(), context.id);
  });
  return all;
}

}  // namespace gw::provisioning

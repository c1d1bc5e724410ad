// OXUserService: users of a context.
#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/settings/availability.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning/context_rights.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/rights.hpp"
#include "provisioning/user_data.hpp"

namespace gw::provisioning {
namespace {

namespace users = model::users;

Json create_user_with(Call& call, std::optional<model::ModuleSet> access) {
  const Json data = call.needed_object("usrdata");
  users::NewUser wanted = read_new_user(call.environment().settings, data);
  const ContextId context = call.context().id;
  users::User created;
  call.work().write([&](model::Transaction& transaction) {
    transaction.stamp();
    sql::Connection& connection = transaction.connection();
    wanted.modules = access ? *access : context_access(connection, context, call.context().admin);
    created = users::create_user(transaction, context, wanted);
    store_kept_fields(transaction, context, created.id, data);
    const CapabilityChange forced = context_capabilities(connection, context);
    if (!forced.is_empty()) change_capabilities(transaction, context, created.id, forced);
  });
  return write_user(call.work().connection(), call.context(), created);
}

Json create_user(Call& call) { return create_user_with(call, std::nullopt); }
Json create_user_by_access(Call& call) {
  return create_user_with(call, read_access(call.needed_object("access"), access_of_nothing()));
}
Json create_user_by_name(Call& call) {
  return create_user_with(call, call.combinations().load(call.needed_text("access_combination_name")));
}

Json change_user(Call& call) {
  const Json data = call.needed_object("usrdata");
  const users::User user = load_named_user(call, data);
  call.work().release();
  const users::UserChanges changes = read_user_changes(call.environment().settings, data, user);
  call.work().write([&](model::Transaction& transaction) {
    users::change_user(transaction, call.context().id, user.id, changes);
    store_kept_fields(transaction, call.context().id, user.id, data);
  });
  return {};
}

Json change_user_access(Call& call) {
  const users::User user = load_named_user(call, call.needed_object("user"));
  const auto before = given_access(call.work().connection(), call.context().id, user);
  change_access_of(call, user.id, read_access(call.needed_object("moduleAccess"), before));
  return {};
}

Json change_user_access_by_name(Call& call) {
  const auto access = call.combinations().load(call.needed_text("access_combination_name"));
  change_access_of(call, load_named_user(call, call.needed_object("user")).id, access);
  return {};
}

/// `filter`: the name of a combination that users have exactly; empty means everybody.
Json change_access_globally(Call& call) {
  const std::string filter = text_member(call.argument_object(), "filter").value_or("");
  const auto only = filter.empty() ? std::nullopt : std::optional(call.combinations().load(filter));
  const Json add = call.needed_object("addAccess");
  const Json take = call.needed_object("removeAccess");
  for (model::contexts::Context& context : model::contexts::list_contexts(call.database().connection())) {
    call.database().release();
    call.open_context(std::move(context));
    const auto all = users::list_users(call.work().connection(), call.context().id);
    for (const users::User& user : all) {
      model::ModuleSet access = given_access(call.work().connection(), call.context().id, user);
      if (only && call.combinations().find_name(access) != call.combinations().find_name(*only)) continue;
      const model::ModuleSet before = access;
      add.for_each_member([&](std::string_view name, const Json& value) {
        if (value.is_true())
          access = read_access(Json::object().set(std::string(name), Json::boolean(true)), access);
      });
      take.for_each_member([&](std::string_view name, const Json& value) {
        if (value.is_true())
          access = read_access(Json::object().set(std::string(name), Json::boolean(false)), access);
      });
      if (access.bits != before.bits) change_access_of(call, user.id, access);
    }
    call.work().release();
  }
  return {};
}

Json change_user_capabilities(Call& call) {
  const Json& arguments = call.argument_object();
  const CapabilityChange change = parse_capability_change(text_member(arguments, "capsToAdd").value_or(""),
                                                          text_member(arguments, "capsToRemove").value_or(""),
                                                          text_member(arguments, "capsToDrop").value_or(""));
  const UserId user = load_named_user(call, call.needed_object("user")).id;
  call.work().write([&](model::Transaction& transaction) {
    transaction.stamp();
    change_capabilities(transaction, call.context().id, user, change);
  });
  return {};
}

Json get_user_capabilities(Call& call) {
  const users::User user = load_named_user(call, call.needed_object("user"));
  const auto caller = users::load_caller(call.work().connection(), call.context().id, user.id);
  if (!caller) return Json::string("");
  return Json::string(join(model::settings::capabilities(*caller, call.environment().settings), ","));
}

/// Below 0: what he made in public folders goes with him.
users::Inheritance inheritance_of(Call& call) {
  const auto reassign = call.optional_number("reassign");
  if (!reassign || *reassign == 0) return {};
  if (*reassign < 0) return {.drops_public_entries = true};
  return {.heir = UserId(*reassign)};
}

Json delete_one(Call& call) {
  const users::Inheritance inheritance = inheritance_of(call);
  users::delete_user(call.work(), load_named_user(call, call.needed_object("user")).id, inheritance);
  return {};
}

/// All exist, or none is deleted; then one transaction for each.
Json delete_several(Call& call) {
  const users::Inheritance inheritance = inheritance_of(call);
  const Json list = call.argument("users");
  std::vector<UserId> ids;
  for (std::size_t i = 0; i < list.size(); ++i) ids.push_back(load_named_user(call, list.at(i)).id);
  for (const UserId id : ids) users::delete_user(call.work(), id, inheritance);
  return {};
}

Json user_exists(Call& call) {
  return Json::boolean(find_named_user(call, call.needed_object("user")).has_value());
}

Json get_user(Call& call) {
  return write_user(call.work().connection(), call.context(),
                    load_named_user(call, call.needed_object("user")));
}

Json get_users(Call& call) {
  const Json named = call.argument("users");
  Json list = Json::array();
  for (std::size_t i = 0; i < named.size(); ++i)
    list.append(write_user(call.work().connection(), call.context(), load_named_user(call, named.at(i))));
  return list;
}

Json get_context_admin(Call& call) {
  return write_user(call.work().connection(), call.context(),
                    users::load_user(call.work().connection(), call.context().id, call.context().admin));
}

Json get_user_access(Call& call) {
  const users::User user = load_named_user(call, call.needed_object("user"));
  return write_access(given_access(call.work().connection(), call.context().id, user));
}

Json get_user_combination(Call& call) {
  const users::User user = load_named_user(call, call.needed_object("user"));
  const auto name =
      call.combinations().find_name(given_access(call.work().connection(), call.context().id, user));
  return name ? Json::string(*name) : Json::null();
}

Json change_personal(Call& call) {
  const users::User user = load_named_user(call, call.needed_object("user"));
  const std::string personal = call.needed_text("personal");
  call.work().write([&](model::Transaction& transaction) {
    store_kept_fields(transaction, call.context().id, user.id,
                      Json::object().set("primaryAccountName", Json::string(personal)));
  });
  return {};
}

template <class Fits>
Json list_users_that(Call& call, Fits&& is_wanted) {
  const bool is_without_users = boolean_member(call.argument_object(), "exclude_users").value_or(false);
  Json list = Json::array();
  if (!is_without_users)
    for (const users::User& user : users::list_users(call.work().connection(), call.context().id))
      if (is_wanted(user)) list.append(write_user_name(user));
  if (!boolean_member(call.argument_object(), "include_guests").value_or(false)) return list;
  for (const UserId guest : users::list_guest_ids(call.work().connection(), call.context().id))
    list.append(Json::object().set("id", Json::integer(guest.value)));
  return list;
}

Json list_users(Call& call) {
  const std::string pattern = text_member(call.argument_object(), "search_pattern").value_or("*");
  return list_users_that(call, [&pattern](const users::User& user) {
    return fits_pattern(user.login, pattern) || fits_pattern(user.display_name, pattern) ||
           fits_pattern(user.mail, pattern);
  });
}

Json list_all_users(Call& call) {
  return list_users_that(call, [](const users::User&) { return true; });
}

Json list_by_domain(Call& call) {
  const std::string domain = "@" + to_lower_ascii(call.needed_text("alias_domain"));
  return list_users_that(call, [&domain](const users::User& user) {
    return std::any_of(user.aliases.begin(), user.aliases.end(),
                       [&domain](const std::string& alias) { return alias.ends_with(domain); });
  });
}

Json move_user_files(Call&) {
  throw Fault(FaultKind::NotOffered, "Files of users lie in the store of their context");
}

constexpr Operation kUserOperations[] = {
    {"create", Who::ContextAdmin, kChanges, parse_signature("ctx:Context usrdata:User auth >User"),
     create_user},
    {"createByModuleAccess", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context usrdata:User access:UserModuleAccess auth >User"), create_user_by_access},
    {"createByModuleAccessName", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context usrdata:User access_combination_name auth >User"), create_user_by_name},
    {"change", Who::ContextAdmin, kChanges, parse_signature("ctx:Context usrdata:User auth"), change_user},
    {"changeByModuleAccess", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User moduleAccess:UserModuleAccess auth"), change_user_access},
    {"changeByModuleAccessName", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User access_combination_name auth"), change_user_access_by_name},
    {"changeModuleAccessGlobal", Who::Master, kChanges,
     parse_signature("filter:string? addAccess:UserModuleAccess removeAccess:UserModuleAccess auth"),
     change_access_globally},
    {"changeCapabilities", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User capsToAdd:string? capsToRemove:string? capsToDrop:string? auth"),
     change_user_capabilities},
    {"changeMailAddressPersonal", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User personal auth"), change_personal},
    {"delete", Who::ContextAdmin, kChanges, parse_signature("ctx:Context user:User auth reassign:int?"),
     delete_one},
    {"deleteMultiple", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context users:User* auth reassign:int?"), delete_several},
    {"exists", Who::ContextAdmin, kReads, parse_signature("ctx:Context user:User auth >boolean"),
     user_exists},
    {"getData", Who::ContextAdmin, kReads, parse_signature("ctx:Context user:User auth >User"), get_user},
    {"getMultipleData", Who::ContextAdmin, kReads, parse_signature("ctx:Context users:User* auth >User*"),
     get_users},
    {"getContextAdmin", Who::ContextAdmin, kReads, parse_signature("ctx:Context auth >User"),
     get_context_admin},
    {"getModuleAccess", Who::ContextAdmin, kReads,
     parse_signature("ctx:Context user:User auth >UserModuleAccess"), get_user_access},
    {"getAccessCombinationName", Who::ContextAdmin, kReads,
     parse_signature("ctx:Context user:User auth >string"), get_user_combination},
    {"getUserCapabilities", Who::ContextAdmin, kReads, parse_signature("ctx:Context user:User auth >string"),
     get_user_capabilities},
    {"list", Who::ContextAdmin, kReads,
     parse_signature("ctx:Context search_pattern auth include_guests:boolean? exclude_users:boolean? >User*"),
     list_users},
    {"listAll", Who::ContextAdmin, kReads,
     parse_signature("ctx:Context auth include_guests:boolean? exclude_users:boolean? >User*"),
     list_all_users},
    {"listCaseInsensitive", Who::ContextAdmin, kReads,
     parse_signature("ctx:Context search_pattern auth >User*"), list_users},
    {"listByAliasDomain", Who::ContextAdmin, kReads, parse_signature("ctx:Context alias_domain auth >User*"),
     list_by_domain},
    {"moveUserFilestore", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User dst_filestore_id:Filestore auth >int"), move_user_files},
    {"moveFromContextToUserFilestore", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User dst_filestore_id:Filestore max_quota:long auth >int"),
     move_user_files},
    {"moveFromUserToContextFilestore", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User auth >int"), move_user_files},
    {"moveFromMasterToUserFilestore", Who::ContextAdmin, kChanges,
     parse_signature(
         "ctx:Context user:User masterUser:User dst_filestore_id:Filestore max_quota:long auth >int"),
     move_user_files},
    {"moveFromUserFilestoreToMaster", Who::ContextAdmin, kChanges,
     parse_signature("ctx:Context user:User masterUser:User auth >int"), move_user_files},
};

}  // namespace

std::span<const Operation> user_operations() { return kUserOperations; }

}  // namespace gw::provisioning

// OXContextService: contexts themselves. Rights and quotas of contexts: context_rights.cpp.
#include <fmt/format.h>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/contexts/downgrade.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/jobs/single_jobs.hpp"
#include "model/quotas/quota_service.hpp"
#include "model/users/provisioning_error.hpp"
#include "provisioning/attribute_data.hpp"
#include "provisioning/context_data.hpp"
#include "provisioning/context_rights.hpp"
#include "provisioning/database_operations.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/reseller_data.hpp"
#include "provisioning/rights.hpp"
#include "provisioning/user_data.hpp"

namespace gw::provisioning {
namespace {

namespace contexts = model::contexts;

constexpr std::int64_t kMostListed = 100'000;
constexpr std::string_view kNoMoves = "A context stays in the database that it was made in";

/// As the caller may see it: a reseller sees no file stores.
Json write_visible(Call& call, sql::Connection& connection, const contexts::Context& context) {
  Json out = write_context(connection, context);
  if (call.reseller()) out.remove("filestoreId");
  if (context.database != 0)
    out.set("writeDatabase", Json::object().set("id", Json::integer(context.database)));
  if (call.shows_owners()) add_ownership(connection, context.id, out);
  return out;
}

/// 0 is the home database.
std::int64_t choose_place(Call& call, const Json& named) {
  const auto id = number_member(named, "id");
  return id && *id == 0 ? 0 : load_database(call, named).id;
}

void require_same_place(Call& call, const Json& data) {
  const Json place = data.get("writeDatabase");
  if (!place.is_object() || place.size() == 0 || choose_place(call, place) == call.context().database) return;
  throw Fault(FaultKind::NotOffered, std::string(kNoMoves));
}

Json create_with(Call& call, model::ModuleSet access) {
  const Json data = call.needed_object("ctx");
  require_no_places(call, data);
  contexts::NewContext wanted = read_new_context(data);
  wanted.reseller = choose_owner(call, data).value_or(0);
  const Ownership ownership = read_ownership(call, data);
  wanted.admin = read_new_user(call.environment().settings, call.needed_object("admin_user"));
  wanted.admin.modules = access;
  if (const Json place = data.get("writeDatabase"); place.is_object() && place.size() != 0)
    wanted.database = choose_place(call, place);
  call.database().release();
  model::UnitOfWork work(call.environment(), {});
  const auto store = choose_store(work.connection(), data);
  if (wanted.id && contexts::find_context(work.connection(), *wanted.id))
    throw Fault(FaultKind::ContextExists, fmt::format("Context {} already exists", wanted.id->value));
  if (store) wanted.store = store->id;
  contexts::Context created;
  try {
    created = contexts::create_context(
        work, wanted, [&](model::Transaction& transaction, const contexts::Context& made) {
          store_context_access(transaction, made.id, access);
          store_kept_fields(transaction, made.id, made.admin, call.needed_object("admin_user"));
          store_user_attributes(transaction, made.id, model::administration::kContextItself,
                                data.get("userAttributes"));
          if (store) assign_store(transaction, made.id, *store);
          store_ownership(transaction, made.id, ownership);
        });
  } catch (const model::ProvisioningError& error) {
    if (error.kind() == model::ProvisioningError::Kind::AlreadyExists)
      throw Fault(FaultKind::ContextExists, error.what());
    throw;
  }
  return write_visible(call, work.connection(), created);
}

Json create(Call& call) { return create_with(call, access_of_nothing()); }
Json create_module_access(Call& call) {
  return create_with(call, read_access(call.needed_object("access"), access_of_nothing()));
}
Json create_module_access_by_name(Call& call) {
  return create_with(call, call.combinations().load(call.needed_text("access_combination_name")));
}

Json change(Call& call) {
  const Json data = call.needed_object("ctx");
  call.open_context(data);
  require_no_places(call, data);
  const auto owner = choose_owner(call, data);
  const Ownership ownership = read_ownership(call, data);
  const contexts::ContextChanges changes = read_context_changes(data, call.context());
  if (const auto store = number_member(data, "filestoreId");
      store && *store != store_of(call.work().connection(), call.context().id))
    throw Fault(FaultKind::InvalidData, "Files are moved by moveContextFilestore", "filestoreId");
  require_same_place(call, data);
  contexts::change_context(
      call.work(), changes, [&](model::Transaction& transaction, const contexts::Context& changed) {
        change_owner(transaction, changed.id, owner);
        store_ownership(transaction, changed.id, ownership);
        store_user_attributes(transaction, changed.id, model::administration::kContextItself,
                              data.get("userAttributes"));
      });
  return {};
}

Json remove(Call& call) {
  call.open_context(call.needed_object("ctx"));
  contexts::delete_context(call.work());
  return {};
}

Json exists(Call& call) {
  const auto found = find_context(call.database().connection(), call.needed_object("ctx"));
  return Json::boolean(found && call.is_visible(found->id));
}

Json get_data(Call& call) {
  call.open_context(call.needed_object("ctx"));
  Json out = write_visible(call, call.work().connection(), call.context());
  const auto files = model::quotas::file_quota(call.work());
  out.set("usedQuota", Json::integer(to_megabytes(files.byte_use)));
  return out;
}

struct Page {
  std::int64_t offset = 0;
  std::int64_t length = kMostListed;
};

bool fits(const contexts::Context& context, std::string_view pattern) {
  if (fits_pattern(context.name, pattern) || fits_pattern(std::to_string(context.id.value), pattern))
    return true;
  for (const std::string& mapping : context.mappings)
    if (fits_pattern(mapping, pattern)) return true;
  return false;
}

template <class Fits>
Json list_those(Call& call, Page page, Fits&& is_wanted) {
  Json list = Json::array();
  for (const contexts::Context& context : visible_contexts(call)) {
    if (!is_wanted(context) || page.offset-- > 0) continue;
    if (page.length-- <= 0) break;
    list.append(write_visible(call, call.connection_to(context), context));
  }
  return list;
}

Page read_page(Call& call) {
  const Page page{call.needed_number("offset"), call.needed_number("length")};
  if (page.offset < 0 || page.length < 0)
    throw Fault(FaultKind::InvalidData, "offset and length are not below 0", "offset");
  return page;
}

Json list_pattern(Call& call, Page page) {
  const std::string pattern = text_member(call.argument_object(), "search_pattern").value_or("*");
  return list_those(call, page,
                    [&pattern](const contexts::Context& context) { return fits(context, pattern); });
}

Json list(Call& call) { return list_pattern(call, {}); }
Json list_all(Call& call) {
  return list_those(call, {}, [](const contexts::Context&) { return true; });
}
Json list_page(Call& call) { return list_pattern(call, read_page(call)); }
Json list_page_all(Call& call) {
  return list_those(call, read_page(call), [](const contexts::Context&) { return true; });
}

Json list_stored(Call& call, Page page) {
  const auto store = number_member(call.needed_object("fs"), "id");
  if (!store) throw Fault(FaultKind::InvalidData, "The file store needs an id", "fs");
  return list_those(call, page, [&](const contexts::Context& context) {
    return store_of(call.connection_to(context), context.id) == *store;
  });
}
Json list_by_filestore(Call& call) { return list_stored(call, {}); }
Json list_page_by_filestore(Call& call) { return list_stored(call, read_page(call)); }

Json list_placed(Call& call, Page page) {
  const std::int64_t place = choose_place(call, call.needed_object("db"));
  return list_those(call, page,
                    [place](const contexts::Context& context) { return context.database == place; });
}
Json list_by_database(Call& call) { return list_placed(call, {}); }
Json list_page_by_database(Call& call) { return list_placed(call, read_page(call)); }

void set_enabled(Call& call, bool on) {
  contexts::ContextChanges changes;
  changes.enabled = on;
  contexts::change_context(call.work(), changes);
}

Json enable(Call& call) {
  call.open_context(call.needed_object("ctx"));
  set_enabled(call, true);
  return {};
}
Json disable(Call& call) {
  call.open_context(call.needed_object("ctx"));
  set_enabled(call, false);
  return {};
}

/// One transaction for each: repeating it mends what a killed server left.
Json set_all(Call& call, bool on) {
  for (contexts::Context& context : visible_contexts(call)) {
    if (context.enabled == on) continue;
    call.database().release();
    call.open_context(std::move(context));
    set_enabled(call, on);
    call.work().release();
  }
  return {};
}
Json enable_all(Call& call) { return set_all(call, true); }
Json disable_all(Call& call) { return set_all(call, false); }

Json get_admin_id(Call& call) {
  call.open_context(call.needed_object("ctx"));
  return Json::integer(call.context().admin.value);
}

Json move_database(Call&) { throw Fault(FaultKind::NotOffered, std::string(kNoMoves)); }

/// The job's number; who does it: single_job_runner. What is wrong with the store itself shows when it
/// begins.
Json move_filestore(Call& call) {
  call.open_context(call.needed_object("ctx"));
  const auto target = number_member(call.needed_object("dst_filestore_id"), "id");
  if (!target) throw Fault(FaultKind::InvalidData, "The file store needs an id", "dst_filestore_id");
  const std::int64_t current = store_of(call.work().connection(), call.context().id);
  call.work().release();
  if (*target != kServerStoreId && *target != current)
    load_store_with_room(call.database().connection(), *target);
  const Millis now = call.environment().clock.now();
  return Json::integer(
      model::jobs::add_single_job(call.database(), {.kind = model::jobs::SingleJobKind::MoveFilestore,
                                                    .context = call.context().id,
                                                    .target = *target,
                                                    .created = now,
                                                    .due = now})
          .number);
}

Json downgrade(Call& call) {
  call.open_context(call.needed_object("ctx"));
  contexts::drop_unreachable_data(call.work());
  return {};
}

/// Contexts of databases and file stores are counted by their rows, so no count can be wrong.
Json check_counts(Call&) { return {}; }

constexpr Operation kContextOperations[] = {
    {"create", Who::Reseller, kChanges,
     parse_signature(
         "ctx:Context admin_user:User auth schema_select_strategy:SchemaSelectStrategy? >Context"),
     create},
    {"createModuleAccess", Who::Reseller, kChanges,
     parse_signature("ctx:Context admin_user:User access:UserModuleAccess auth "
                     "schema_select_strategy:SchemaSelectStrategy? >Context"),
     create_module_access},
    {"createModuleAccessByName", Who::Reseller, kChanges,
     parse_signature("ctx:Context admin_user:User access_combination_name auth "
                     "schema_select_strategy:SchemaSelectStrategy? >Context"),
     create_module_access_by_name},
    {"change", Who::Reseller, kChanges, parse_signature("ctx:Context auth"), change},
    {"delete", Who::Reseller, kChanges, parse_signature("ctx:Context auth"), remove},
    {"exists", Who::Reseller, kReads, parse_signature("ctx:Context auth >boolean"), exists},
    {"getData", Who::Reseller, kReads, parse_signature("ctx:Context auth >Context"), get_data},
    {"list", Who::Reseller, kReads, parse_signature("search_pattern auth >Context*"), list},
    {"listAll", Who::Reseller, kReads, parse_signature("auth >Context*"), list_all},
    {"listPage", Who::Reseller, kReads, parse_signature("search_pattern offset length auth >Context*"),
     list_page},
    {"listPageAll", Who::Reseller, kReads, parse_signature("offset length auth >Context*"), list_page_all},
    {"listByDatabase", Who::Master, kReads, parse_signature("db:Database auth >Context*"), list_by_database},
    {"listPageByDatabase", Who::Master, kReads, parse_signature("db:Database offset length auth >Context*"),
     list_page_by_database},
    {"listByFilestore", Who::Master, kReads, parse_signature("fs:Filestore auth >Context*"),
     list_by_filestore},
    {"listPageByFilestore", Who::Master, kReads, parse_signature("fs:Filestore offset length auth >Context*"),
     list_page_by_filestore},
    {"enable", Who::Reseller, kChanges, parse_signature("ctx:Context auth"), enable},
    {"disable", Who::Reseller, kChanges, parse_signature("ctx:Context auth"), disable},
    {"enableAll", Who::Reseller, kChanges, parse_signature("auth"), enable_all},
    {"disableAll", Who::Reseller, kChanges, parse_signature("auth"), disable_all},
    {"downgrade", Who::Reseller, kChanges, parse_signature("ctx:Context auth"), downgrade},
    {"getModuleAccess", Who::Reseller, kReads, parse_signature("ctx:Context auth >UserModuleAccess"),
     get_context_access},
    {"changeModuleAccess", Who::Reseller, kChanges,
     parse_signature("ctx:Context access:UserModuleAccess auth"), change_context_access},
    {"changeModuleAccessByName", Who::Reseller, kChanges,
     parse_signature("ctx:Context access_combination_name auth"), change_context_access_by_name},
    {"getAccessCombinationName", Who::Reseller, kReads, parse_signature("ctx:Context auth >string"),
     get_context_combination},
    {"getAdminId", Who::Reseller, kReads, parse_signature("ctx:Context auth >int"), get_admin_id},
    {"changeCapabilities", Who::Reseller, kChanges,
     parse_signature("ctx:Context capsToAdd:string? capsToRemove:string? capsToDrop:string? auth"),
     change_context_capabilities},
    {"getContextCapabilities", Who::Reseller, kReads, parse_signature("ctx:Context auth >string"),
     get_context_capabilities},
    {"changeQuota", Who::Reseller, kChanges, parse_signature("ctx:Context module quotaValue auth"),
     change_context_quota},
    {"listQuota", Who::Reseller, kReads, parse_signature("ctx:Context auth >Quota*"), list_context_quota},
    {"moveContextDatabase", Who::Master, kChanges,
     parse_signature("ctx:Context dst_database_id:Database auth >int"), move_database},
    {"moveContextFilestore", Who::Master, kChanges,
     parse_signature("ctx:Context dst_filestore_id:Filestore auth >int"), move_filestore},
    {"checkCountsConsistency", Who::Master, kReads,
     parse_signature("checkDatabaseCounts:boolean checkFilestoreCounts:boolean auth"), check_counts},
};

}  // namespace

std::span<const Operation> context_operations() { return kContextOperations; }

}  // namespace gw::provisioning

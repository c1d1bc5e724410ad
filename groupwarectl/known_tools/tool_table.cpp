#include "groupwarectl/known_tools/tool_table.hpp"

#include <algorithm>

namespace groupwarectl::known {
namespace {

using Options = std::vector<ToolOption>;

constexpr std::string_view kContextService = "OXContextService";
constexpr std::string_view kUserService = "OXUserService";
constexpr std::string_view kGroupService = "OXGroupService";
constexpr std::string_view kResourceService = "OXResourceService";
constexpr std::string_view kUtilService = "OXUtilService";
constexpr std::string_view kJobService = "OXTaskMgmtService";
constexpr std::string_view kResellerService = "OXResellerService";

Options operator+(Options a, const Options& b) {
  for (const ToolOption& option : b) {
    // Two options may share a name in one tool; the first one has it.
    const bool is_known = std::any_of(
        a.begin(), a.end(), [&option](const ToolOption& each) { return each.long_name == option.long_name; });
    if (is_known) continue;
    a.push_back(option);
    const bool is_short_taken = std::count_if(a.begin(), a.end(), [&option](const ToolOption& each) {
                                  return each.short_name == option.short_name;
                                }) > 1;
    if (is_short_taken) a.back().short_name = 0;
  }
  return a;
}

Options capability_options() {
  return {{0, "capabilities-to-add", "capsToAdd"},
          {0, "capabilities-to-remove", "capsToRemove"},
          {0, "capabilities-to-drop", "capsToDrop"}};
}

Options no_options() { return {}; }
Options one_context() { return context_choice(true); }

Options context_fields() {
  return {{'q', "quota", "ctx.maxQuota"},
          {'L', "lmappings", "ctx.loginMappings", OptionKind::List},
          {'F', "destination-store-id", "ctx.filestoreId"},
          {'D', "destination-database-id", ":place"},
          {0, "gabMode", ":gabMode"},
          {0, "schema-strategy", ":schema-strategy"}};
}
Options create_context_options() {
  return context_choice(false) + context_fields() + user_options("admin_user", true) +
         access_options("access");
}
Options change_context_options() {
  return context_choice(true) + context_fields() + access_options("access") + capability_options() +
         Options{{0, "quota-module", "module"}, {0, "quota-value", "quotaValue"}};
}
Options context_pattern() { return {{'s', "searchpattern", "search_pattern"}}; }
Options by_filestore() { return {{'i', "id", "fs.id", OptionKind::Text, true}}; }
Options by_database() { return {{'i', "id", "db.id"}, {'n', "name", "db.name"}}; }

Options move_store_options() {
  return context_choice(true) + Options{{'f', "filestore", "dst_filestore_id.id", OptionKind::Text, true}};
}
/// Without -t, -d and -f: all are listed, as with -l.
Options job_options() {
  return {{'c', "context", "ctx.id"},
          {'l', "list", ":list", OptionKind::Flag},
          {'t', "details", "details"},
          {'d', "delete", "delete"},
          {'f', "flush", "flush", OptionKind::Flag}};
}

Options create_user_options() {
  return context_choice(true) + user_options("usrdata", true) + access_options("access") +
         Options{{0, "default-folder-mode", ":default-folder-mode"}};
}
Options change_user_options() {
  return context_choice(true) + Options{{'i', "userid", "usrdata.id"}} + user_options("usrdata", false) +
         access_options("moduleAccess") + capability_options();
}
Options one_user() {
  return context_choice(true) + Options{{'i', "userid", "user.id"}, {'u', "username", "user.name"}};
}
Options delete_user_options() {
  return one_user() +
         Options{{'r', "reassign", "reassign"}, {0, "no-reassign", ":no-reassign", OptionKind::Flag}};
}
Options list_user_options() {
  return context_choice(true) + context_pattern() +
         Options{{'i', "ignorecase", ":ignorecase", OptionKind::Flag}};
}
Options alias_domain_options() {
  return context_choice(true) + Options{{'d', "alias-domain", "alias_domain", OptionKind::Text, true}};
}
Options global_access_options() {
  Options options{{'f', "filter", "filter"}};
  for (ToolOption option : access_options("addAccess")) {
    if (option.path.starts_with("addAccess.")) options.push_back(std::move(option));
  }
  return options;
}

Options group_choice(bool is_creating) {
  return context_choice(true) +
         Options{{'i', "groupid", "grp.id"},
                 {'n', "name", "grp.name", OptionKind::Text, is_creating},
                 {'d', "displayname", "grp.displayname", OptionKind::Text, is_creating},
                 {'a', "addmembers", ":addmembers"},
                 {'r', "removemembers", ":removemembers"}};
}
Options create_group_options() { return group_choice(true); }
Options other_group_options() { return group_choice(false); }
Options pattern_options() { return context_choice(true) + Options{{'s', "searchpattern", "pattern"}}; }
Options resource_choice(bool is_creating) {
  return context_choice(true) +
         Options{{'i', "resourceid", "res.id"},
                 {'n', "name", "res.name", OptionKind::Text, is_creating},
                 {'d', "displayname", "res.displayname", OptionKind::Text, is_creating},
                 {'D', "description", "res.description"},
                 {'e', "email", "res.email", OptionKind::Text, is_creating},
                 {'a', "available", "res.available", OptionKind::OnOff}};
}
Options create_resource_options() { return resource_choice(true); }
Options other_resource_options() { return resource_choice(false); }

Options store_options(const std::string& object) {
  return {{'i', "id", object + ".id"},
          {'t', "storepath", object + ".url"},
          {'s', "storesize", object + ".size"},
          {'x', "maxcontexts", object + ".maxContexts"}};
}
Options store_fields() { return store_options("fstore"); }
Options store_choice() { return store_options("store"); }
Options database_fields(bool is_creating) {
  return {{'n', "name", "db.name", OptionKind::Text, is_creating},
          {'H', "hostname", "db.url", OptionKind::Text, is_creating},
          {'u', "dbuser", "db.login"},
          {'p', "passwd", "db.password"},
          {'d', "dbdriver", ":dbdriver"},
          {'m', "master", "db.master", OptionKind::OnOff},
          {'M', "masterid", ":masterid"},
          {'x', "maxunit", "db.maxUnits"},
          {'l', "poolhardlimit", ":poolhardlimit"},
          {'o', "poolinitial", ":poolinitial"},
          {'a', "poolmax", "db.poolMax"},
          {0, "create-userdb-schemas", ":create-userdb-schemas", OptionKind::Flag},
          {0, "userdb-schema-count", ":userdb-schema-count"}};
}
Options new_database() { return database_fields(true); }
Options changed_database() { return Options{{'i', "id", "db.id"}} + database_fields(false); }
Options database_choice() { return {{'i', "id", "database.id"}, {'n', "name", "database.name"}}; }
Options server_options() { return {{'i', "id", "srv.id"}, {'n', "name", "srv.name"}}; }
Options reseller_choice() { return {{'i', "adminid", "adm.id"}, {'u', "adminname", "adm.name"}}; }
Options reseller_fields() {
  return {{'d', "displayname", "adm.displayname"},
          {'p', "password", "adm.password"},
          {'m', "passwordmech", "adm.passwordMech"},
          {'a', "addrestriction", ":addrestriction", OptionKind::Several}};
}
Options create_reseller_options() {
  return Options{{'u', "adminname", "adm.name", OptionKind::Text, true}} + reseller_fields() +
         Options{{'n', "parentid", "adm.parentId"}};
}
Options change_reseller_options() {
  return reseller_choice() + reseller_fields() +
         Options{{'e', "editrestriction", ":addrestriction", OptionKind::Several},
                 {'r', "removerestriction", ":removerestriction", OptionKind::Several}};
}
Options reason_options() { return {{'t', "reasontext", "reason.text", OptionKind::Text, true}}; }
Options reason_choice() { return {{'i', "id", ":reason", OptionKind::Text, true}}; }

constexpr std::string_view kContextColumns = "id,name,enabled,maxQuota,loginMappings";
constexpr std::string_view kUserColumns = "id,name,display_name,primaryEmail,mailenabled";
constexpr std::string_view kGroupColumns = "id,name,displayname,members";
constexpr std::string_view kResourceColumns = "id,name,displayname,email,available";
constexpr std::string_view kResellerColumns = "id,name,displayname,parentId";
constexpr std::string_view kDatabaseColumns = "id,name,url,maxUnits,currentUnits,poolMax";
constexpr std::string_view kJobColumns = "id,operation,contextId,targetId,state,count,problem";
constexpr std::string_view kStoreColumns = "id,url,size,maxContexts,currentContexts";

const KnownTool kTools[] = {
    {"createcontext",
     kContextService,
     "create",
     create_context_options,
     "access_combination_name=createModuleAccessByName,access=createModuleAccess",
     {},
     "context %1 created"},
    {"changecontext",
     kContextService,
     "change",
     change_context_options,
     {},
     "access=changeModuleAccess,access_combination_name=changeModuleAccessByName,capsToAdd="
     "changeCapabilities,"
     "capsToRemove=changeCapabilities,capsToDrop=changeCapabilities,module=changeQuota",
     "context %1 changed"},
    {"deletecontext", kContextService, "delete", one_context, {}, {}, "context %1 deleted"},
    {"listcontext", kContextService, "list", context_pattern, {}, {}, {}, kContextColumns},
    {"existscontext", kContextService, "exists", one_context, {}, {}, "context %1"},
    {"enablecontext", kContextService, "enable", one_context, {}, {}, "context %1 enabled"},
    {"disablecontext", kContextService, "disable", one_context, {}, {}, "context %1 disabled"},
    {"enableallcontexts", kContextService, "enableAll", no_options, {}, {}, "all contexts enabled"},
    {"disableallcontexts", kContextService, "disableAll", no_options, {}, {}, "all contexts disabled"},
    {"listcontextsbyfilestore",
     kContextService,
     "listByFilestore",
     by_filestore,
     {},
     {},
     {},
     kContextColumns},
    {"listcontextsbydatabase", kContextService, "listByDatabase", by_database, {}, {}, {}, kContextColumns},
    {"getadminid", kContextService, "getAdminId", one_context},
    {"getcontextcapabilities", kContextService, "getContextCapabilities", one_context},
    {"getmoduleaccessforcontext", kContextService, "getModuleAccess", one_context},
    {"getaccesscombinationnameforcontext", kContextService, "getAccessCombinationName", one_context},
    {"listquota", kContextService, "listQuota", one_context, {}, {}, {}, "module,limit"},
    {"movecontextfilestore",
     kContextService,
     "moveContextFilestore",
     move_store_options,
     {},
     {},
     "files of context %2 move to filestore %1: job %3"},
    {"jobcontrol",
     kJobService,
     "getJobList",
     job_options,
     "details=getTaskResults,delete=deleteJob,flush=flush",
     {},
     "done",
     kJobColumns},
    {"checkcountsconsistency",
     kContextService,
     "checkCountsConsistency",
     no_options,
     {},
     {},
     "counts are right"},
    {"createuser",
     kUserService,
     "create",
     create_user_options,
     "access_combination_name=createByModuleAccessName,access=createByModuleAccess",
     {},
     "user %1 in context %2 created"},
    {"changeuser",
     kUserService,
     "change",
     change_user_options,
     {},
     "moduleAccess=changeByModuleAccess,access_combination_name=changeByModuleAccessName,"
     "capsToAdd=changeCapabilities,capsToRemove=changeCapabilities,capsToDrop=changeCapabilities",
     "user %1 in context %2 changed"},
    {"deleteuser", kUserService, "delete", delete_user_options, {}, {}, "user %1 in context %2 deleted"},
    {"listuser", kUserService, "list", list_user_options, {}, {}, {}, kUserColumns, "getMultipleData"},
    {"existsuser", kUserService, "exists", one_user, {}, {}, "user %1 in context %2"},
    {"getusercapabilities", kUserService, "getUserCapabilities", one_user},
    {"getaccesscombinationnameforuser", kUserService, "getAccessCombinationName", one_user},
    {"listusersbyaliasdomain",
     kUserService,
     "listByAliasDomain",
     alias_domain_options,
     {},
     {},
     {},
     kUserColumns,
     "getMultipleData"},
    {"changeaccessglobal",
     kUserService,
     "changeModuleAccessGlobal",
     global_access_options,
     {},
     {},
     "access changed"},
    {"creategroup",
     kGroupService,
     "create",
     create_group_options,
     {},
     "add_members=addMember",
     "group %1 in context %2 created"},
    {"changegroup",
     kGroupService,
     "change",
     other_group_options,
     {},
     "add_members=addMember,remove_members=removeMember",
     "group %1 in context %2 changed"},
    {"deletegroup", kGroupService, "delete", other_group_options, {}, {}, "group %1 in context %2 deleted"},
    {"listgroup", kGroupService, "list", pattern_options, {}, {}, {}, kGroupColumns},
    {"createresource",
     kResourceService,
     "create",
     create_resource_options,
     {},
     {},
     "resource %1 in context %2 created"},
    {"changeresource",
     kResourceService,
     "change",
     other_resource_options,
     {},
     {},
     "resource %1 in context %2 changed"},
    {"deleteresource",
     kResourceService,
     "delete",
     other_resource_options,
     {},
     {},
     "resource %1 in context %2 deleted"},
    {"listresource", kResourceService, "list", pattern_options, {}, {}, {}, kResourceColumns},
    {"registerfilestore", kUtilService, "registerFilestore", store_fields, {}, {}, "filestore %1 registered"},
    {"changefilestore", kUtilService, "changeFilestore", store_fields, {}, {}, "filestore %1 changed"},
    {"unregisterfilestore",
     kUtilService,
     "unregisterFilestore",
     store_choice,
     {},
     {},
     "filestore %1 unregistered"},
    {"listfilestore", kUtilService, "listFilestore", context_pattern, {}, {}, {}, kStoreColumns},
    {"registerdatabase", kUtilService, "registerDatabase", new_database, {}, {}, "database %1 registered"},
    {"changedatabase", kUtilService, "changeDatabase", changed_database, {}, {}, "database %1 changed"},
    {"unregisterdatabase",
     kUtilService,
     "unregisterDatabase",
     database_choice,
     {},
     {},
     "database %1 unregistered"},
    {"listdatabase", kUtilService, "listDatabase", context_pattern, {}, {}, {}, kDatabaseColumns},
    {"registerserver", kUtilService, "registerServer", server_options, {}, {}, "server %1 registered"},
    {"unregisterserver", kUtilService, "unregisterServer", server_options, {}, {}, "server %1 unregistered"},
    {"listserver", kUtilService, "listServer", context_pattern, {}, {}, {}, "id,name"},
    {"createadmin", kResellerService, "create", create_reseller_options, {}, {}, "admin %1 created"},
    {"changeadmin", kResellerService, "change", change_reseller_options, {}, {}, "admin %1 changed"},
    {"deleteadmin", kResellerService, "delete", reseller_choice, {}, {}, "admin %1 deleted"},
    {"getadmin", kResellerService, "getData", reseller_choice},
    {"listadmin", kResellerService, "list", context_pattern, {}, {}, {}, kResellerColumns},
    {"listrestrictions", kResellerService, "getAvailableRestrictions", no_options, {}, {}, {}, "id,name"},
    {"initrestrictions",
     kResellerService,
     "initDatabaseRestrictions",
     no_options,
     {},
     {},
     "restrictions are there"},
    {"updaterestrictions",
     kResellerService,
     "updateDatabaseRestrictions",
     no_options,
     {},
     {},
     "restrictions are there"},
    {"createreason", kUtilService, "createMaintenanceReason", reason_options, {}, {}, "reason %1 created"},
    {"deletereason", kUtilService, "deleteMaintenanceReason", reason_choice, {}, {}, "reason %1 deleted"},
    {"listreason", kUtilService, "listMaintenanceReason", context_pattern, {}, {}, {}, "id,text"},
};

struct NotOffered {
  std::string_view reason;
  std::vector<std::string_view> names;
};

const NotOffered kNotOffered[] = {
    {"a context stays in the database that it was made in", {"movecontextdatabase"}},
    {"a database has one schema of its own",
     {"initconfigdb", "checkdatabase", "unblockdatabase", "createschema", "createschemas",
      "listdatabaseschema", "countdatabaseschema", "deleteemptyschema", "deleteemptyschemas", "enableschema",
      "disableschema", "dumpschema", "replayschema", "getschemaname"}},
    {"groupwarectl migrate does it", {"runupdate", "runallupdate", "forceupdatetask", "listupdatetasks"}},
    {"files of users lie in the store of their context",
     {"moveuserfilestore", "movecontextfilestore2user", "moveuserfilestore2context",
      "movemasterfilestore2user", "moveuserfilestore2master", "listuserfilestores"}},
    {"groupwarectl check --files does it", {"recalculatefilestoreusage", "consistencycheck"}},
    {"groupwarectl restore does it, from a backup", {"restorecontext"}},
    {"groupwarectl context downgrade does it", {"deleteinvisible"}},
    {"groupwarectl push list tells it", {"pushusers"}},
    {"a graceful restart of httpd does it", {"reloadconfiguration"}},
    {"what can be restricted is built in", {"removerestrictions"}},
    {"this server has no such feature",
     {"deletecontextgroup", "getuserconfigurationsource", "usercopy", "lastlogintimestamp", "logincounter",
      "listexternalaccounts", "deleteexternalaccounts"}},
};

}  // namespace

const KnownTool* find_tool(std::string_view name) {
  for (const KnownTool& tool : kTools)
    if (tool.name == name) return &tool;
  return nullptr;
}

std::string_view why_not_offered(std::string_view name) {
  for (const NotOffered& row : kNotOffered)
    for (const std::string_view each : row.names)
      if (each == name) return row.reason;
  return {};
}

}  // namespace groupwarectl::known

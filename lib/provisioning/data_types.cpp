#include "provisioning/data_types.hpp"

#include <algorithm>
#include <array>

#include "provisioning/module_access.hpp"
#include "provisioning/user_fields.hpp"

namespace gw::provisioning {
namespace {

constexpr Member kCredentials[] = {{"login"}, {"password"}};
constexpr Member kContextMembers[] = {{"id", ValueKind::Int},
                                      {"name"},
                                      {"enabled", ValueKind::Boolean},
                                      {"maxQuota", ValueKind::Long},
                                      {"usedQuota", ValueKind::Long},
                                      {"average_size", ValueKind::Long},
                                      {"loginMappings", ValueKind::String, {}, true},
                                      {"filestoreId", ValueKind::Int},
                                      {"filestore_name"},
                                      {"readDatabase", ValueKind::Struct, "Database"},
                                      {"writeDatabase", ValueKind::Struct, "Database"},
                                      {"userAttributes", ValueKind::MapMap}};
constexpr Member kGroupMembers[] = {
    {"id", ValueKind::Int}, {"name"}, {"displayname"}, {"members", ValueKind::Int, {}, true}};
constexpr Member kResourceMembers[] = {{"id", ValueKind::Int}, {"name"},
                                       {"displayname"},        {"email"},
                                       {"description"},        {"available", ValueKind::Boolean}};
constexpr Member kDatabaseMembers[] = {{"id", ValueKind::Int},
                                       {"name"},
                                       {"url"},
                                       {"driver"},
                                       {"login"},
                                       {"password"},
                                       {"master", ValueKind::Boolean},
                                       {"masterId", ValueKind::Int},
                                       {"read_id", ValueKind::Int},
                                       {"scheme"},
                                       {"maxUnits", ValueKind::Int},
                                       {"currentUnits", ValueKind::Int},
                                       {"poolHardLimit", ValueKind::Int},
                                       {"poolInitial", ValueKind::Int},
                                       {"poolMax", ValueKind::Int}};
constexpr Member kFilestoreMembers[] = {{"id", ValueKind::Int},
                                        {"url"},
                                        {"size", ValueKind::Long},
                                        {"used", ValueKind::Long},
                                        {"reserved", ValueKind::Long},
                                        {"maxContexts", ValueKind::Int},
                                        {"currentContexts", ValueKind::Int}};
constexpr Member kServerMembers[] = {{"id", ValueKind::Int}, {"name"}};
constexpr Member kReasonMembers[] = {{"id", ValueKind::Int}, {"text"}};
constexpr Member kQuotaMembers[] = {{"module"}, {"limit", ValueKind::Long}};
constexpr Member kAccountMembers[] = {{"id", ValueKind::Int},
                                      {"primaryAddress"},
                                      {"name"},
                                      {"login"},
                                      {"personal"},
                                      {"replyTo"},
                                      {"mailEndpointSource"},
                                      {"userId", ValueKind::Int},
                                      {"contextId", ValueKind::Int}};
constexpr Member kAccountOnCreateMembers[] = {{"primaryAddress"},
                                              {"name"},
                                              {"login"},
                                              {"password"},
                                              {"personal"},
                                              {"replyTo"},
                                              {"mailEndpointSource"},
                                              {"mailServer"},
                                              {"mailPort", ValueKind::Int},
                                              {"mailProtocol"},
                                              {"mailSecure", ValueKind::Boolean},
                                              {"mailStartTls", ValueKind::Boolean},
                                              {"transportEndpointSource"},
                                              {"transportLogin"},
                                              {"transportPassword"},
                                              {"transportServer"},
                                              {"transportPort", ValueKind::Int},
                                              {"transportProtocol"},
                                              {"transportSecure", ValueKind::Boolean},
                                              {"transportStartTls", ValueKind::Boolean}};
constexpr Member kJobMembers[] = {{"id", ValueKind::Int},
                                  {"operation"},
                                  {"contextId", ValueKind::Int},
                                  {"targetId", ValueKind::Int},
                                  {"state"},
                                  {"count", ValueKind::Long},
                                  {"problem"},
                                  {"created"}};
constexpr Member kImportLineMembers[] = {{"line", ValueKind::Int}, {"login"}, {"action"}, {"message"}};
constexpr Member kImportReportMembers[] = {{"created", ValueKind::Long},
                                           {"changed", ValueKind::Long},
                                           {"skipped", ValueKind::Long},
                                           {"failed", ValueKind::Long},
                                           {"groups", ValueKind::Long},
                                           {"unknown_titles", ValueKind::String, {}, true},
                                           {"problems", ValueKind::String, {}, true},
                                           {"lines", ValueKind::Struct, "ImportLine", true}};
constexpr Member kStrategyMembers[] = {{"strategy"}, {"schema_name"}};

constexpr Member kRestrictionMembers[] = {{"id", ValueKind::Int}, {"name"}, {"value"}};
constexpr Member kResellerMembers[] = {
    {"displayname"},  {"id", ValueKind::Int},
    {"name"},         {"parentId", ValueKind::Int},
    {"parentName"},   {"password"},
    {"passwordMech"}, {"restrictions", ValueKind::Struct, "Restriction", true}};
constexpr Member kOfResellerContext[] = {{"customid"},
                                         {"extensionError"},
                                         {"owner", ValueKind::Struct, "ResellerAdmin"},
                                         {"restriction", ValueKind::Struct, "Restriction", true},
                                         {"sid", ValueKind::Int}};

/// A Context, and what resellers see of it beside.
constexpr auto kResellerContextMembers = [] {
  std::array<Member, std::size(kContextMembers) + std::size(kOfResellerContext)> members{};
  std::copy(std::begin(kContextMembers), std::end(kContextMembers), members.begin());
  std::copy(std::begin(kOfResellerContext), std::end(kOfResellerContext),
            members.begin() + std::size(kContextMembers));
  return members;
}();

/// UserModuleAccess and User have tables of their own.
std::array<DataType, 20> make_types() {
  return {{{"Credentials", TypeSpace::Rmi, kCredentials},
           {"Quota", TypeSpace::Rmi, kQuotaMembers},
           {"Context", TypeSpace::Soap, kContextMembers},
           {"User", TypeSpace::Soap, user_members()},
           {"UserModuleAccess", TypeSpace::Soap, access_members()},
           {"Group", TypeSpace::Soap, kGroupMembers},
           {"Resource", TypeSpace::Soap, kResourceMembers},
           {"Database", TypeSpace::Soap, kDatabaseMembers},
           {"Filestore", TypeSpace::Soap, kFilestoreMembers},
           {"Server", TypeSpace::Soap, kServerMembers},
           {"MaintenanceReason", TypeSpace::Soap, kReasonMembers},
           {"SchemaSelectStrategy", TypeSpace::Soap, kStrategyMembers},
           {"Account", TypeSpace::Soap, kAccountMembers},
           {"AccountDataOnCreate", TypeSpace::Soap, kAccountOnCreateMembers},
           {"Job", TypeSpace::Soap, kJobMembers},
           {"ImportLine", TypeSpace::Soap, kImportLineMembers},
           {"ImportReport", TypeSpace::Soap, kImportReportMembers},
           {"Restriction", TypeSpace::Rmi, kRestrictionMembers},
           {"ResellerAdmin", TypeSpace::Rmi, kResellerMembers},
           {"ResellerContext", TypeSpace::Soap, kResellerContextMembers}}};
}

}  // namespace

std::span<const DataType> data_types() {
  // Plain data, so nothing runs at exit.
  static const std::array types = make_types();
  return types;
}

const DataType* find_type(std::string_view name) {
  const auto types = data_types();
  const auto found =
      std::find_if(types.begin(), types.end(), [name](const DataType& type) { return type.name == name; });
  return found == types.end() ? nullptr : &*found;
}

}  // namespace gw::provisioning

#include "provisioning/operation.hpp"

#include <algorithm>

namespace gw::provisioning {

std::span<const ServiceTable> services() {
  static const std::array<ServiceTable, 13> tables{
      {{"OXContextService", context_operations()},
       {"OXUserService", user_operations()},
       {"OXGroupService", group_operations()},
       {"OXResourceService", resource_operations()},
       {"OXUtilService", registry_operations()},
       {"OXSecondaryAccountService", secondary_account_operations()},
       {"UserImportService", user_import_operations()},
       {"OXTaskMgmtService", job_operations()},
       {"OXResellerService", reseller_operations()},
       {"OXResellerContextService", reseller_context_operations()},
       {"OXResellerUserService", reseller_user_operations()},
       {"OXResellerGroupService", reseller_group_operations()},
       {"OXResellerResourceService", reseller_resource_operations()}}};
  return tables;
}

const ServiceTable* find_service(std::string_view name) {
  const auto tables = services();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [name](const ServiceTable& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

const Operation* find_operation(std::string_view service, std::string_view name) {
  const ServiceTable* table = find_service(service);
  if (table == nullptr) return nullptr;
  const auto found = std::find_if(table->operations.begin(), table->operations.end(),
                                  [name](const Operation& operation) { return operation.name == name; });
  return found == table->operations.end() ? nullptr : &*found;
}

}  // namespace gw::provisioning

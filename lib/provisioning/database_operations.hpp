// OXUtilService: databases beside the home database, to which contexts are spread. Only the master sees them;
// passwords go in and never come out.
#pragma once

#include "model/databases/database_registry.hpp"
#include "provisioning/call.hpp"

namespace gw::provisioning {

// Each is the body of the operation of that name (registry_operations.cpp).
Json register_database(Call& call);
Json change_database(Call& call);
Json unregister_database(Call& call);
Json list_databases(Call& call);
Json list_all_databases(Call& call);

/// By id, else by name. Errors: Fault InvalidData with neither, NoSuchDatabase.
model::databases::RegisteredDatabase load_database(Call& call, const Json& named);

/// The address with account and name put in where it lacks them. `url` may also be `jdbc:mysql://host` or a
/// host alone. Errors: none; what is wrong with the result is for check_database to tell.
std::string complete_url(std::string url, const std::optional<std::string>& login,
                         const std::optional<std::string>& password, const std::string& name);

}  // namespace gw::provisioning

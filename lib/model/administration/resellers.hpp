// Resellers: administrators of the installation who see their own contexts only, and those of resellers below
// them (one level). Their rows lie in the home database. What they may have at most is judged by
// reseller_limits. Source: spec provisioning sections 1 and 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "sql/scope.hpp"

namespace gw::model::administration {

inline constexpr std::string_view kCanCreateSubadmin = "Subadmin.CanCreateSubadmin";  ///< 1 or 0
inline constexpr std::string_view kMaxSubadmin = "Subadmin.MaxSubadmin";
inline constexpr std::string_view kMaxContext = "Subadmin.MaxContext";
inline constexpr std::string_view kMaxOverallQuota = "Subadmin.MaxOverallContextQuota";  ///< megabytes
inline constexpr std::string_view kMaxOverallUser = "Subadmin.MaxOverallUser";
inline constexpr std::string_view kMaxOverallUserByAccess = "Subadmin.MaxOverallUserByModuleaccess_";
inline constexpr std::string_view kMaxUser = "Context.MaxUser";
inline constexpr std::string_view kMaxUserByAccess = "Context.MaxUserByModuleaccess_";
inline constexpr std::size_t kMaxRestrictions = 100;  ///< of one reseller or context

struct Restriction {
  std::string name;
  std::int64_t value = 0;
  std::uint32_t modules = 0;  ///< of the combination that the name ends with
};

struct Reseller {
  std::int64_t id = 0;
  std::int64_t parent = 0;  ///< 0: none
  std::string login;
  std::string display_name;
  std::string password_hash;
};

/// Ascending by id.
std::vector<Reseller> list_resellers(sql::Connection& connection);
/// By the login in any case of letters.
std::optional<Reseller> find_reseller(sql::Connection& connection, std::string_view login);
std::optional<Reseller> find_reseller(sql::Connection& connection, std::int64_t id);
/// Ascending by name.
std::vector<Restriction> restrictions_of(sql::Connection& connection, std::int64_t reseller);

/// The number is given; the rest is checked. Errors: ProvisioningError Invalid (login, name, a reseller below
/// one who may not have any, more than MaxSubadmin), AlreadyExists (the login, of a master, too), NotFound
/// (the parent).
Reseller create_reseller(sql::Scope& database, const Reseller& wanted,
                         const std::vector<Restriction>& restrictions, Millis now);

/// What is there changes; `restrictions` becomes the whole list. Limits below what is there already only stop
/// growth.
struct ResellerChanges {
  std::optional<std::string> login, display_name, password_hash;
  std::optional<std::vector<Restriction>> restrictions;
};
/// Errors: as create_reseller; NotFound.
void change_reseller(sql::Scope& database, std::int64_t id, const ResellerChanges& changes, Millis now);
/// Errors: ProvisioningError NotFound, Protected while he has contexts or resellers below him.
void delete_reseller(sql::Scope& database, std::int64_t id);

/// Whose a context is; empty: of the installation itself.
std::optional<std::int64_t> owner_of(sql::Connection& connection, ContextId context);
/// Whether it belongs to him, or to one below him. Cost: one query, two for one below.
bool owns_context(sql::Connection& connection, std::int64_t reseller, ContextId context);
/// His, and those of who is below him. Ascending. Cost: two queries, and one for each below him.
std::vector<ContextId> contexts_of(sql::Connection& connection, std::int64_t reseller);
/// Those below him. Ascending by id.
std::vector<std::int64_t> resellers_below(sql::Connection& connection, std::int64_t reseller);

}  // namespace gw::model::administration

// What app passwords are for: one protocol each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/caller.hpp"

namespace gw::session::app_passwords {

enum class AppScope : std::uint8_t { Webdav, Caldav, Carddav, ActiveSync, Api };

struct AppScopeRow {
  AppScope scope;
  std::string_view name;          ///< in the database and in the API
  std::string_view display_name;  ///< for people
  /// The user needs it, and the server must offer it. Empty: everybody has it.
  std::optional<model::Module> module;
};

/// In the order in which people see them.
std::span<const AppScopeRow> app_scopes();
const AppScopeRow& app_scope(AppScope scope);
/// Errors: nullptr for an unknown name.
const AppScopeRow* find_app_scope(std::string_view name);

}  // namespace gw::session::app_passwords

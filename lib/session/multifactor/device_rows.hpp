// The tables `multifactor_devices` and `multifactor_codes`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "sql/connection.hpp"

namespace gw::session::multifactor {

/// The names of the API.
inline constexpr std::string_view kTotp = "TOTP", kBackupCodes = "BACKUP_STRING";

struct Device {
  std::string id;        ///< UUID
  std::string provider;  ///< kTotp or kBackupCodes
  std::string name;
  bool is_enabled = false;
  Millis created;
  std::string sealed_secret;   ///< base64; of backup codes empty
  std::int64_t last_step = 0;  ///< of the last code that was taken
  [[nodiscard]] bool is_backup() const { return provider == kBackupCodes; }
};

/// Whose device.
struct Owner {
  ContextId context;
  UserId user;
};

/// Whether the user has set up a second factor that he must prove. Cost: one query.
bool has_second_factor(sql::Connection& connection, ContextId context, UserId user);

/// Ascending by creation, those that are not set up completely, too.
std::vector<Device> list_device_rows(sql::Connection& connection, const Owner& owner);
std::optional<Device> find_device_row(sql::Connection& connection, const Owner& owner, std::string_view id);
void insert_device(sql::Connection& connection, const Owner& owner, const Device& device);
void rename_device_row(sql::Connection& connection, const Owner& owner, std::string_view id,
                       std::string_view name);
void enable_device_row(sql::Connection& connection, const Owner& owner, std::string_view id);
void set_last_step(sql::Connection& connection, const Owner& owner, std::string_view id, std::int64_t step);
/// With its backup codes.
void delete_device_row(sql::Connection& connection, const Owner& owner, std::string_view id);

void insert_code(sql::Connection& connection, const Owner& owner, std::string_view device,
                 std::string_view digest);
/// False when there is no such code, or no more.
bool take_code(sql::Connection& connection, const Owner& owner, std::string_view device,
               std::string_view digest);
std::int64_t count_codes(sql::Connection& connection, const Owner& owner, std::string_view device);

}  // namespace gw::session::multifactor

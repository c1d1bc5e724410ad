#include "session/multifactor/multifactor_service.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/multifactor.hpp"
#include "core/log.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/users/user_directory.hpp"
#include "session/multifactor/attempts.hpp"
#include "session/multifactor/device_secrets.hpp"
#include "session/multifactor/totp.hpp"
#include "session/session_rows.hpp"

namespace gw::session::multifactor {
namespace {

Owner owner_of(const model::UnitOfWork& work) { return {work.context(), work.caller().user}; }

void check_provider(std::string_view provider) {
  if (provider != kTotp && provider != kBackupCodes)
    throw ApiError(errors::mfa::kUnknownProvider, {std::string(first_characters(provider, 32))});
}

std::string checked_name(std::string_view typed, std::string_view provider) {
  const std::string_view name = trim(typed);
  if (!is_valid_utf8(name) || has_control_characters(name) ||
      name.find_first_of("\r\n\t") != std::string_view::npos || count_characters(name) > kMaxDeviceName)
    throw ApiError(errors::mfa::kBadName, {std::to_string(kMaxDeviceName)});
  if (!name.empty()) return std::string(name);
  return provider == kTotp ? "Authenticator app" : "Backup codes";
}

bool is_usable(const std::optional<Device>& device, std::string_view provider) {
  return device && device->is_enabled && device->provider == provider;
}

Device require_device(const std::optional<Device>& device, std::string_view provider) {
  if (!is_usable(device, provider)) throw ApiError(errors::mfa::kUnknownDevice);
  return *device;
}

void note(std::string_view what, const Owner& owner) {
  log(LogLevel::Notice, "GW0390",
      fmt::format("second factor of user {} in context {}: {}", owner.user.value, owner.context.value, what));
}

/// What somebody began and did not finish goes; so does the set of backup codes that another one replaces.
void make_room(sql::Connection& connection, const Owner& owner, std::string_view provider, Millis now) {
  std::size_t count = 0;
  for (const Device& device : list_device_rows(connection, owner)) {
    const bool is_over = !device.is_enabled && now.value - device.created.value >= kRegistrationTime;
    if (is_over || (device.is_backup() && provider == kBackupCodes))
      delete_device_row(connection, owner, device.id);
    else
      ++count;
  }
  if (count >= kMaxDevices) throw ApiError(errors::mfa::kTooManyDevices, {std::to_string(kMaxDevices)});
}

/// Backup codes alone are no second factor.
void drop_without_app(sql::Connection& connection, const Owner& owner) {
  if (has_second_factor(connection, owner.context, owner.user)) return;
  for (const Device& device : list_device_rows(connection, owner))
    if (device.is_backup()) delete_device_row(connection, owner, device.id);
  delete_unproved(connection, owner.context, owner.user);
}

bool is_right_app_code(sql::Connection& connection, const Owner& owner, const Device& device,
                       std::string_view server_secret, std::string_view code, Millis now) {
  const auto secret = open_device_secret(server_secret, owner, device);
  if (!secret) {
    log(LogLevel::Error, "GW0391",
        "the secret of a second factor cannot be opened: it was sealed under another server secret");
    return false;
  }
  const auto step = find_totp_step(*secret, code, now, device.last_step);
  if (step) set_last_step(connection, owner, device.id, *step);
  return step.has_value();
}

bool is_right_backup_code(sql::Connection& connection, const Owner& owner, const Device& device,
                          std::string_view server_secret, std::string_view code) {
  const std::string digest = digest_backup_code(server_secret, owner, code);
  if (digest.empty() || !take_code(connection, owner, device.id, digest)) return false;
  if (count_codes(connection, owner, device.id) == 0) delete_device_row(connection, owner, device.id);
  return true;
}

}  // namespace

std::vector<Device> list_devices_of(model::UnitOfWork& work, UserId user) {
  std::vector<Device> devices = list_device_rows(work.connection(), {work.context(), user});
  std::erase_if(devices, [](const Device& device) { return !device.is_enabled; });
  return devices;
}

std::vector<Device> list_devices(model::UnitOfWork& work) {
  return list_devices_of(work, work.caller().user);
}

Device load_device(model::UnitOfWork& work, std::string_view provider, std::string_view id) {
  check_provider(provider);
  return require_device(find_device_row(work.connection(), owner_of(work), id), provider);
}

StartedRegistration start_registration(model::UnitOfWork& work, std::string_view provider,
                                       std::string_view name) {
  check_provider(provider);
  const Owner owner = owner_of(work);
  const std::string server_secret = load_multifactor_secret(work.connection());
  StartedRegistration made;
  made.device.id = random_uuid();
  made.device.provider = provider;
  made.device.name = checked_name(name, provider);
  made.device.created = work.now();
  if (provider == kTotp) {
    made.secret = random_bytes(kTotpSecretBytes);
    made.device.sealed_secret = seal_device_secret(server_secret, owner, made.device.id, made.secret);
  } else {
    made.device.is_enabled = true;
    made.codes = make_backup_codes();
  }
  work.write([&](model::Transaction& transaction) {
    transaction.stamp();
    sql::Connection& connection = transaction.connection();
    if (provider == kBackupCodes && !has_second_factor(connection, owner.context, owner.user))
      throw ApiError(errors::mfa::kNeedsDevice);
    make_room(connection, owner, provider, work.now());
    prepare_attempts(connection, owner);
    insert_device(connection, owner, made.device);
    for (const std::string& code : made.codes)
      insert_code(connection, owner, made.device.id, digest_backup_code(server_secret, owner, code));
  });
  if (made.device.is_backup()) note("backup codes were made", owner);
  return made;
}

FinishedRegistration finish_registration(model::UnitOfWork& work, std::string_view provider,
                                         std::string_view id, std::string_view code) {
  check_provider(provider);
  if (provider == kBackupCodes) return {load_device(work, provider, id), false};
  const Owner owner = owner_of(work);
  const std::string server_secret = load_multifactor_secret(work.connection());
  FinishedRegistration finished;
  work.write([&](model::Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    sql::Connection& connection = transaction.connection();
    auto device = find_device_row(connection, owner, id);
    const bool is_open = device && device->provider == provider && !device->is_enabled &&
                         work.now().value - device->created.value < kRegistrationTime;
    if (!is_open) throw ApiError(errors::mfa::kNotStarted);
    finished.is_first = !has_second_factor(connection, owner.context, owner.user);
    if (!is_right_app_code(connection, owner, *device, server_secret, code, work.now()))
      throw ApiError(errors::mfa::kWrongCode);
    enable_device_row(connection, owner, device->id);
    device->is_enabled = true;
    finished.device = std::move(*device);
    // Passwords that were right for protocols without a second factor are so no more.
    model::users::touch_accounts(transaction, owner.context, stamp);
  });
  note("a device was set up", owner);
  return finished;
}

Device rename_device(model::UnitOfWork& work, std::string_view provider, std::string_view id,
                     std::string_view name) {
  check_provider(provider);
  const Owner owner = owner_of(work);
  const std::string wanted = checked_name(name, provider);
  Device device;
  work.write([&](model::Transaction& transaction) {
    transaction.stamp();
    device = require_device(find_device_row(transaction.connection(), owner, id), provider);
    rename_device_row(transaction.connection(), owner, device.id, wanted);
    device.name = wanted;
  });
  return device;
}

void remove_device(model::UnitOfWork& work, std::string_view provider, std::string_view id) {
  check_provider(provider);
  const Owner owner = owner_of(work);
  work.write([&](model::Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    require_device(find_device_row(transaction.connection(), owner, id), provider);
    delete_device_row(transaction.connection(), owner, id);
    drop_without_app(transaction.connection(), owner);
    model::users::touch_accounts(transaction, owner.context, stamp);
  });
  note("a device was removed", owner);
}

std::size_t reset_devices(model::UnitOfWork& work, UserId user) {
  const Owner owner{work.context(), user};
  std::size_t count = 0;
  work.write([&](model::Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    const auto devices = list_device_rows(transaction.connection(), owner);
    count = static_cast<std::size_t>(std::count_if(devices.begin(), devices.end(),
                                                   [](const Device& device) { return device.is_enabled; }));
    for (const Device& device : devices) delete_device_row(transaction.connection(), owner, device.id);
    drop_without_app(transaction.connection(), owner);
    clear_attempts(transaction.connection(), owner);
    model::users::touch_accounts(transaction, owner.context, stamp);
  });
  note("all devices were removed by an administrator", owner);
  return count;
}

void prove(model::UnitOfWork& work, SessionStore& sessions, Session& session, std::string_view provider,
           std::string_view id, std::string_view code) {
  load_device(work, provider, id);
  const Owner owner = owner_of(work);
  const std::string server_secret = load_multifactor_secret(work.connection());
  const Millis now = work.now();
  std::int64_t wait = 0;
  const bool is_proved = sessions.prove_factor(work.database(), session, [&](sql::Connection& connection) {
    wait = enter_attempt(connection, owner, now);
    if (wait > 0) return false;
    const auto device = find_device_row(connection, owner, id);
    const bool is_right =
        is_usable(device, provider) &&
        (provider == kTotp ? is_right_app_code(connection, owner, *device, server_secret, code, now)
                           : is_right_backup_code(connection, owner, *device, server_secret, code));
    if (is_right)
      clear_attempts(connection, owner);
    else
      fail_attempt(connection, owner, now);
    return is_right;
  });
  if (is_proved) return;
  if (wait > 0) throw ApiError(errors::mfa::kTooManyAttempts, {std::to_string((wait + 999) / 1'000)});
  note("a wrong code", owner);
  throw ApiError(errors::mfa::kWrongCode);
}

}  // namespace gw::session::multifactor

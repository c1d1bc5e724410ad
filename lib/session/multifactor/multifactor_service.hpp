// The second factor of users: setting devices up, proving them, taking them off. Which sessions must prove
// one is decided where sessions are made (session_store) and checked where requests come in (ajax/factors).
// Source: spec settings section "multifactor".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/unit_of_work.hpp"
#include "session/multifactor/device_rows.hpp"
#include "session/session_store.hpp"

namespace gw::session::multifactor {

/// Of one user, unfinished ones too; characters of a name; how long a set-up may take.
inline constexpr std::size_t kMaxDevices = 10, kMaxDeviceName = 100;
inline constexpr std::int64_t kRegistrationTime = 600'000;  ///< milliseconds

/// The caller's, those that are set up. By creation.
std::vector<Device> list_devices(model::UnitOfWork& work);
/// One of them. Errors: MFA-0002 unknown provider, MFA-0003.
Device load_device(model::UnitOfWork& work, std::string_view provider, std::string_view id);

struct StartedRegistration {
  Device device;
  std::string secret;              ///< of an authenticator app
  std::vector<std::string> codes;  ///< backup codes; shown this once
};
/// An authenticator app is good for nothing until finish_registration. Backup codes are good at once and take
/// the place of those before. `name` empty: a usual one. Errors: MFA-0002, -0006, -0008 (backup codes alone),
/// -0009.
StartedRegistration start_registration(model::UnitOfWork& work, std::string_view provider,
                                       std::string_view name);

struct FinishedRegistration {
  Device device;
  bool is_first = false;  ///< from now on sessions of the user must prove a second factor
};
/// `code`: what the app shows; of backup codes nothing is asked. Errors: MFA-0002, -0004, -0007.
FinishedRegistration finish_registration(model::UnitOfWork& work, std::string_view provider,
                                         std::string_view id, std::string_view code);

/// Errors: MFA-0002, -0003, -0009.
Device rename_device(model::UnitOfWork& work, std::string_view provider, std::string_view id,
                     std::string_view name);
/// With the last authenticator app its backup codes go, too. Errors: MFA-0002, -0003.
void remove_device(model::UnitOfWork& work, std::string_view provider, std::string_view id);
/// All devices of a user who has lost them; his sessions that wait for one end. For administrators. Gives how
/// many devices there were.
std::size_t reset_devices(model::UnitOfWork& work, UserId user);
/// The same user's devices, for administrators.
std::vector<Device> list_devices_of(model::UnitOfWork& work, UserId user);

/// Proves the second factor for `session`. A code is good once: the step of the last one is kept, and a
/// backup code goes, in the transaction that lets the session in. Errors: MFA-0002, -0003, -0004 wrong,
/// -0005 too many were wrong (multifactor/attempts.hpp).
void prove(model::UnitOfWork& work, SessionStore& sessions, Session& session, std::string_view provider,
           std::string_view id, std::string_view code);

}  // namespace gw::session::multifactor

// Lets administrators in: those of the installation, resellers, and those of a context. There is no session;
// every call brings login and password. Source: spec provisioning section 1.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "model/administration/resellers.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"

namespace gw::provisioning {

struct Login {
  std::string name;
  std::string password;
  std::string address;  ///< where it comes from; failures are counted by it
  std::string user_agent;
};

/// Passwords that were right lately, so that a thousand calls need one slow hash. An entry holds a keyed
/// digest and the stored hash that it was right for: a changed password is refused at once. Threads: any.
class KnownPasswords {
 public:
  KnownPasswords();
  [[nodiscard]] bool is_known(std::string_view password, const std::string& hash);
  void remember(std::string_view password, const std::string& hash);

 private:
  std::string digest(std::string_view password) const;
  const std::string key_;  ///< of this process
  std::mutex mutex_;
  std::map<std::string, std::string> digests_;  ///< by the stored hash
};

/// What clients sent, for one line of the log: at most 400 bytes, without controls and double quotes.
std::string log_text(std::string_view text);

/// What a caller wants to act as.
struct Wanted {
  /// Null: as an administrator of the installation.
  const model::contexts::Context* context = nullptr;
  /// An administrator of the installation may stand in for the one of the context.
  bool admits_master = false;
  /// A reseller may, too: with `context` only he to whom it belongs.
  bool admits_reseller = false;
};
struct Admitted {
  std::string name;  ///< for the audit log
  bool is_master = false;
  std::optional<model::administration::Reseller> reseller{};
};
/// Errors: Fault InvalidCredentials, Throttled. Who names a context that does not exist (`wanted.context`
/// null and `admits_master`) learns it only as an administrator of the installation. No connection is held
/// while hashing. Cost: two or three queries; one yescrypt for a password that is not known yet; a failure
/// writes.
Admitted admit(model::Environment& environment, KnownPasswords& known, const Login& login,
               const Wanted& wanted, bool is_master_call);

}  // namespace gw::provisioning

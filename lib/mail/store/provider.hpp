// What a mail protocol must offer; found by its name. Source: spec mal section 2.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "mail/account.hpp"
#include "mail/store/access.hpp"
#include "mail/store/places.hpp"
#include "mail/store/transport.hpp"

namespace gw::mail {

/// Whose connections may be reused for whom: never across keys. The caller names session and user here.
using PoolKey = std::string;

/// Threads: any. Made after fork.
class Provider {
 public:
  virtual ~Provider() = default;
  [[nodiscard]] virtual std::string_view protocol() const = 0;
  /// Connects, or takes an idle connection of the same key, server, login and secret.
  /// Errors: MSG-1000 / -1001 credentials, MSG-1016, -1018, -1022, -0057, -0092, -0108, -0111 (spec mal
  /// section 8.3).
  virtual std::unique_ptr<Access> connect(const Account& account, const PoolKey& key) = 0;
  /// Connects anew, signs in and closes. Errors: as connect.
  virtual void ping(const Account& account) = 0;
  /// Ends idle connections of a key (logout, changed password).
  virtual void forget(const PoolKey& key) = 0;
  /// Ends what was idle for too long; call it now and then.
  virtual void purge_idle() = 0;
};

class TransportProvider {
 public:
  virtual ~TransportProvider() = default;
  [[nodiscard]] virtual std::string_view protocol() const = 0;
  virtual std::unique_ptr<Transport> open(const Account& account) = 0;
};

/// The providers of this process, made once after fork. Errors: MSG-0044 and MSG-0053 for an unknown
/// protocol.
class Registry {
 public:
  explicit Registry(const PlaceLimits& limits = {}) : places_(std::make_unique<Places>(limits)) {}
  void add(std::unique_ptr<Provider> provider);
  void add(std::unique_ptr<TransportProvider> provider);
  [[nodiscard]] Provider& store(std::string_view protocol) const;
  [[nodiscard]] TransportProvider& transport(std::string_view protocol) const;
  [[nodiscard]] std::span<const std::unique_ptr<Provider>> stores() const { return stores_; }
  /// Whoever talks to a server for a request holds one.
  [[nodiscard]] Places& places() const { return *places_; }

 private:
  std::vector<std::unique_ptr<Provider>> stores_;
  std::vector<std::unique_ptr<TransportProvider>> transports_;
  std::unique_ptr<Places> places_;
};

}  // namespace gw::mail

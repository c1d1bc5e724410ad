// POP3 accounts: a read-only INBOX with deleting. What POP3 cannot do (folders, flags, storing, threads,
// search in bodies) ends in MSG-0087. Source: spec mail section 13, mal section 2.
#pragma once

#include "mail/store/provider.hpp"

namespace gw::mail::pop3 {

/// Keeps no idle connections: a session locks the maildrop.
class Pop3Provider : public Provider {
 public:
  [[nodiscard]] std::string_view protocol() const override { return "pop3"; }
  std::unique_ptr<Access> connect(const Account& account, const PoolKey& key) override;
  void ping(const Account& account) override;
  void forget(const PoolKey& /*key*/) override {}
  void purge_idle() override {}
};

}  // namespace gw::mail::pop3

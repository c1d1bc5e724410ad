// The provider of protocol "imap". Source: spec mal sections 2, 3 and 9.
#pragma once

#include <memory>

#include "mail/imap/pool.hpp"
#include "mail/store/provider.hpp"

namespace gw::mail::imap {

struct ImapSettings {
  PoolLimits pool;
  bool compresses = false;  ///< COMPRESS=DEFLATE, for servers behind slow lines
};

class ImapProvider final : public Provider {
 public:
  explicit ImapProvider(const ImapSettings& settings) : settings_(settings), pool_(settings.pool) {}
  [[nodiscard]] std::string_view protocol() const override { return "imap"; }
  std::unique_ptr<Access> connect(const Account& account, const PoolKey& key) override;
  void ping(const Account& account) override;
  void forget(const PoolKey& key) override { pool_.forget(key); }
  void purge_idle() override { pool_.purge_idle(); }
  [[nodiscard]] const Pool& pool() const { return pool_; }

 private:
  const ImapSettings settings_;
  Pool pool_;
};

}  // namespace gw::mail::imap

// What tests of the storages share: a provider, an access, and messages to put in.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "mail/imap/imap_provider.hpp"
#include "unit/lib/mail/imap/support/dovecot.hpp"

namespace gw::mail::imap::test {

/// A fresh mailbox at a server that announces a set of extensions.
struct World {
  explicit World(const std::string& variant, const std::string& login = new_login())
      : account(Dovecot::shared().account(variant, login)),
        provider(ImapSettings{}),
        access(provider.connect(account, "key")) {}
  Account account;
  ImapProvider provider;
  std::unique_ptr<Access> access;

  FolderStorage& folders() const { return access->folders(); }
  MessageStorage& messages() const { return access->messages(); }

  /// Stores a message of these bytes; its uid, 0 when not told.
  Uid put(const std::string& folder, const std::string& bytes, MessageFlags flags = {},
          std::optional<Millis> received = {}) const {
    std::vector<Deposit> deposits(1);
    deposits[0].size = static_cast<std::int64_t>(bytes.size());
    deposits[0].flags = std::move(flags);
    deposits[0].received = received;
    deposits[0].bytes = [rest = bytes](std::size_t most) mutable {
      std::string piece = rest.substr(0, most);
      rest.erase(0, piece.size());
      return piece;
    };
    return messages().append(folder, deposits).front().value_or(0);
  }
};

/// A plain message; `id` without brackets.
inline std::string message(const std::string& subject, const std::string& id, const std::string& more = "") {
  return "From: Anna <anna@example.test>\r\nTo: Bert <bert@example.test>\r\nSubject: " + subject +
         "\r\nMessage-ID: <" + id + ">\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\n" + more + "\r\nHello\r\n";
}

/// The code that the work ends with; empty when it does not throw.
template <class Work>
std::string code_of(const Work& work) {
  try {
    work();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

/// Runs the test against every set of extensions.
template <class Test>
void for_each_variant(const Test& test) {
  for (const std::string& variant : Dovecot::shared().variants()) {
    SCOPED_TRACE(variant);
    const World world(variant);
    test(world);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

#define GW_NEEDS_DOVECOT() \
  if (!Dovecot::shared().problem().empty()) GTEST_SKIP() << Dovecot::shared().problem()

}  // namespace gw::mail::imap::test

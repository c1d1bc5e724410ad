// Who signed a registration: clients whose key an HTTP session handed out. A key ends with its session and
// with its time. Source: spec udp-push section 11, "Client key".
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine_settings.hpp"
#include "push/packet.hpp"
#include "push/signature.hpp"
#include "registrations.hpp"

namespace oxpush {

/// Threads: one
class ClientSignatures {
 public:
  /// Of ended sessions; above it the oldest is forgotten.
  static constexpr std::size_t kMostEnded = 100'000;

  /// `masters`: each key of the cluster derives keys of clients; the first hands them out.
  ClientSignatures(SignMode mode, std::vector<gw::push::SignKey> masters);

  struct Judgement {
    gw::push::Verdict verdict = gw::push::Verdict::Absent;
    KeyRef key;  ///< none unless the verdict is Good
  };
  /// Whether the registration is the user's own; with the mode Off every one is Absent.
  /// UnknownKey: also one that ran out, or whose session ended.
  Judgement judge(const gw::push::ClientRegister& packet,
                  const std::optional<gw::push::SignatureTokens>& signature, std::int64_t unix_seconds);
  /// Whether the mode lets a registration of this verdict in.
  [[nodiscard]] bool accepts(gw::push::Verdict verdict) const;

  /// A push packet that such a client can believe. Without the key's master: an unsigned one.
  [[nodiscard]] std::string sign_push(std::int32_t folder, ClientKey client, const KeyRef& key,
                                      std::int64_t unix_seconds) const;

  /// The session of that handle is over: its keys no longer count.
  void end(std::string_view handle, std::int64_t unix_seconds);
  /// From the state file. `until`: when its last key has run out.
  void restore_end(std::string_view handle, std::int64_t until, std::int64_t unix_seconds);
  void for_each_end(const std::function<void(const std::string& handle, std::int64_t until)>& visit) const;

 private:
  void remember(std::string handle, std::int64_t until, std::int64_t unix_seconds);

  SignMode mode_;
  std::vector<gw::push::SignKey> masters_;
  gw::push::SignatureJudge judge_;
  std::unordered_map<std::string, std::int64_t> ended_;
  /// Oldest first.
  std::deque<std::string> end_order_;
};

}  // namespace oxpush

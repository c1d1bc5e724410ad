#include "client_signatures.hpp"

#include <algorithm>
#include <utility>

#include "core/random.hpp"
#include "push/client_key.hpp"

namespace oxpush {

using gw::push::SignKey;
using gw::push::Verdict;

ClientSignatures::ClientSignatures(SignMode mode, std::vector<SignKey> masters)
    : mode_(mode), masters_(std::move(masters)), judge_({}) {}

ClientSignatures::Judgement ClientSignatures::judge(const gw::push::ClientRegister& packet,
                                                    const std::optional<gw::push::SignatureTokens>& signature,
                                                    std::int64_t unix_seconds) {
  if (mode_ == SignMode::Off || !signature) return {};
  const auto id = gw::push::parse_key_id(signature->key_id);
  if (!id || id->expires <= unix_seconds || ended_.contains(id->handle)) return {Verdict::UnknownKey, {}};
  for (const SignKey& master : masters_) {
    const SignKey key =
        gw::push::derive_client_key(master.secret, packet.context, packet.user, signature->key_id);
    const Verdict verdict = judge_.judge(signature, {&key, 1}, unix_seconds);
    if (verdict == Verdict::Good) return {verdict, {key.id, master.id}};
    if (verdict != Verdict::WrongMac) return {verdict, {}};
  }
  return {Verdict::WrongMac, {}};
}

bool ClientSignatures::accepts(Verdict verdict) const {
  return verdict == Verdict::Good || (verdict == Verdict::Absent && mode_ != SignMode::Require);
}

std::string ClientSignatures::sign_push(std::int32_t folder, ClientKey client, const KeyRef& key,
                                        std::int64_t unix_seconds) const {
  const auto master = std::find_if(masters_.begin(), masters_.end(),
                                   [&](const SignKey& known) { return known.id == key.master; });
  if (master == masters_.end()) return gw::push::format_push(folder);
  return gw::push::sign_payload(
      std::to_string(folder),
      gw::push::derive_client_key(master->secret, client.context, client.user, key.id), unix_seconds,
      gw::random_hex(8));
}

void ClientSignatures::end(std::string_view handle, std::int64_t unix_seconds) {
  remember(std::string(handle), unix_seconds + std::chrono::seconds(gw::push::kClientKeyLife).count(),
           unix_seconds);
}

void ClientSignatures::restore_end(std::string_view handle, std::int64_t until, std::int64_t unix_seconds) {
  if (gw::push::is_session_handle(handle) && until > unix_seconds)
    remember(std::string(handle), until, unix_seconds);
}

void ClientSignatures::remember(std::string handle, std::int64_t until, std::int64_t unix_seconds) {
  while (!end_order_.empty() &&
         (ended_.at(end_order_.front()) <= unix_seconds || end_order_.size() >= kMostEnded)) {
    ended_.erase(end_order_.front());
    end_order_.pop_front();
  }
  if (ended_.emplace(handle, until).second) end_order_.push_back(std::move(handle));
}

void ClientSignatures::for_each_end(
    const std::function<void(const std::string& handle, std::int64_t until)>& visit) const {
  for (const std::string& handle : end_order_) visit(handle, ended_.at(handle));
}

}  // namespace oxpush

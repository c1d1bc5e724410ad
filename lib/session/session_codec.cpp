#include "session/session_codec.hpp"

#include <cstring>

namespace gw::session {
namespace {

constexpr char kVersion = 4;
constexpr int kPersistent = 1, kGuest = 2;  // bits of the second byte
constexpr int kFactorShift = 2, kFactorMask = 3;
constexpr std::size_t kMaxEntry = 8'192;

/// One list of members for both directions, so they cannot differ.
template <class CachedRef, class Visitor>
void visit_members(CachedRef& cached, Visitor& visit) {
  auto& session = cached.session;
  visit(cached.checked.value);
  visit(session.last_active.value);
  visit(session.created.value);
  visit(session.account_stamp);
  visit(session.context.value);
  visit(session.user.value);
  visit(session.id);
  visit(session.public_id);
  visit(session.secret_hash);
  visit(session.login_name);
  visit(session.client);
  visit(session.client_version);
  visit(session.user_agent);
  visit(session.auth_id);
  visit(session.cookie_hash);
  visit(session.address);
  visit(session.sealed_password);
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void operator()(std::int64_t number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    out_.append(bytes, sizeof bytes);
  }
  void operator()(const std::string& text) {
    // Two bytes of length; longer texts make the entry too large anyway.
    const std::size_t size = std::min<std::size_t>(text.size(), 0xFFFF);
    out_ += static_cast<char>(size & 0xFF);
    out_ += static_cast<char>(size >> 8);
    out_.append(text, 0, size);
  }

 private:
  std::string& out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  void operator()(std::int64_t& number) {
    const std::string_view bytes = take(sizeof number);
    if (!failed_) std::memcpy(&number, bytes.data(), sizeof number);
  }
  void operator()(std::string& text) {
    const std::string_view length = take(2);
    if (failed_) return;
    const auto low = static_cast<unsigned char>(length[0]);
    const auto high = static_cast<unsigned char>(length[1]);
    text = take(static_cast<std::size_t>(low) | static_cast<std::size_t>(high) << 8);
  }
  [[nodiscard]] bool finished() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t count) {
    failed_ = failed_ || rest_.size() < count;
    if (failed_) return {};
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::string encode_session(const CachedSession& cached) {
  std::string out;
  out.reserve(640);
  out += kVersion;
  out += static_cast<char>((cached.session.persistent ? kPersistent : 0) |
                           (cached.session.is_guest ? kGuest : 0) |
                           static_cast<int>(cached.session.factor) << kFactorShift);
  Writer writer(out);
  visit_members(cached, writer);
  if (out.size() > kMaxEntry) out.clear();
  return out;
}

std::optional<CachedSession> decode_session(std::string_view bytes) {
  if (bytes.size() < 2 || bytes[0] != kVersion) return std::nullopt;
  std::optional<CachedSession> cached(std::in_place);
  cached->session.persistent = (bytes[1] & kPersistent) != 0;
  cached->session.is_guest = (bytes[1] & kGuest) != 0;
  cached->session.factor = static_cast<Factor>(bytes[1] >> kFactorShift & kFactorMask);
  Reader reader(bytes.substr(2));
  visit_members(*cached, reader);
  if (!reader.finished()) return std::nullopt;
  return cached;
}

}  // namespace gw::session

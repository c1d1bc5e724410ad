#include "ajax/cookies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "session/address.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kHashBytes = 16;
constexpr std::string_view kNoClient = "default";
constexpr const char* kLocalNetworks[] = {"10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
                                          "169.254.0.0/16", "::1",           "fe80::/10",      "fc00::/7"};

std::string strip(const std::string& base64) {
  std::string kept;
  for (const char c : base64)
    if (c != '+' && c != '/' && c != '=') kept += c;
  return kept;
}

/// What was hashed lately: every request asks for two hashes, and few browsers differ. Threads: any.
/// Limits: some 4,000 texts, of at most kLongest bytes; a full part starts anew.
class KnownHashes {
 public:
  std::string get(const std::string& text) {
    if (text.size() > kLongest) return compute(text);
    Part& part = parts_[std::hash<std::string>{}(text) % parts_.size()];
    {
      const std::lock_guard lock(part.mutex);
      if (const auto known = part.hashes.find(text); known != part.hashes.end()) return known->second;
    }
    std::string hash = compute(text);
    const std::lock_guard lock(part.mutex);
    if (part.hashes.size() >= kMostOfAPart) part.hashes.clear();
    part.hashes.emplace(text, hash);
    return hash;
  }

 private:
  static constexpr std::size_t kLongest = 512;
  static constexpr std::size_t kMostOfAPart = 250;
  struct Part {
    std::mutex mutex;
    std::unordered_map<std::string, std::string> hashes;
  };

  static std::string compute(const std::string& text) {
    return strip(to_base64(std::string_view(sha256(text)).substr(0, kHashBytes)));
  }

  std::array<Part, 16> parts_;
};

/// Never freed: exit handlers of forked processes must find nothing to run (craft 2.1).
KnownHashes& known_hashes() {
  static auto* const hashes = new KnownHashes;
  return *hashes;
}

std::string hash_parts(const Runtime& runtime, std::string_view user_agent, std::string_view client) {
  std::string text;
  text.reserve(user_agent.size() + client.size() + runtime.cookie_salt.size() + 2);
  text += user_agent;
  text += '|';
  text += client;
  text += '|';
  text += runtime.cookie_salt;
  return known_hashes().get(text);
}

/// `host` or `host:port` or `[v6]:port`.
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

/// Names without a dot and private addresses: there is no certificate for them, a Secure cookie would never
/// come back.
bool is_local_host(std::string_view host) {
  const std::string_view name = host_name(host);
  if (session::is_address(name))
    return std::any_of(std::begin(kLocalNetworks), std::end(kLocalNetworks),
                       [&](const char* network) { return session::is_in_network(name, network); });
  return name.find('.') == std::string_view::npos;
}

}  // namespace

std::string cookie_hash(const Runtime& runtime, std::string_view user_agent, std::string_view client) {
  return hash_parts(runtime, user_agent, client.empty() ? kNoClient : client);
}

std::string cookie_hash(const Runtime& runtime, std::string_view user_agent,
                        const session::Session& session) {
  if (!session.is_guest) return cookie_hash(runtime, user_agent, session.client);
  return hash_parts(runtime, user_agent,
                    fmt::format("{}|{}|{}", session.client.empty() ? kNoClient : session.client,
                                session.context.value, session.user.value));
}

std::string cookie_hash_of(const Runtime& runtime, const session::Session& session, const Request& request) {
  if (runtime.environment.settings.session.cookie_hash_remember) return session.cookie_hash;
  return cookie_hash(runtime, request.user_agent, session);
}

std::string public_cookie_hash(const Runtime& runtime, std::string_view user_agent) {
  return hash_parts(runtime, user_agent, {});
}

std::string format_set_cookie(const Runtime& runtime, const Request& request, const SetCookie& cookie) {
  const SessionSettings& settings = runtime.environment.settings.session;
  std::string line = fmt::format("{}={}; Path=/", cookie.name, cookie.value);
  if (!settings.cookie_domain.empty()) line += "; Domain=" + settings.cookie_domain;
  if (cookie.max_age) {
    const Millis until = *cookie.max_age <= 0
                             ? Millis{0}
                             : Millis{runtime.environment.clock.now().value + *cookie.max_age * 1'000};
    line += fmt::format("; Max-Age={}; Expires={}", std::max<std::int64_t>(0, *cookie.max_age),
                        format_http_date(until));
  }
  line += "; HttpOnly; SameSite=Lax";
  if (request.is_secure || (settings.cookie_force_secure && !is_local_host(request.host))) line += "; Secure";
  return line;
}

void add_session_cookies(Response& response, const Runtime& runtime, const session::NewSession& own,
                         std::string_view user_agent) {
  std::optional<std::int64_t> max_age;
  if (own.session.persistent) max_age = runtime.environment.settings.session.long_lifetime.count();
  const std::string hash = runtime.environment.settings.session.cookie_hash_remember
                               ? own.session.cookie_hash
                               : cookie_hash(runtime, user_agent, own.session);
  response.cookies.push_back({std::string(kSessionCookie) + hash, own.session.id, max_age});
  response.cookies.push_back({std::string(kSecretCookie) + hash, own.secret, max_age});
  if (!own.session.is_guest)
    response.cookies.push_back({std::string(kPublicCookie) + public_cookie_hash(runtime, user_agent),
                                own.session.public_id, max_age});
}

void delete_session_cookies(Response& response, const Runtime& runtime, std::string_view hash,
                            std::string_view user_agent) {
  response.cookies.push_back({std::string(kSessionCookie) + std::string(hash), "", 0});
  response.cookies.push_back({std::string(kSecretCookie) + std::string(hash), "", 0});
  response.cookies.push_back({std::string(kPublicCookie) + public_cookie_hash(runtime, user_agent), "", 0});
}

}  // namespace gw::ajax

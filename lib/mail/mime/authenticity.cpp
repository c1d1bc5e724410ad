#include "mail/mime/authenticity.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/authentication_results.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::string_view kHeader = "Authentication-Results";

/// Of an address, or the domain itself; ASCII, lower case, without a dot at its end.
std::string domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  std::string domain =
      to_lower_ascii(to_ascii_domain("x@" + std::string(address.substr(at == address.npos ? 0 : at + 1))));
  domain.erase(0, 2);
  while (domain.ends_with('.')) domain.pop_back();
  return domain;
}

bool lies_below(std::string_view domain, std::string_view above) {
  return domain.size() > above.size() && domain.ends_with(above) &&
         domain[domain.size() - above.size() - 1] == '.';
}

/// The same, or one below the other. A top-level domain vouches for nobody.
bool is_aligned(std::string_view domain, std::string_view visible) {
  if (domain.empty() || visible.empty()) return false;
  if (domain == visible) return true;
  const std::string_view shorter = domain.size() < visible.size() ? domain : visible;
  if (shorter.find('.') == shorter.npos) return false;
  return lies_below(domain, visible) || lies_below(visible, domain);
}

std::string first_domain(const MethodResult& method, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const std::string_view value = method.property(name); !value.empty()) return domain_of(value);
  return {};
}

std::optional<AuthenticationResults> trusted_results(const Message& message,
                                                     std::span<const std::string> servers) {
  for (const auto& [name, value] : message.headers) {
    if (!equal_ignoring_ascii_case(name, kHeader)) continue;
    auto results = parse_authentication_results(value);
    if (results && std::find(servers.begin(), servers.end(), results->server) != servers.end())
      return results;
  }
  return std::nullopt;
}

/// How much one of several results says: a pass of the visible domain most.
int rank_of(const Authenticity::Verdict& verdict, std::string_view visible) {
  if (verdict.result != "pass") return 0;
  return is_aligned(verdict.domain, visible) ? 2 : 1;
}

class Judge {
 public:
  explicit Judge(Authenticity& out) : out_(out) {}

  void add(const MethodResult& method) {
    if (method.method == "dmarc")
      keep(out_.dmarc, method, first_domain(method, {"header.from"}));
    else if (method.method == "dkim")
      keep(out_.dkim, method, first_domain(method, {"header.d", "header.i"}));
    else if (method.method == "spf")
      keep(out_.spf, method, first_domain(method, {"smtp.mailfrom", "smtp.helo"}));
    else
      out_.others.emplace_back(method.method, method.result);
  }

  [[nodiscard]] AuthenticityStatus status() const {
    using enum AuthenticityStatus;
    // Some servers leave the domain out; it can only be the visible one.
    const bool is_dmarc_ours =
        out_.dmarc && (out_.dmarc->domain.empty() || out_.dmarc->domain == out_.domain);
    if (is_dmarc_ours && out_.dmarc->result == "pass") return Pass;
    if (out_.dmarc && out_.dmarc->result == "fail") return Fail;
    if (vouches(out_.dkim) || vouches(out_.spf)) return Pass;
    if (out_.spf && out_.spf->result == "fail") return Fail;
    return Neutral;
  }

 private:
  void keep(std::optional<Authenticity::Verdict>& place, const MethodResult& method, std::string domain) {
    Authenticity::Verdict verdict{method.result, method.reason, std::move(domain)};
    if (!place) {
      place = std::move(verdict);
      return;
    }
    if (rank_of(verdict, out_.domain) > rank_of(*place, out_.domain)) std::swap(*place, verdict);
    out_.others.emplace_back(method.method, verdict.result);
  }
  [[nodiscard]] bool vouches(const std::optional<Authenticity::Verdict>& verdict) const {
    return verdict && rank_of(*verdict, out_.domain) == 2;
  }

  Authenticity& out_;
};

}  // namespace

std::string_view status_name(AuthenticityStatus status) {
  switch (status) {
    case AuthenticityStatus::Pass:
      return "pass";
    case AuthenticityStatus::Neutral:
      return "neutral";
    case AuthenticityStatus::Fail:
      return "fail";
    case AuthenticityStatus::NotAnalyzed:
      break;
  }
  return "not-analyzed";
}

Authenticity judge_authenticity(const Message& message, std::span<const std::string> servers) {
  Authenticity found;
  if (!message.from.empty()) found.domain = domain_of(message.from.front().address);
  const auto results = trusted_results(message, servers);
  if (!results) return found;
  Judge judge(found);
  for (const MethodResult& method : results->methods) judge.add(method);
  found.status = judge.status();
  if (message.from.size() != 1 && found.status == AuthenticityStatus::Pass)
    found.status = AuthenticityStatus::Neutral;
  return found;
}

bool is_sender_of(std::string_view pattern, std::string_view address) {
  if (pattern.find('@') != pattern.npos) return to_lower_ascii(to_ascii_domain(address)) == pattern;
  const std::string domain = domain_of(address);
  return domain == pattern || lies_below(domain, pattern);
}

}  // namespace gw::mail::mime

#include "mailbox/accounts/account_finder.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "mail/net/stream.hpp"
#include "mail/web/fetch.hpp"
#include "mailbox/primary_account.hpp"

namespace gw::mailbox::accounts {
namespace {

using mail::autoconfig::Candidate;
using mail::autoconfig::Proposal;

constexpr mail::net::Timeout kWholeSearch{30'000}, kOneGuess{2'000}, kOneDocument{8'000};

std::string fill_address(std::string_view pattern, const mail::autoconfig::MailAddress& address) {
  std::string login;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      login += pattern[i];
      continue;
    }
    switch (pattern[++i]) {
      case 'u':
        login += address.local_part;
        break;
      case 'm':
        login += address.text();
        break;
      case 'd':
        login += address.domain;
        break;
      default:
        login += pattern[i];
    }
  }
  return login;
}

Candidate to_candidate(const MailServerSettings& server, const std::string& login) {
  return {server.protocol,          server.host, server.port, to_encryption(server.encryption), login,
          mail::Mechanism::Password};
}

std::optional<Proposal> ask_providers(const AutoconfigSettings& settings, const Wanted& wanted) {
  const auto known =
      std::find_if(settings.providers.begin(), settings.providers.end(),
                   [&](const KnownProvider& each) { return each.domain == wanted.address.domain; });
  if (known == settings.providers.end()) return std::nullopt;
  const std::string login = fill_address(known->login, wanted.address);
  Proposal proposal;
  proposal.provider = known->domain;
  proposal.incoming.push_back(to_candidate(known->store, login));
  proposal.outgoing.push_back(to_candidate(known->transport, login));
  return proposal;
}

ServerRecord server_of(const Candidate& candidate) {
  const Tls tls = candidate.encryption == mail::Encryption::Tls        ? Tls::Always
                  : candidate.encryption == mail::Encryption::StartTls ? Tls::StartTls
                                                                       : Tls::Offered;
  return {candidate.protocol, candidate.host, candidate.port, tls, candidate.login, {}, {}};
}

/// One search, which ends in time.
class Search {
 public:
  Search(const Settings& settings, const mail::Registry& registry, const Reach& reach, const Wanted& wanted)
      : settings_(settings), registry_(registry), reach_(reach), wanted_(wanted), deadline_(kWholeSearch) {}

  std::optional<FoundAccount> run() {
    const AutoconfigSettings& sources = settings_.autoconfig;
    if (auto proposal = ask_providers(sources, wanted_))
      if (auto found = choose(std::move(*proposal), "providers")) return found;
    // The directory's URL is the last one.
    const auto urls = mail::autoconfig::document_urls(wanted_.address, sources.directory);
    const std::size_t own = urls.size() - (sources.directory.empty() ? 0 : 1);
    for (std::size_t i = 0; i < urls.size(); ++i) {
      if (i < own && !sources.asks_domain) continue;
      if (auto proposal = ask_url(urls[i]))
        if (auto found = choose(std::move(*proposal), i < own ? "domain" : "directory")) return found;
    }
    return sources.guesses ? guess() : std::nullopt;
  }

 private:
  [[nodiscard]] bool is_allowed(const Candidate& candidate) const {
    try {
      if (candidate.mechanism != mail::Mechanism::Password) return false;
      reach_.require_resolved(server_of(candidate));
      return true;
    } catch (const ApiError&) {
      return false;
    }
  }

  const Candidate* first_allowed(const std::vector<Candidate>& candidates) const {
    const auto found = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const Candidate& each) { return is_allowed(each); });
    return found == candidates.end() ? nullptr : &*found;
  }

  std::optional<Proposal> ask_url(const std::string& url) const {
    const mail::net::Timeout left = std::min(deadline_.left(), kOneDocument);
    if (left.count() == 0) return std::nullopt;
    mail::web::FetchRules rules;
    rules.denied = reach_.denied();
    rules.connect_timeout = std::min(left, settings_.mail.connect_timeout);
    rules.timeout = left;
    const auto text = mail::web::fetch_document(url, rules);
    return text ? mail::autoconfig::parse_document(*text, wanted_.address) : std::nullopt;
  }

  std::optional<FoundAccount> choose(Proposal proposal, std::string_view source) const {
    if (wanted_.wants_security) mail::autoconfig::keep_secure(proposal);
    const Candidate* incoming = first_allowed(proposal.incoming);
    if (incoming == nullptr) return std::nullopt;
    return make_found(*incoming, first_allowed(proposal.outgoing), source);
  }

  [[nodiscard]] FoundAccount make_found(const Candidate& incoming, const Candidate* outgoing,
                                        std::string_view source) const {
    FoundAccount found{{}, source};
    found.record.address = wanted_.address.text();
    found.record.name = found.record.address;
    found.record.store = server_of(incoming);
    if (outgoing == nullptr) return found;
    found.record.transport = server_of(*outgoing);
    if (outgoing->login != incoming.login) found.record.auth = TransportAuth::Own;
    return found;
  }

  std::optional<FoundAccount> guess() const {
    Proposal usual = mail::autoconfig::guess(wanted_.address);
    if (wanted_.wants_security) mail::autoconfig::keep_secure(usual);
    const Candidate* incoming = first_that_answers(usual.incoming);
    if (incoming == nullptr) return std::nullopt;
    return make_found(*incoming, first_that_answers(usual.outgoing), "guess");
  }

  const Candidate* first_that_answers(const std::vector<Candidate>& candidates) const {
    for (const Candidate& each : candidates) {
      if (deadline_.left().count() == 0) break;
      if (is_allowed(each) && answers(each)) return &each;
    }
    return nullptr;
  }

  /// A server that refuses the login is there, too: the login may be another one than the address.
  [[nodiscard]] bool answers(const Candidate& candidate) const {
    mail::Account account;
    account.id = -1;
    mail::Server& server = candidate.protocol == "smtp" ? account.transport : account.store;
    server.protocol = candidate.protocol;
    server.host = candidate.host;
    server.port = candidate.port;
    server.encryption = candidate.encryption;
    server.login = candidate.login;
    server.secret = wanted_.password;
    server.connect_timeout = std::min(deadline_.left(), kOneGuess);
    server.read_timeout = server.connect_timeout;
    bool is_there = true;
    try {
      reach_.apply(server);
      if (candidate.protocol == "smtp")
        registry_.transport(candidate.protocol).open(account)->ping();
      else
        registry_.store(candidate.protocol).ping(account);
    } catch (const ApiError& error) {
      is_there =
          error.code() == errors::msg::kBadCredentials || error.code() == errors::msg::kTransportCredentials;
    }
    mail::net::wipe(server.secret);
    return is_there;
  }

  const Settings& settings_;
  const mail::Registry& registry_;
  const Reach& reach_;
  const Wanted& wanted_;
  mail::net::Deadline deadline_;
};

}  // namespace

std::optional<FoundAccount> find_servers(const Settings& settings, const mail::Registry& registry,
                                         const Reach& reach, const Wanted& wanted) {
  mail::Server somebody;
  somebody.host = wanted.address.domain;
  somebody.is_named_by_user = true;
  const auto place = registry.places().take(somebody);
  return Search(settings, registry, reach, wanted).run();
}

}  // namespace gw::mailbox::accounts

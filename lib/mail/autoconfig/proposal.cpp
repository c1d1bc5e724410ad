#include "mail/autoconfig/proposal.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail::autoconfig {
namespace {

struct Usual {
  std::string_view protocol, prefix;
  int port;
  Encryption encryption;
};
// Source: RFC 8314 section 3 for the order.
constexpr Usual kUsual[] = {
    {"imap", "imap.", 993, Encryption::Tls},      {"imap", "mail.", 993, Encryption::Tls},
    {"imap", "", 993, Encryption::Tls},           {"imap", "imap.", 143, Encryption::StartTls},
    {"imap", "mail.", 143, Encryption::StartTls}, {"imap", "", 143, Encryption::StartTls},
    {"pop3", "pop.", 995, Encryption::Tls},       {"pop3", "pop3.", 995, Encryption::Tls},
    {"pop3", "mail.", 995, Encryption::Tls},      {"pop3", "pop.", 110, Encryption::StartTls},
    {"pop3", "mail.", 110, Encryption::StartTls}, {"imap", "imap.", 143, Encryption::None},
    {"imap", "mail.", 143, Encryption::None},     {"smtp", "smtp.", 465, Encryption::Tls},
    {"smtp", "mail.", 465, Encryption::Tls},      {"smtp", "", 465, Encryption::Tls},
    {"smtp", "smtp.", 587, Encryption::StartTls}, {"smtp", "mail.", 587, Encryption::StartTls},
    {"smtp", "", 587, Encryption::StartTls},      {"smtp", "smtp.", 587, Encryption::None},
    {"smtp", "mail.", 587, Encryption::None},
};

struct Service {
  std::string_view label, protocol;
  Encryption encryption;
};
constexpr Service kServices[] = {
    {"_imaps", "imap", Encryption::Tls},       {"_imap", "imap", Encryption::StartTls},
    {"_pop3s", "pop3", Encryption::Tls},       {"_pop3", "pop3", Encryption::StartTls},
    {"_submissions", "smtp", Encryption::Tls}, {"_submission", "smtp", Encryption::StartTls},
};

bool is_host_name(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  const auto labels = split(name, '.');
  return std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
    return !label.empty() && label.size() < 64 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                    c == '_';
           });
  });
}

}  // namespace

std::optional<MailAddress> parse_address(std::string_view text) {
  text = trim(text);
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || text.size() > 320 || has_control_characters(text))
    return std::nullopt;
  MailAddress address{std::string(text.substr(0, at)), to_lower_ascii(text.substr(at + 1))};
  const bool has_labels = address.domain.find('.') != std::string::npos && is_host_name(address.domain);
  // What would change a URL or a name has no place in a local part here.
  const bool is_odd = address.local_part.find_first_of(" \"<>\\/@") != std::string::npos;
  return has_labels && !is_odd ? std::optional(std::move(address)) : std::nullopt;
}

std::vector<std::string> document_urls(const MailAddress& address, std::string_view directory) {
  std::vector<std::string> urls = {
      "https://autoconfig." + address.domain +
          "/mail/config-v1.1.xml?emailaddress=" + percent_encode(address.text()),
      "https://" + address.domain + "/.well-known/autoconfig/mail/config-v1.1.xml",
  };
  if (!directory.empty())
    urls.push_back(std::string(directory) + (directory.ends_with('/') ? "" : "/") + address.domain);
  return urls;
}

std::vector<ServiceName> service_names(const MailAddress& address) {
  std::vector<ServiceName> names;
  for (const Service& service : kServices)
    names.push_back(
        {std::string(service.label) + "._tcp." + address.domain, service.protocol, service.encryption});
  return names;
}

std::optional<Candidate> from_service(const ServiceName& service, std::string_view target, int port,
                                      const MailAddress& address) {
  if (target.ends_with('.')) target.remove_suffix(1);
  if (!is_host_name(target) || port < 1 || port > 65'535) return std::nullopt;
  return Candidate{std::string(service.protocol),
                   to_lower_ascii(target),
                   port,
                   service.encryption,
                   address.text(),
                   Mechanism::Password};
}

Proposal guess(const MailAddress& address) {
  Proposal proposal;
  for (const Usual& usual : kUsual) {
    Candidate candidate{std::string(usual.protocol),
                        std::string(usual.prefix) + address.domain,
                        usual.port,
                        usual.encryption,
                        address.text(),
                        Mechanism::Password};
    (candidate.protocol == "smtp" ? proposal.outgoing : proposal.incoming).push_back(std::move(candidate));
  }
  return proposal;
}

void keep_secure(Proposal& proposal) {
  const auto is_insecure = [](const Candidate& candidate) {
    return candidate.encryption != Encryption::Tls && candidate.encryption != Encryption::StartTls;
  };
  std::erase_if(proposal.incoming, is_insecure);
  std::erase_if(proposal.outgoing, is_insecure);
}

}  // namespace gw::mail::autoconfig

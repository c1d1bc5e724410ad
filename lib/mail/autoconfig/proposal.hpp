// Which servers an address may have: from a provider's document, from names in the DNS, from guesses. Nothing
// here talks to the network; who asks a server must ask net::NetworkList first. Source: spec mail section 13,
// RFC 6186, RFC 8314, the published format of Thunderbird's configuration documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/account.hpp"

namespace gw::mail::autoconfig {

struct Candidate {
  std::string protocol;  ///< "imap", "pop3", "smtp"
  std::string host;
  int port = 0;
  Encryption encryption = Encryption::Tls;
  std::string login;
  Mechanism mechanism = Mechanism::Password;
  bool operator==(const Candidate&) const = default;
};

/// Best first.
struct Proposal {
  std::string provider;  ///< display name; empty when not told
  std::vector<Candidate> incoming, outgoing;
};

/// An address in its parts, the domain in lower case.
struct MailAddress {
  std::string local_part, domain;
  [[nodiscard]] std::string text() const { return local_part + "@" + domain; }
};
/// Errors: empty when it has no local part or no domain of at least two ASCII labels (IDNA form).
std::optional<MailAddress> parse_address(std::string_view text);

/// Reads a configuration document. Servers of unknown protocols or with bad ports are passed over; logins
/// come with their placeholders filled in. Limits: 256 KiB, 100 servers; a document type declaration ends the
/// reading. Errors: empty when it is no such document or has no incoming server.
std::optional<Proposal> parse_document(std::string_view xml, const MailAddress& address);

/// Where a provider's document may lie, in the order to ask. `directory` is the base URL of a public
/// collection; empty: none.
std::vector<std::string> document_urls(const MailAddress& address, std::string_view directory);

/// Names of SRV records, and what an answer means.
struct ServiceName {
  std::string name;  ///< `_imaps._tcp.example.test`
  std::string_view protocol;
  Encryption encryption;
};
std::vector<ServiceName> service_names(const MailAddress& address);
/// Errors: empty for a target of "." (the service is not offered).
std::optional<Candidate> from_service(const ServiceName& service, std::string_view target, int port,
                                      const MailAddress& address);

/// Usual names and ports, encrypted ones first.
Proposal guess(const MailAddress& address);

/// Takes away what is not encrypted from the first byte or by a STARTTLS that must be offered.
void keep_secure(Proposal& proposal);

}  // namespace gw::mail::autoconfig

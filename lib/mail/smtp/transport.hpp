// Sends mails over SMTP with libcurl. Building them is in mime/. Source: RFC 5321, 4954, 3207, 1870, 6531;
// spec mal section 7.
#pragma once

#include <string>

#include "mail/store/provider.hpp"
#include "mail/store/transport.hpp"

namespace gw::mail::smtp {

/// The name that we greet with; empty: that of the machine.
struct SmtpSettings {
  std::string hello_name;
};

/// A connection of its own for each sending; nothing is ever repeated, so a mail cannot go out twice.
/// Errors besides those of Transport: MSG-1008 an address with characters that would end it, MSG-0108 the
/// server offers no way to sign in, UnknownOutcome (failure.hpp), and whatever the byte source throws
/// (nothing was sent then). Cost: every wait ends with the server's read time-out, in steps of a second.
class SmtpTransport : public Transport {
 public:
  SmtpTransport(const Server& server, SmtpSettings settings);
  ~SmtpTransport() override;
  SendOutcome send(const Envelope& envelope, const ByteSource& message, std::int64_t size) override;
  void ping() override;

 private:
  Server server_;
  SmtpSettings settings_;
};

class SmtpProvider : public TransportProvider {
 public:
  explicit SmtpProvider(SmtpSettings settings = {}) : settings_(std::move(settings)) {}
  [[nodiscard]] std::string_view protocol() const override { return "smtp"; }
  std::unique_ptr<Transport> open(const Account& account) override;

 private:
  SmtpSettings settings_;
};

}  // namespace gw::mail::smtp

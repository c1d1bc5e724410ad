// What every TLS connection of a client is made of: the trust of a policy, the host's name, and bytes that
// move over a socket. Who waits, and how, is tls.hpp's and polled_stream.hpp's business.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "mail/net/tls.hpp"

namespace gw::mail::net {

struct SslDeleter {
  void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};
using SslHandle = std::unique_ptr<SSL, SslDeleter>;

/// Ready for SSL_connect: TLS 1.2 or newer, server name sent and checked, a literal address checked as such.
/// `descriptor` must outlive the handle, and names a socket that does not block.
/// Errors: MSG-1016 when the file of trusted certificates cannot be read.
/// Cost: milliseconds at the first use of a policy, which reads its certificates.
SslHandle make_tls_session(const std::string& host, const TlsPolicy& policy, int* descriptor);

/// Why a handshake failed, for people. Empties OpenSSL's list of errors.
std::string describe_handshake_failure(const SSL* ssl, const TlsPolicy& policy);
/// The oldest of OpenSSL's errors, for people. Empties the list.
std::string take_tls_error();

}  // namespace gw::mail::net

#include "mail/net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>

#include "core/errors/mail.hpp"
#include "mail/net/tls_session.hpp"

namespace gw::mail::net {

struct TlsChannel::Session {
  int descriptor = -1;
  SslHandle ssl;

  /// Runs an operation until it succeeds; the count, or 0 at the end of the stream.
  template <class Operation>
  int run(Socket& socket, const Deadline& deadline, const Operation& operation) const {
    for (;;) {
      ERR_clear_error();
      errno = 0;
      const int result = operation();
      if (result > 0) return result;
      switch (SSL_get_error(ssl.get(), result)) {
        case SSL_ERROR_WANT_READ:
          socket.wait(true, deadline);
          break;
        case SSL_ERROR_WANT_WRITE:
          socket.wait(false, deadline);
          break;
        case SSL_ERROR_ZERO_RETURN:
          return 0;
        case SSL_ERROR_SYSCALL:
          if (errno == 0) return 0;
          throw_network_error(socket.host(), errno);
        default:
          // A connection cut without a goodbye counts as its end: the protocols above notice a cut answer.
          if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return 0;
          return -1;
      }
    }
  }
};

TlsChannel::TlsChannel(Socket& socket, const TlsPolicy& policy, const Deadline& deadline)
    : socket_(socket), session_(std::make_unique<Session>()) {
  Session& session = *session_;
  session.descriptor = socket.descriptor();
  session.ssl = make_tls_session(socket.host(), policy, &session.descriptor);
  if (session.run(socket, deadline, [&] { return SSL_connect(session.ssl.get()); }) > 0) {
    // Else each record is two reads from the socket, one of them for five bytes.
    SSL_set_read_ahead(session.ssl.get(), 1);
    return;
  }
  throw ApiError(errors::msg::kConnectFailed,
                 {socket.host(), describe_handshake_failure(session.ssl.get(), policy)});
}

TlsChannel::~TlsChannel() = default;

std::size_t TlsChannel::read_some(std::span<char> into, const Deadline& deadline) {
  const int count = session_->run(socket_, deadline, [&] {
    return SSL_read(session_->ssl.get(), into.data(),
                    static_cast<int>(std::min<std::size_t>(into.size(), 1U << 20)));
  });
  if (count < 0) throw ApiError(errors::msg::kConnectionLost, {socket_.host(), take_tls_error()});
  return static_cast<std::size_t>(count);
}

void TlsChannel::write_all(std::string_view bytes, const Deadline& deadline) {
  while (!bytes.empty()) {
    const int count = session_->run(socket_, deadline, [&] {
      return SSL_write(session_->ssl.get(), bytes.data(),
                       static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 20)));
    });
    if (count <= 0) throw ConnectionClosed(errors::msg::kConnectionReset, {socket_.host()});
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool TlsChannel::has_input() const { return SSL_has_pending(session_->ssl.get()) == 1; }

void TlsChannel::say_goodbye() noexcept {
  ERR_clear_error();
  SSL_shutdown(session_->ssl.get());
  ERR_clear_error();
}

}  // namespace gw::mail::net

#include "mail/net/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <map>
#include <mutex>

#include "core/errors/mail.hpp"

namespace gw::mail::net {
namespace {

constexpr std::size_t kMostContexts = 64;

// OpenSSL's own socket BIO would raise SIGPIPE, so these two move the bytes. C calls them: they must not
// throw.
int write_bio(BIO* bio, const char* bytes, int size) noexcept {
  const int descriptor = *static_cast<int*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const ssize_t count = send(descriptor, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(count);
}

int read_bio(BIO* bio, char* into, int size) noexcept {
  const int descriptor = *static_cast<int*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const ssize_t count = recv(descriptor, into, static_cast<std::size_t>(size), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  return static_cast<int>(count);
}

long control_bio(BIO*, int command, long, void*) noexcept { return command == BIO_CTRL_FLUSH ? 1 : 0; }

const BIO_METHOD* socket_method() {
  // Lives as long as the process: OpenSSL keeps pointers to it.
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "mail socket");
    BIO_meth_set_write(made, write_bio);
    BIO_meth_set_read(made, read_bio);
    BIO_meth_set_ctrl(made, control_bio);
    return made;
  }();
  return method;
}

using Context = std::shared_ptr<SSL_CTX>;

Context make_context(const TlsPolicy& policy) {
  Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (!context) throw std::bad_alloc();
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_verify(context.get(), policy.verifies_certificate ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  if (policy.verifies_certificate) {
    const int loaded = policy.ca_file.empty()
                           ? SSL_CTX_set_default_verify_paths(context.get())
                           : SSL_CTX_load_verify_file(context.get(), policy.ca_file.c_str());
    if (loaded != 1) return nullptr;
  }
  return context;
}

/// Reading the system's certificates costs milliseconds, so contexts are kept.
Context context_for(const TlsPolicy& policy) {
  static std::mutex mutex;
  static auto& kept = *new std::map<std::pair<bool, std::string>, Context>;
  const std::lock_guard lock(mutex);
  const auto key = std::make_pair(policy.verifies_certificate, policy.ca_file);
  if (const auto found = kept.find(key); found != kept.end()) return found->second;
  Context made = make_context(policy);
  if (kept.size() >= kMostContexts) kept.clear();
  if (made) kept.emplace(key, made);
  return made;
}

bool is_literal_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

std::string reason_of_queue() {
  const unsigned long number = ERR_get_error();
  ERR_clear_error();
  const char* reason = number == 0 ? nullptr : ERR_reason_error_string(number);
  return reason == nullptr ? "the handshake failed" : reason;
}

}  // namespace

struct TlsChannel::Session {
  int descriptor = -1;
  SSL* ssl = nullptr;
  ~Session() { SSL_free(ssl); }

  /// Runs an operation until it succeeds; the count, or 0 at the end of the stream.
  template <class Operation>
  int run(Socket& socket, const Deadline& deadline, const Operation& operation) const {
    for (;;) {
      ERR_clear_error();
      errno = 0;
      const int result = operation();
      if (result > 0) return result;
      switch (SSL_get_error(ssl, result)) {
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
  const std::string& host = socket.host();
  const Context context = context_for(policy);
  if (!context)
    throw ApiError(errors::msg::kConnectFailed, {host, "the file of trusted certificates cannot be read"});
  Session& session = *session_;
  session.descriptor = socket.descriptor();
  session.ssl = SSL_new(context.get());
  BIO* bio = BIO_new(socket_method());
  if (session.ssl == nullptr || bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, &session.descriptor);
  BIO_set_init(bio, 1);
  SSL_set_bio(session.ssl, bio, bio);
  X509_VERIFY_PARAM* checks = SSL_get0_param(session.ssl);
  if (is_literal_address(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str());
  } else {
    X509_VERIFY_PARAM_set_hostflags(checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(checks, host.c_str(), host.size());
    SSL_set_tlsext_host_name(session.ssl, host.c_str());
  }
  if (session.run(socket, deadline, [&] { return SSL_connect(session.ssl); }) > 0) return;
  const long verdict = SSL_get_verify_result(session.ssl);
  const std::string why =
      policy.verifies_certificate && verdict != X509_V_OK
          ? std::string("its certificate is not accepted: ") + X509_verify_cert_error_string(verdict)
          : reason_of_queue();
  throw ApiError(errors::msg::kConnectFailed, {host, why});
}

TlsChannel::~TlsChannel() = default;

std::size_t TlsChannel::read_some(std::span<char> into, const Deadline& deadline) {
  const int count = session_->run(socket_, deadline, [&] {
    return SSL_read(session_->ssl, into.data(),
                    static_cast<int>(std::min<std::size_t>(into.size(), 1U << 20)));
  });
  if (count < 0) throw ApiError(errors::msg::kConnectionLost, {socket_.host(), reason_of_queue()});
  return static_cast<std::size_t>(count);
}

void TlsChannel::write_all(std::string_view bytes, const Deadline& deadline) {
  while (!bytes.empty()) {
    const int count = session_->run(socket_, deadline, [&] {
      return SSL_write(session_->ssl, bytes.data(),
                       static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 20)));
    });
    if (count <= 0) throw ApiError(errors::msg::kConnectionReset, {socket_.host()});
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool TlsChannel::has_input() const { return SSL_pending(session_->ssl) > 0; }

void TlsChannel::say_goodbye() noexcept {
  ERR_clear_error();
  SSL_shutdown(session_->ssl);
  ERR_clear_error();
}

}  // namespace gw::mail::net

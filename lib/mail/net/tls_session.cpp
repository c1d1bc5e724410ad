#include "mail/net/tls_session.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <map>
#include <mutex>
#include <new>
#include <utility>

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

}  // namespace

std::string take_tls_error() {
  const unsigned long number = ERR_get_error();
  ERR_clear_error();
  const char* reason = number == 0 ? nullptr : ERR_reason_error_string(number);
  return reason == nullptr ? "the handshake failed" : reason;
}

std::string describe_handshake_failure(const SSL* ssl, const TlsPolicy& policy) {
  const long verdict = SSL_get_verify_result(ssl);
  if (!policy.verifies_certificate || verdict == X509_V_OK) return take_tls_error();
  ERR_clear_error();
  return std::string("its certificate is not accepted: ") + X509_verify_cert_error_string(verdict);
}

SslHandle make_tls_session(const std::string& host, const TlsPolicy& policy, int* descriptor) {
  const Context context = context_for(policy);
  if (!context)
    throw ApiError(errors::msg::kConnectFailed, {host, "the file of trusted certificates cannot be read"});
  SslHandle ssl(SSL_new(context.get()));
  BIO* bio = BIO_new(socket_method());
  if (!ssl || bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, descriptor);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl.get(), bio, bio);
  X509_VERIFY_PARAM* checks = SSL_get0_param(ssl.get());
  if (is_literal_address(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str());
  } else {
    X509_VERIFY_PARAM_set_hostflags(checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(checks, host.c_str(), host.size());
    SSL_set_tlsext_host_name(ssl.get(), host.c_str());
  }
  return ssl;
}

}  // namespace gw::mail::net

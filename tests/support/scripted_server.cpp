#include "support/scripted_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace gw::test {
namespace {

constexpr int kPatience = 10'000;

bool wait_for(int descriptor, int stop, int patience) {
  pollfd wanted[] = {{descriptor, POLLIN, 0}, {stop, POLLIN, 0}};
  return poll(wanted, 2, patience) > 0 && wanted[0].revents != 0;
}

void add_extension(X509* certificate, int kind, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string make_certificate() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3'600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                             -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  add_extension(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
  add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate, key, EVP_sha256());
  char path[] = "/tmp/gwcert-XXXXXX";
  FILE* file = fdopen(mkstemp(path), "w");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_X509(file, certificate);
  fclose(file);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return path;
}

}  // namespace

const std::string& server_certificate() {
  struct File {
    std::string path = make_certificate();
    ~File() { unlink(path.c_str()); }
  };
  static const File file;
  return file.path;
}

struct ScriptedPeer::Tls {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  SSL* ssl = nullptr;
  ~Tls() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
};

ScriptedPeer::ScriptedPeer(int descriptor, const std::string& certificate)
    : descriptor_(descriptor), certificate_(certificate) {
  const timeval patience{kPatience / 1'000, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

ScriptedPeer::~ScriptedPeer() {
  if (descriptor_ >= 0) close(descriptor_);
}

void ScriptedPeer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = tls_ ? SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()))
                           : static_cast<int>(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (sent <= 0) return;  // the client may hang up at any time
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::size_t ScriptedPeer::read_some(char* into, std::size_t size) {
  const auto count = tls_ ? SSL_read(tls_->ssl, into, static_cast<int>(size))
                          : static_cast<int>(recv(descriptor_, into, size, 0));
  if (count < 0 && !tls_ && (errno == EAGAIN || errno == EWOULDBLOCK))
    ADD_FAILURE() << "the client says nothing";
  if (count <= 0) is_over_ = true;
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

std::string ScriptedPeer::line() {
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string text = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      if (text.ends_with('\r')) text.pop_back();
      return text;
    }
    char piece[4'096];
    const std::size_t count = read_some(piece, sizeof piece);
    if (count == 0) {
      buffer_.clear();
      return "";
    }
    buffer_.append(piece, count);
  }
}

std::string ScriptedPeer::bytes(std::size_t count) {
  while (buffer_.size() < count) {
    char piece[4'096];
    const std::size_t got = read_some(piece, sizeof piece);
    if (got == 0) break;
    buffer_.append(piece, got);
  }
  std::string text = buffer_.substr(0, count);
  buffer_.erase(0, text.size());
  return text;
}

void ScriptedPeer::expect(const std::string& line) { EXPECT_EQ(this->line(), line); }

void ScriptedPeer::expect_command(const std::string& command) {
  const std::string sent = line();
  const auto blank = sent.find(' ');
  tag_ = sent.substr(0, blank);
  EXPECT_EQ(blank == std::string::npos ? sent : sent.substr(blank + 1), command);
}

void ScriptedPeer::wait_for_end() {
  char piece[4'096];
  while (read_some(piece, sizeof piece) > 0) {
  }
}

void ScriptedPeer::reset() {
  const linger hard{1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  close(descriptor_);
  descriptor_ = -1;
}

void ScriptedPeer::start_tls() {
  tls_ = std::make_unique<Tls>();
  SSL_CTX_use_certificate_chain_file(tls_->context, certificate_.c_str());
  SSL_CTX_use_PrivateKey_file(tls_->context, certificate_.c_str(), SSL_FILETYPE_PEM);
  tls_->ssl = SSL_new(tls_->context);
  SSL_set_fd(tls_->ssl, descriptor_);
  SSL_accept(tls_->ssl);
}

ScriptedServer::ScriptedServer(std::vector<Script> scripts) {
  listen_on_any_port();
  thread_ = std::thread([this, all = std::move(scripts)] {
    for (const Script& script : all)
      if (!serve_one(script, true)) return;
  });
}

ScriptedServer::ScriptedServer(Repeat, Script script) {
  listen_on_any_port();
  thread_ = std::thread([this, each = std::move(script)] {
    while (serve_one(each, false)) {
    }
  });
}

void ScriptedServer::listen_on_any_port() {
  server_certificate();
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0 ||
      pipe(stop_) != 0)
    std::abort();
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
}

ScriptedServer::~ScriptedServer() {
  is_over_ = true;
  close(stop_[1]);
  if (const int socket = current_; socket >= 0) shutdown(socket, SHUT_RDWR);
  thread_.join();
  close(stop_[0]);
  close(listener_);
}

bool ScriptedServer::serve_one(const Script& script, bool must_come) {
  if (!wait_for(listener_, stop_[0], must_come ? kPatience : -1)) {
    if (must_come) ADD_FAILURE() << "a script of the server was never begun";
    return false;
  }
  const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  ++connections_;
  // Scripts in order end by themselves; one that repeats may wait for a client that the test holds on to.
  if (!must_come) current_ = descriptor;
  if (!must_come && is_over_) shutdown(descriptor, SHUT_RDWR);
  ScriptedPeer peer(descriptor, server_certificate());
  script(peer);
  current_ = -1;
  return true;
}

}  // namespace gw::test

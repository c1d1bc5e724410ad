#include "mail/net/polled_stream.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "core/error.hpp"

namespace gw::mail::net {
namespace {

constexpr std::size_t kPolledPiece = 16 * 1024;
/// One turn reads at most this many pieces, so that a server that floods us keeps nobody waiting.
constexpr int kPiecesPerTurn = 4;

std::string reason_of(int number) { return std::generic_category().message(number); }

struct FreeAddresses {
  void operator()(addrinfo* list) const noexcept { freeaddrinfo(list); }
};

/// Null for what is no literal address.
std::unique_ptr<addrinfo, FreeAddresses> parse_literal(const std::string& address, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (port <= 0 || port > 65'535 ||
      getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return nullptr;
  return std::unique_ptr<addrinfo, FreeAddresses>(found);
}

bool is_writable(int descriptor) {
  pollfd wanted{descriptor, POLLOUT, 0};
  return poll(&wanted, 1, 0) > 0;
}

}  // namespace

PolledStream::PolledStream(PolledAddress to) : to_(std::move(to)) { begin_to_connect(); }

void PolledStream::begin_to_connect() {
  const auto address = parse_literal(to_.address, to_.port);
  if (!address) return fail("no address: " + to_.address);
  descriptor_ = ::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor_ < 0) return fail(reason_of(errno));
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(descriptor_, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  if (::connect(descriptor_, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS)
    fail(reason_of(errno));
}

PolledStream::~PolledStream() {
  OPENSSL_cleanse(out_.data(), out_.size());
  if (is_encrypted() && problem_.empty()) {
    // Says that no more comes; waits for nothing.
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }
  ssl_.reset();
  if (descriptor_ >= 0) close(descriptor_);
}

void PolledStream::fail(std::string why) {
  if (problem_.empty()) problem_ = std::move(why);
}

bool PolledStream::wants_read() const {
  return problem_.empty() && state_ != State::Connecting && in_.size() < kMostUnread;
}

bool PolledStream::wants_write() const {
  if (!problem_.empty()) return false;
  // Decrypted bytes that wait inside TLS make no socket readable.
  const bool has_hidden_input = is_encrypted() && in_.size() < kMostUnread && SSL_pending(ssl_.get()) > 0;
  return state_ == State::Connecting || tls_wants_write_ || (state_ == State::Open && has_output()) ||
         has_hidden_input;
}

void PolledStream::advance() {
  if (!problem_.empty()) return;
  tls_wants_write_ = false;
  if (state_ == State::Connecting) finish_connecting();
  if (problem_.empty() && state_ == State::Shaking) shake_hands();
  if (problem_.empty() && state_ == State::Open) send_output();
  if (problem_.empty() && state_ == State::Open) read_input();
}

void PolledStream::finish_connecting() {
  if (!is_writable(descriptor_)) return;
  int number = 0;
  socklen_t size = sizeof number;
  if (getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &number, &size) != 0) number = errno;
  if (number != 0) return fail(reason_of(number));
  state_ = State::Open;
  if (to_.begins_encrypted) begin_tls();
}

void PolledStream::begin_tls() {
  try {
    ssl_ = make_tls_session(to_.host, to_.policy, &descriptor_);
    // Most of a connection's life is silence: buffers that are empty are given back meanwhile.
    SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
    state_ = State::Shaking;
    // The first word of a handshake is ours.
    tls_wants_write_ = true;
  } catch (const ApiError& error) {
    fail(error.what());
  }
}

void PolledStream::start_tls() {
  in_.clear();
  begin_tls();
}

void PolledStream::shake_hands() {
  tls_wants_write_ = false;
  ERR_clear_error();
  errno = 0;
  const int result = SSL_connect(ssl_.get());
  if (result > 0) {
    state_ = State::Open;
    return;
  }
  const int number = errno;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_WRITE:
      tls_wants_write_ = true;
      return;
    case SSL_ERROR_WANT_READ:
      return;
    case SSL_ERROR_SYSCALL:
      return fail(number == 0 ? "it closed the connection" : reason_of(number));
    default:
      return fail(describe_handshake_failure(ssl_.get(), to_.policy));
  }
}

int PolledStream::judge_tls(int result) {
  const int number = errno;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_WRITE:
      tls_wants_write_ = true;
      return 0;
    case SSL_ERROR_WANT_READ:
      return 0;
    case SSL_ERROR_SYSCALL:
      fail(number == 0 ? "it closed the connection" : reason_of(number));
      return -1;
    case SSL_ERROR_ZERO_RETURN:
      fail("it closed the connection");
      return -1;
    default:
      fail(take_tls_error());
      return -1;
  }
}

int PolledStream::move_bytes(bool reads, char* bytes, std::size_t size) {
  errno = 0;
  if (ssl_) {
    ERR_clear_error();
    const int length = static_cast<int>(size);
    const int result = reads ? SSL_read(ssl_.get(), bytes, length) : SSL_write(ssl_.get(), bytes, length);
    return result > 0 ? result : judge_tls(result);
  }
  const ssize_t result =
      reads ? recv(descriptor_, bytes, size, 0) : send(descriptor_, bytes, size, MSG_NOSIGNAL);
  if (result > 0) return static_cast<int>(result);
  if (result < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  fail(result == 0 ? "it closed the connection" : reason_of(errno));
  return -1;
}

void PolledStream::send_output() {
  while (has_output()) {
    const std::size_t size = std::min(out_.size() - out_begin_, kPolledPiece);
    const int count = move_bytes(false, out_.data() + out_begin_, size);
    if (count <= 0) return;
    OPENSSL_cleanse(out_.data() + out_begin_, static_cast<std::size_t>(count));
    out_begin_ += static_cast<std::size_t>(count);
  }
  out_.clear();
  out_begin_ = 0;
}

void PolledStream::read_input() {
  std::array<char, kPolledPiece> piece;
  for (int i = 0; i < kPiecesPerTurn && in_.size() < kMostUnread; ++i) {
    const int count = move_bytes(true, piece.data(), piece.size());
    if (count <= 0) return;
    in_.append(piece.data(), static_cast<std::size_t>(count));
  }
}

std::string PolledStream::take_input() { return std::exchange(in_, {}); }

void PolledStream::write(std::string_view bytes) {
  // Growing would leave a copy of what may be secret.
  if (out_.capacity() < out_.size() + bytes.size()) {
    std::string larger;
    larger.reserve(std::max(out_.size() + bytes.size(), std::size_t{1'024}));
    larger = std::string_view(out_).substr(out_begin_);
    OPENSSL_cleanse(out_.data(), out_.size());
    out_ = std::move(larger);
    out_begin_ = 0;
  }
  out_.append(bytes);
}

}  // namespace gw::mail::net

#include "mail/net/stream.hpp"

#include <algorithm>
#include <cerrno>

#include "core/errors/mail.hpp"

namespace gw::mail::net {
namespace {
constexpr std::size_t kWritePiece = 32'768;
constexpr std::size_t kReadPiece = 65'536;
}  // namespace

Stream::Stream(const Server& server)
    : socket_(Socket::connect(server.host, server.port, server.connect_timeout, server.denied.get())),
      policy_{server.verifies_certificate, server.ca_file},
      connect_timeout_(server.connect_timeout),
      read_timeout_(server.read_timeout),
      answer_(read_timeout_ * kLongestAnswer) {
  if (server.encryption == Encryption::Tls) start_tls();
}

Stream::~Stream() {
  if (out_is_secret_) wipe(out_);
  if (tls_) tls_->say_goodbye();
}

void Stream::start_tls() {
  flush();
  // Bytes still in the kernel are taken for the handshake and make it fail, which is right, too.
  begin_ = end_ = 0;
  tls_ = std::make_unique<TlsChannel>(socket_, policy_, Deadline(connect_timeout_));
}

void Stream::start_deflate() {
  flush();
  deflate_ = std::make_unique<Deflate>();
  // The server may have compressed at once what lies in the buffer.
  if (begin_ < end_) {
    deflate_->feed(buffered());
    begin_ = end_ = 0;
  }
}

std::size_t Stream::receive(std::span<char> into, const Deadline& deadline) {
  const auto raw = [&](std::span<char> to) {
    return tls_ ? tls_->read_some(to, deadline) : socket_.read_some(to, deadline);
  };
  if (!deflate_) return raw(into);
  for (;;) {
    try {
      if (const std::size_t count = deflate_->has_more() ? deflate_->expand(into) : 0; count > 0)
        return count;
    } catch (const std::runtime_error& broken) {
      throw ApiError(errors::msg::kProtocol, {host(), broken.what()});
    }
    if (deflate_->has_more()) continue;
    std::array<char, 16'384> piece;
    const std::size_t count = raw(piece);
    if (count == 0) return 0;
    deflate_->feed({piece.data(), count});
  }
}

void Stream::fill(const Deadline& deadline) {
  // A server that floods us never makes us wait.
  if (answer_.left().count() == 0) throw_network_error(host(), ETIMEDOUT);
  if (begin_ == end_) begin_ = end_ = 0;
  const std::size_t count = receive(std::span(in_).subspan(end_), deadline.sooner_of(answer_));
  if (count == 0) throw ConnectionClosed(errors::msg::kConnectionLost, {host(), "it closed the connection"});
  end_ += count;
}

std::string Stream::read_line(std::size_t limit) {
  const Deadline deadline(read_timeout_);
  std::string line;
  for (;;) {
    const std::string_view have = buffered();
    const std::size_t end = have.find('\n');
    const std::size_t taken = end == std::string_view::npos ? have.size() : end;
    if (line.size() + taken > limit) throw ApiError(errors::msg::kProtocol, {host(), "a line is too long"});
    line.append(have.substr(0, taken));
    begin_ += taken;
    if (end != std::string_view::npos) {
      ++begin_;
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    fill(deadline);
  }
}

bool Stream::credit(std::size_t bytes) {
  credited_ += bytes;
  if (credited_ < kReadPiece) return false;
  credited_ = 0;
  // Never more than at the begin: a server cannot save up for a long silence.
  answer_ = Deadline(std::min(answer_.left() + read_timeout_, read_timeout_ * kLongestAnswer));
  return true;
}

bool Stream::read_counted(std::uint64_t count, const std::function<bool(std::string_view)>& sink) {
  Deadline deadline(read_timeout_);
  while (count > 0) {
    if (begin_ == end_) fill(deadline);
    const std::string_view piece = buffered().substr(0, count);
    begin_ += piece.size();
    count -= piece.size();
    if (credit(piece.size())) deadline = Deadline(read_timeout_);
    const auto begin = Deadline::Clock::now();
    if (!sink(piece)) return false;
    const auto spent = Deadline::Clock::now() - begin;
    deadline.extend(spent);
    answer_.extend(spent);
  }
  return true;
}

std::string Stream::read_bytes(std::size_t count) {
  std::string bytes;
  // Not reserved at once: what the server announces must first come.
  read_counted(count, [&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  return bytes;
}

bool Stream::has_input() const {
  return begin_ < end_ || (deflate_ && deflate_->has_more()) || (tls_ && tls_->has_input()) ||
         socket_.has_input();
}

void Stream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kWritePiece);
    out_ += piece;
    bytes.remove_prefix(piece.size());
    if (out_.size() >= kWritePiece) flush();
  }
}

void Stream::write_secret(std::string_view bytes) {
  // Growing would leave copies in freed memory.
  out_.reserve(out_.size() + bytes.size() + kWritePiece);
  out_is_secret_ = true;
  write(bytes);
}

void Stream::flush() {
  if (out_.empty()) return;
  send(out_);
  if (out_is_secret_) wipe(out_);
  out_is_secret_ = false;
  out_.clear();
  answer_ = Deadline(read_timeout_ * kLongestAnswer);
  credited_ = 0;
}

void Stream::send(std::string_view bytes) {
  const std::string compressed = deflate_ ? deflate_->compress(bytes) : std::string();
  if (deflate_) bytes = compressed;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kReadPiece);
    const Deadline deadline(read_timeout_);
    tls_ ? tls_->write_all(piece, deadline) : socket_.write_all(piece, deadline);
    bytes.remove_prefix(piece.size());
  }
}

}  // namespace gw::mail::net

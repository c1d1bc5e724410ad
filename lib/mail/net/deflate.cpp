#include "mail/net/deflate.hpp"

#include <zlib.h>

#include <array>
#include <new>
#include <stdexcept>

namespace gw::mail::net {
namespace {
constexpr int kRawWindow = -15;  ///< negative: no zlib header
}

struct Deflate::State {
  z_stream in{}, out{};
  std::string fed;
  bool may_hold_output = false;  ///< the last call filled the caller's buffer
};

Deflate::Deflate() : state_(std::make_unique<State>()) {
  if (inflateInit2(&state_->in, kRawWindow) != Z_OK) throw std::bad_alloc();
  if (deflateInit2(&state_->out, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawWindow, 8, Z_DEFAULT_STRATEGY) ==
      Z_OK)
    return;
  inflateEnd(&state_->in);
  throw std::bad_alloc();
}

Deflate::~Deflate() {
  inflateEnd(&state_->in);
  deflateEnd(&state_->out);
}

std::string Deflate::compress(std::string_view plain) {
  z_stream& out = state_->out;
  // zlib takes no const pointer; it does not write there.
  out.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  out.avail_in = static_cast<uInt>(plain.size());
  std::string compressed;
  std::array<char, 16'384> piece{};
  do {
    out.next_out = reinterpret_cast<Bytef*>(piece.data());
    out.avail_out = piece.size();
    ::deflate(&out, Z_SYNC_FLUSH);
    compressed.append(piece.data(), piece.size() - out.avail_out);
  } while (out.avail_out == 0);
  return compressed;
}

void Deflate::feed(std::string_view compressed) {
  state_->fed = compressed;
  state_->in.next_in = reinterpret_cast<Bytef*>(state_->fed.data());
  state_->in.avail_in = static_cast<uInt>(state_->fed.size());
}

std::size_t Deflate::expand(std::span<char> into) {
  z_stream& in = state_->in;
  in.next_out = reinterpret_cast<Bytef*>(into.data());
  in.avail_out = static_cast<uInt>(into.size());
  const int result = inflate(&in, Z_SYNC_FLUSH);
  if (result != Z_OK && result != Z_BUF_ERROR) throw std::runtime_error("no DEFLATE stream");
  state_->may_hold_output = in.avail_out == 0;
  return into.size() - in.avail_out;
}

bool Deflate::has_more() const { return state_->in.avail_in > 0 || state_->may_hold_output; }

}  // namespace gw::mail::net

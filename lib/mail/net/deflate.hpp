// Raw DEFLATE in both directions for COMPRESS=DEFLATE. Source: RFC 4978.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gw::mail::net {

/// Threads: one at a time.
class Deflate {
 public:
  Deflate();
  ~Deflate();
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;

  /// Everything of `plain`, flushed so that the other side can read all of it.
  std::string compress(std::string_view plain);
  /// Hands over compressed bytes; all that were handed over before must be used up (`has_more` false).
  void feed(std::string_view compressed);
  /// Plain bytes into `into`; 0 when more must be fed. Bounded by `into`, whatever the compressed bytes grow
  /// to. Errors: std::runtime_error when the bytes are no DEFLATE stream.
  std::size_t expand(std::span<char> into);
  /// Bytes that were fed are not used up yet.
  [[nodiscard]] bool has_more() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gw::mail::net

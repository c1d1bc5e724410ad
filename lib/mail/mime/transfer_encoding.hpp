// Content-Transfer-Encoding, both ways, in pieces of any size. GMime's state machines do the work.
#pragma once

#include <gmime/gmime.h>

#include <string>
#include <string_view>

namespace gw::mail::mime {

/// `base64`, `quoted-printable`, `x-uuencode` (and their misspellings); anything else passes as it is.
/// Errors: none; what is no code of the encoding is skipped or kept, as GMime does. Threads: one at a time.
class TransferDecoder {
 public:
  explicit TransferDecoder(std::string_view encoding);
  /// What the piece adds; may be empty.
  std::string decode(std::string_view piece);
  [[nodiscard]] bool is_identity() const { return is_identity_; }

 private:
  GMimeEncoding state_{};
  bool is_identity_ = true;
};

std::string decode_transfer(std::string_view bytes, std::string_view encoding);

enum class Encoding { SevenBit, EightBit, QuotedPrintable, Base64 };
std::string_view encoding_name(Encoding encoding);

/// Line ends come out as LF in text encodings; the writer of the message turns them into CRLF.
/// Threads: one at a time.
class TransferEncoder {
 public:
  explicit TransferEncoder(Encoding encoding);
  std::string encode(std::string_view piece);
  /// The rest; call once.
  std::string finish();

 private:
  GMimeEncoding state_{};
  bool is_identity_ = false;
};

/// The smallest encoding that carries this UTF-8 text: 7bit for ASCII with lines below 998 bytes,
/// quoted-printable while it grows less than base64 would, else base64. Source: RFC 5322 section 2.1.1.
Encoding choose_encoding(std::string_view text);

}  // namespace gw::mail::mime

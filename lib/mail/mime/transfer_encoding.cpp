// Wraps GMime's encodings, which are plain structs: no object, no initialisation, no lock.
#include "mail/mime/transfer_encoding.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail::mime {
namespace {

GMimeContentEncoding content_encoding(std::string_view word) {
  const std::string name = to_lower_ascii(trim(word));
  if (name == "base64" || name == "base-64" || name == "base_64" || name == "x-base64")
    return GMIME_CONTENT_ENCODING_BASE64;
  if (name == "quoted-printable" || name == "quotedprintable" || name == "quoted_printable" || name == "qp")
    return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
  if (name == "x-uuencode" || name == "uuencode" || name == "uue" || name == "x-uue" || name == "x-uu")
    return GMIME_CONTENT_ENCODING_UUENCODE;
  return GMIME_CONTENT_ENCODING_DEFAULT;
}

}  // namespace

TransferDecoder::TransferDecoder(std::string_view encoding) {
  const GMimeContentEncoding known = content_encoding(encoding);
  is_identity_ = known == GMIME_CONTENT_ENCODING_DEFAULT;
  g_mime_encoding_init_decode(&state_, known);
}

std::string TransferDecoder::decode(std::string_view piece) {
  if (is_identity_) return std::string(piece);
  std::string out(g_mime_encoding_outlen(&state_, piece.size()) + 8, '\0');
  out.resize(g_mime_encoding_step(&state_, piece.data(), piece.size(), out.data()));
  return out;
}

std::string decode_transfer(std::string_view bytes, std::string_view encoding) {
  return TransferDecoder(encoding).decode(bytes);
}

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::SevenBit:
      return "7bit";
    case Encoding::EightBit:
      return "8bit";
    case Encoding::QuotedPrintable:
      return "quoted-printable";
    case Encoding::Base64:
      return "base64";
  }
  return "8bit";
}

TransferEncoder::TransferEncoder(Encoding encoding) {
  is_identity_ = encoding == Encoding::SevenBit || encoding == Encoding::EightBit;
  g_mime_encoding_init_encode(&state_, encoding == Encoding::Base64 ? GMIME_CONTENT_ENCODING_BASE64
                                       : encoding == Encoding::QuotedPrintable
                                           ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                                           : GMIME_CONTENT_ENCODING_DEFAULT);
}

std::string TransferEncoder::encode(std::string_view piece) {
  if (is_identity_) return std::string(piece);
  std::string out(g_mime_encoding_outlen(&state_, piece.size()) + 8, '\0');
  out.resize(g_mime_encoding_step(&state_, piece.data(), piece.size(), out.data()));
  return out;
}

std::string TransferEncoder::finish() {
  if (is_identity_) return {};
  std::string out(g_mime_encoding_outlen(&state_, 0) + 8, '\0');
  out.resize(g_mime_encoding_flush(&state_, "", 0, out.data()));
  return out;
}

Encoding choose_encoding(std::string_view text) {
  constexpr std::size_t kLongestLine = 990;  // RFC 5322 says 998; leaves room for dot stuffing
  std::size_t line = 0, longest = 0, high = 0, controls = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    line = byte == '\n' ? 0 : line + 1;
    longest = std::max(longest, line);
    if (byte >= 0x80) ++high;
    if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F) ++controls;
  }
  if (high == 0 && controls == 0 && longest <= kLongestLine) return Encoding::SevenBit;
  // Quoted-printable costs two bytes for each coded one, base64 a third of all.
  return (high + controls) * 6 > text.size() ? Encoding::Base64 : Encoding::QuotedPrintable;
}

}  // namespace gw::mail::mime

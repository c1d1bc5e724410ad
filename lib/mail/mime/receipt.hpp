// Read receipts. Source: RFC 8098, RFC 6522; spec mail section 7.3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "mail/message.hpp"

namespace gw::mail::mime {

struct Receipt {
  Address from;       ///< the reader
  Address to;         ///< Disposition-Notification-To of the original
  std::string agent;  ///< Reporting-UA: `host; product`; empty: none
  std::string locale = "en_US", zone = "UTC";
};

/// A multipart/report: text in the reader's language, the disposition (manual-action/MDN-sent-manually;
/// displayed), CRLF lines. To be sent with an empty envelope sender, without a copy. Errors:
/// std::invalid_argument when an address is none.
std::string build_receipt(const Message& original, const Receipt& receipt,
                          const Clock& clock = system_clock());

/// Where the original's sender wants a receipt: the first plausible address of Disposition-Notification-To.
/// `asks_again`: it differs from Return-Path, so that the user must be asked (RFC 8098 section 2.1).
struct ReceiptRequest {
  Address to;
  bool asks_again = false;
};
std::optional<ReceiptRequest> find_receipt_request(const Message& original);

}  // namespace gw::mail::mime

// Builds the three parts of a report by hand: they are small, ASCII or UTF-8 text, and never hold the
// original.
#include "mail/mime/receipt.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/random.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/composition.hpp"
#include "mail/mime/headers.hpp"
#include "mail/mime/quote_words.hpp"
#include "mail/mime/transfer_encoding.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::mime {
namespace {

void add_line(std::string& out, std::string_view line) {
  out += line;
  out += "\r\n";
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

/// One line without controls: values of the original stand in our headers.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) out += c;
  return out;
}

std::string address_field(std::string_view name, std::string_view address) {
  const bool is_utf8 = needs_smtputf8(address);
  return std::string(name) + (is_utf8 ? ": utf-8;" : ": rfc822;") + to_ascii_domain(address);
}

std::string disposition_part(const Message& original, const Receipt& receipt) {
  std::string out;
  if (!receipt.agent.empty()) add_line(out, "Reporting-UA: " + one_line(receipt.agent));
  if (const auto wanted = find_value(original.headers, "Original-Recipient"))
    add_line(out, fold_header("Original-Recipient", one_line(*wanted)));
  add_line(out, address_field("Final-Recipient", receipt.from.address));
  if (!original.message_id.empty()) add_line(out, "Original-Message-ID: " + one_line(original.message_id));
  add_line(out, "Disposition: manual-action/MDN-sent-manually; displayed");
  return out;
}

}  // namespace

std::string build_receipt(const Message& original, const Receipt& receipt, const Clock& clock) {
  if (!is_plausible_address(receipt.from.address) || !is_plausible_address(receipt.to.address))
    throw std::invalid_argument("address of a receipt");
  const TimeZone zone = TimeZone::find(receipt.zone).value_or(TimeZone::utc());
  const QuoteWords& words = quote_words(receipt.locale);
  const std::string subject = one_line(original.subject.value_or(""));
  const std::string title = fill_words(words.receipt_subject, subject, {});
  const std::string text = fill_words(words.receipt, display_address(receipt.from), subject,
                                      format_quote_date(clock.now(), zone, receipt.locale));
  const std::string boundary = "=_" + random_hex(16);
  const bool is_ascii = std::all_of(title.begin(), title.end(), [](char c) { return c >= ' ' && c < 0x7F; });

  std::string out;
  add_line(out, fold_header("Date", format_date(clock.now(), zone)));
  add_line(out, fold_header("From", format_addresses({receipt.from})));
  add_line(out, fold_header("To", format_addresses({receipt.to})));
  add_line(out,
           fold_header("Subject",
                       is_ascii && title.find("=?") == std::string::npos ? title : encode_words(title, 9)));
  add_line(out, "Message-ID: " + make_message_id(receipt.from.address));
  if (!original.message_id.empty()) {
    add_line(out, fold_header("In-Reply-To", one_line(original.message_id)));
    add_line(out, fold_header("References", one_line(original.message_id)));
  }
  add_line(out, "MIME-Version: 1.0");
  add_line(out, "Auto-Submitted: auto-replied");
  add_line(out, "Content-Type: multipart/report; report-type=disposition-notification;\r\n boundary=\"" +
                    boundary + "\"");
  add_line(out, "\r\n--" + boundary);
  const Encoding encoding = choose_encoding(text);
  add_line(out, "Content-Type: text/plain; charset=UTF-8");
  add_line(out, "Content-Transfer-Encoding: " + std::string(encoding_name(encoding)));
  TransferEncoder encoder(encoding);
  std::string coded = encoder.encode(text);
  coded += encoder.finish();
  add_line(out, "\r\n" + with_crlf(coded));
  add_line(out, "--" + boundary);
  add_line(out, "Content-Type: message/disposition-notification\r\n");
  add_line(out, disposition_part(original, receipt));
  add_line(out, "--" + boundary + "--");
  return out;
}

std::optional<ReceiptRequest> find_receipt_request(const Message& original) {
  const auto wanted = find_value(original.headers, "Disposition-Notification-To");
  if (!wanted) return std::nullopt;
  for (Address& address : parse_addresses(*wanted)) {
    if (!is_plausible_address(address.address)) continue;
    ReceiptRequest request{std::move(address), false};
    if (const auto path = find_value(original.headers, "Return-Path")) {
      const AddressList back = parse_addresses(*path);
      request.asks_again =
          back.empty() || to_lower_ascii(back.front().address) != to_lower_ascii(request.to.address);
    }
    return request;
  }
  return std::nullopt;
}

}  // namespace gw::mail::mime

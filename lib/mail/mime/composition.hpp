// Building a message: what it consists of, and its bytes. Who may send what to whom is the caller's business.
// Source: spec mail section 8.2, RFC 5322, RFC 2045 to 2049.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "mail/address.hpp"
#include "mail/store/transport.hpp"

namespace gw::mail::mime {

/// One file of a message. `open` gives a source that is read once from its begin to its end; it is called
/// once per build, so that a composition can be built again.
struct Attachment {
  std::function<ByteSource()> open;
  std::string name;  ///< UTF-8; empty: none
  std::string type = "application/octet-stream";
  std::string content_id;  ///< without brackets; of inline images
  bool is_inline = false;  ///< goes into related beside the HTML
  /// RFC 5322 bytes: attached as message/rfc822, never encoded. `name` becomes `<subject>.eml` by the caller.
  bool is_message = false;
  std::vector<std::pair<std::string, std::string>> headers;  ///< of this part, such as X-OX-VCard
};

enum class Priority { High = 1, Normal = 3, Low = 5 };

struct Composition {
  AddressList from, sender, to, cc, bcc, reply_to;
  std::string subject;
  /// One or both: both make multipart/alternative. UTF-8, line ends LF or CRLF.
  std::optional<std::string> text, html;
  std::vector<Attachment> attachments;
  std::optional<Priority> priority;
  std::optional<Address> receipt_to;    ///< Disposition-Notification-To
  std::string message_id;               ///< with brackets; empty: a fresh one
  std::string in_reply_to;              ///< with brackets
  std::vector<std::string> references;  ///< with brackets
  std::optional<Millis> date;           ///< absent: now
  std::string zone = "UTC";             ///< the sender's zone, IANA
  std::string mailer;                   ///< X-Mailer; empty: none
  /// No person wrote it: nobody is to answer it by himself (Auto-Submitted, RFC 3834).
  bool is_automatic = false;
  /// Custom headers: only `X-` names; kept in drafts and copies. Values UTF-8.
  std::vector<std::pair<std::string, std::string>> custom_headers;
  bool keeps_bcc = false;  ///< drafts and sent copies
  std::size_t wrap = 0;    ///< columns of plain text; 0: as it is
  std::string attached_card,
      wants_notification;  ///< draft headers X-OX-VCard and X-OX-Notification; empty: none
  /// Place of a scheduling part (iMIP): text/calendar with its method, third in the alternative. Empty: none.
  std::string calendar, calendar_method;
};

/// Why a composition cannot be built: a field that holds CR, LF or NUL, or an address or header name that is
/// none.
struct CompositionError {
  std::string field, value;
};
/// Empty: it can be built.
std::optional<CompositionError> check_composition(const Composition& composition);

/// The finished bytes in an unlinked temporary file (memory while small): read as often as wanted.
class BuiltMessage {
 public:
  BuiltMessage();
  ~BuiltMessage();
  BuiltMessage(BuiltMessage&&) noexcept;
  BuiltMessage& operator=(BuiltMessage&&) noexcept;
  [[nodiscard]] std::int64_t size() const;
  /// A source from the first byte; the message must outlive it. Threads: one at a time per source.
  [[nodiscard]] ByteSource open() const;
  /// Without the Bcc lines, for the wire; the same bytes when there are none.
  [[nodiscard]] ByteSource open_without_bcc() const;
  [[nodiscard]] std::int64_t size_without_bcc() const;
  [[nodiscard]] const std::string& message_id() const;

 private:
  friend class MessageWriter;
  struct Body;
  std::unique_ptr<Body> body_;
};

/// mixed(related(alternative(text, html), images), files), each level only where it is needed; lines end with
/// CRLF. Text is 7bit where it can be, else quoted-printable or base64; files are base64; embedded messages
/// stay as they are. Errors: std::invalid_argument for what check_composition refuses; std::system_error when
/// the disk is full; what a source throws passes. Cost: linear; memory 64 KiB beside texts.
BuiltMessage build_message(const Composition& composition, const Clock& clock = system_clock());

/// Sender and recipients of the transmission: To, Cc and Bcc without doubles, ASCII domains.
Envelope make_envelope(const Composition& composition);

/// `<32 hex digits@domain of the address>`.
std::string make_message_id(std::string_view address);
/// A file name from a subject: `<subject>.eml`, characters that file systems refuse become `_`.
std::string message_file_name(std::string_view subject);

}  // namespace gw::mail::mime

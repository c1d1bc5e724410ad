// Writes a composition into a spool. Not for choosing recipients or texts: reply.cpp does that.
#include "mail/mime/composition.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <system_error>

#include "core/random.hpp"
#include "core/text.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/headers.hpp"
#include "mail/mime/parameters.hpp"
#include "mail/mime/transfer_encoding.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::size_t kPiece = 65'536;
/// Bytes that are kept in memory before a file is made.
constexpr std::size_t kMemoryMost = 256 * 1024;

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool is_header_name(std::string_view name) {
  return !name.empty() && name.size() < 100 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool is_media_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  return slash != 0 && slash != std::string_view::npos && slash + 1 < type.size() && type.size() < 200 &&
         std::all_of(type.begin(), type.end(), [](char c) {
           return c > ' ' && c < 0x7F &&
                  std::string_view("()<>@,;:\\\"[]?=").find(c) == std::string_view::npos;
         });
}

bool is_message_id(std::string_view id) {
  return id.size() > 2 && id.size() < 998 && id.front() == '<' && id.back() == '>' &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c != 0x7F; });
}

}  // namespace

struct BuiltMessage::Body {
  std::string memory;  ///< the bytes, or what is not yet in the file
  int file = -1;
  std::int64_t size = 0;
  std::int64_t bcc_begin = 0, bcc_end = 0;  ///< the Bcc lines; equal: none
  std::string message_id;

  Body() = default;
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;
  ~Body() {
    if (file >= 0) ::close(file);
  }

  void append(std::string_view bytes) {
    memory += bytes;
    size += static_cast<std::int64_t>(bytes.size());
    if (memory.size() > kMemoryMost) flush();
  }
  void flush() {
    if (file < 0) open_file();
    std::string_view rest = memory;
    while (!rest.empty()) {
      const ssize_t done = ::write(file, rest.data(), rest.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) throw std::system_error(errno, std::generic_category(), "writing a message");
      rest.remove_prefix(static_cast<std::size_t>(done));
    }
    memory.clear();
  }
  void open_file() {
    const char* folder = std::getenv("TMPDIR");
    std::string name =
        std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/groupware-mail-XXXXXX";
    file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "making a temporary file");
    ::unlink(name.c_str());
  }
  [[nodiscard]] std::string read(std::int64_t offset, std::size_t most) const {
    if (file < 0) return memory.substr(std::min(static_cast<std::size_t>(offset), memory.size()), most);
    std::string out(most, '\0');
    ssize_t got = 0;
    do got = ::pread(file, out.data(), out.size(), offset);
    while (got < 0 && errno == EINTR);
    if (got < 0) throw std::system_error(errno, std::generic_category(), "reading a message");
    out.resize(static_cast<std::size_t>(got));
    return out;
  }
};

BuiltMessage::BuiltMessage() : body_(std::make_unique<Body>()) {}
BuiltMessage::~BuiltMessage() = default;
BuiltMessage::BuiltMessage(BuiltMessage&&) noexcept = default;
BuiltMessage& BuiltMessage::operator=(BuiltMessage&&) noexcept = default;
std::int64_t BuiltMessage::size() const { return body_->size; }
std::int64_t BuiltMessage::size_without_bcc() const {
  return body_->size - (body_->bcc_end - body_->bcc_begin);
}
const std::string& BuiltMessage::message_id() const { return body_->message_id; }

ByteSource BuiltMessage::open() const {
  return [body = body_.get(), offset = std::int64_t{0}](std::size_t most) mutable {
    std::string piece = body->read(offset, std::min(most, kPiece));
    offset += static_cast<std::int64_t>(piece.size());
    return piece;
  };
}

ByteSource BuiltMessage::open_without_bcc() const {
  return [body = body_.get(), offset = std::int64_t{0}](std::size_t most) mutable {
    if (offset >= body->bcc_begin && offset < body->bcc_end) offset = body->bcc_end;
    most = std::min(most, kPiece);
    if (offset < body->bcc_begin && body->bcc_begin < body->bcc_end)
      most = std::min(most, static_cast<std::size_t>(body->bcc_begin - offset));
    std::string piece = body->read(offset, most);
    offset += static_cast<std::int64_t>(piece.size());
    return piece;
  };
}

/// Writes one message. The structure is a function call per level; none is deeper than three.
class MessageWriter {
 public:
  MessageWriter(const Composition& from, const Clock& clock) : from_(from), clock_(clock) {
    for (const Attachment& file : from.attachments)
      (file.is_inline && from.html ? images_ : files_).push_back(&file);
  }

  BuiltMessage run() {
    body().message_id = from_.message_id.empty() ? make_message_id(sender_address()) : from_.message_id;
    write_headers();
    if (files_.empty()) {
      write_related();
    } else {
      const std::string boundary = begin_multipart("mixed", {});
      write_boundary(boundary);
      write_related();
      for (const Attachment* file : files_) {
        write_boundary(boundary);
        write_file(*file);
      }
      end_multipart(boundary);
    }
    if (body().file >= 0) body().flush();
    return std::move(out_);
  }

 private:
  BuiltMessage::Body& body() { return *out_.body_; }
  void put(std::string_view bytes) { body().append(bytes); }
  void put_line(std::string_view line) {
    put(line);
    put("\r\n");
  }
  [[nodiscard]] std::string sender_address() const {
    return from_.from.empty() ? std::string() : from_.from.front().address;
  }

  void header(std::string_view name, std::string_view value) {
    if (!value.empty()) put_line(fold_header(name, value));
  }
  void text_header(std::string_view name, std::string_view utf8) {
    const bool is_ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= ' ' && c < 0x7F; });
    // Words longer than a line cannot be folded as they are.
    const bool is_long = std::any_of(
        utf8.begin(), utf8.end(), [run = 0](char c) mutable { return (run = c == ' ' ? 0 : run + 1) > 900; });
    if (is_ascii && !is_long && utf8.find("=?") == std::string_view::npos)
      header(name, utf8);
    else
      header(name, encode_words(utf8, name.size() + 2));
  }

  void write_headers() {
    const TimeZone zone = TimeZone::find(from_.zone).value_or(TimeZone::utc());
    header("Date", format_date(from_.date.value_or(clock_.now()), zone));
    header("From", format_addresses(from_.from));
    header("Sender", format_addresses(from_.sender));
    header("Reply-To", format_addresses(from_.reply_to));
    header("To", format_addresses(from_.to));
    header("Cc", format_addresses(from_.cc));
    body().bcc_begin = body().size;
    if (from_.keeps_bcc) header("Bcc", format_addresses(from_.bcc));
    body().bcc_end = body().size;
    header("Message-ID", body().message_id);
    header("In-Reply-To", from_.in_reply_to);
    header("References", join(from_.references, " "));
    text_header("Subject", from_.subject);
    header("MIME-Version", "1.0");
    write_priority();
    if (from_.receipt_to) header("Disposition-Notification-To", format_addresses({*from_.receipt_to}));
    header("X-OX-VCard", from_.attached_card);
    text_header("X-OX-Notification", from_.wants_notification);
    for (const auto& [name, value] : from_.custom_headers) text_header(name, value);
    text_header("X-Mailer", from_.mailer);
    if (from_.is_automatic) header("Auto-Submitted", "auto-generated");
  }
  void write_priority() {
    if (!from_.priority) return;
    header("X-Priority", std::to_string(static_cast<int>(*from_.priority)));
    header("Importance", *from_.priority == Priority::High  ? "High"
                         : *from_.priority == Priority::Low ? "Low"
                                                            : "Medium");
  }

  /// A boundary that no content can hold by chance; "=_" cannot stand in quoted-printable or base64.
  std::string begin_multipart(std::string_view kind, std::string_view extra) {
    const std::string boundary = "=_" + random_hex(16);
    header("Content-Type",
           "multipart/" + std::string(kind) + "; boundary=\"" + boundary + "\"" + std::string(extra));
    put_line("");
    return boundary;
  }
  void write_boundary(const std::string& boundary) { put("\r\n--" + boundary + "\r\n"); }
  void end_multipart(const std::string& boundary) { put("\r\n--" + boundary + "--\r\n"); }

  void write_related() {
    if (images_.empty()) return write_alternative();
    const char* const type =
        from_.text || !from_.calendar.empty() ? "; type=\"multipart/alternative\"" : "; type=\"text/html\"";
    const std::string boundary = begin_multipart("related", type);
    write_boundary(boundary);
    write_alternative();
    for (const Attachment* image : images_) {
      write_boundary(boundary);
      write_file(*image);
    }
    end_multipart(boundary);
  }

  void write_alternative() {
    const bool has_calendar = !from_.calendar.empty();
    const int count = (from_.text ? 1 : 0) + (from_.html ? 1 : 0) + (has_calendar ? 1 : 0);
    if (count <= 1) {
      if (from_.html) return write_text("html", *from_.html, {});
      if (has_calendar) return write_text("calendar", from_.calendar, from_.calendar_method);
      return write_text("plain", plain_text(), {});
    }
    const std::string boundary = begin_multipart("alternative", {});
    const auto add = [&](std::string_view kind, std::string_view text, std::string_view method) {
      write_boundary(boundary);
      write_text(kind, text, method);
    };
    if (from_.text) add("plain", plain_text(), {});
    if (from_.html) add("html", *from_.html, {});
    if (has_calendar) add("calendar", from_.calendar, from_.calendar_method);
    end_multipart(boundary);
  }

  [[nodiscard]] std::string plain_text() const {
    return html::wrap_text(from_.text.value_or(""), from_.wrap);
  }

  void write_text(std::string_view kind, std::string_view text, std::string_view method) {
    std::string utf8;
    utf8.reserve(text.size());
    for (const char c : text)
      if (c != '\r') utf8 += c;
    if (!is_valid_utf8(utf8)) utf8 = replace_invalid_utf8(utf8);
    const Encoding encoding = choose_encoding(utf8);
    const bool is_ascii = encoding == Encoding::SevenBit;
    // RFC 6047 section 2.4: scheduling parts name method, charset and component.
    header("Content-Type",
           "text/" + std::string(kind) + "; charset=" + (is_ascii && method.empty() ? "us-ascii" : "UTF-8") +
               (method.empty() ? "" : "; method=" + std::string(method) + "; component=VEVENT"));
    header("Content-Transfer-Encoding", encoding_name(encoding));
    put_line("");
    TransferEncoder encoder(encoding);
    put_lines(encoder.encode(utf8));
    put_lines(encoder.finish());
  }

  /// LF becomes CRLF.
  void put_lines(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      if (end == std::string_view::npos) return put(text);
      put(text.substr(0, end));
      put("\r\n");
      text.remove_prefix(end + 1);
    }
  }

  void write_file(const Attachment& file) {
    const std::string type = file.is_message ? "message/rfc822" : file.type;
    header("Content-Type", with_name(type, "name", file.name));
    // RFC 2046 section 5.2.1: an embedded message is never encoded.
    header("Content-Transfer-Encoding", file.is_message ? "8bit" : "base64");
    header("Content-Disposition", with_name(file.is_inline ? "inline" : "attachment", "filename", file.name));
    if (!file.content_id.empty()) header("Content-ID", "<" + file.content_id + ">");
    for (const auto& [name, value] : file.headers) text_header(name, value);
    put_line("");
    const ByteSource source = file.open();
    if (file.is_message)
      copy_message(source);
    else
      copy_encoded(source);
  }

  static std::string with_name(std::string value, std::string_view parameter, std::string_view name) {
    if (name.empty()) return value;
    for (const std::string& piece : encode_parameter(parameter, name)) value += "; " + piece;
    return value;
  }

  void copy_encoded(const ByteSource& source) {
    TransferEncoder encoder(Encoding::Base64);
    for (std::string piece = source(kPiece); !piece.empty(); piece = source(kPiece))
      put_lines(encoder.encode(piece));
    put_lines(encoder.finish());
  }

  /// Bare LF becomes CRLF, also across pieces.
  void copy_message(const ByteSource& source) {
    bool ends_with_return = false;
    for (std::string piece = source(kPiece); !piece.empty(); piece = source(kPiece)) {
      std::string out;
      out.reserve(piece.size() + piece.size() / 32);
      for (const char c : piece) {
        if (c == '\n' && !ends_with_return) out += '\r';
        out += c;
        ends_with_return = c == '\r';
      }
      put(out);
    }
  }

  const Composition& from_;
  const Clock& clock_;
  BuiltMessage out_;
  std::vector<const Attachment*> images_, files_;
};

std::optional<CompositionError> check_composition(const Composition& composition) {
  const auto bad_list = [](std::string_view field,
                           const AddressList& list) -> std::optional<CompositionError> {
    for (const Address& entry : list) {
      if (entry.personal && has_line_break(*entry.personal))
        return CompositionError{std::string(field), *entry.personal};
      if (!is_plausible_address(entry.address)) return CompositionError{std::string(field), entry.address};
    }
    return std::nullopt;
  };
  const std::pair<std::string_view, const AddressList*> lists[] = {
      {"From", &composition.from}, {"Sender", &composition.sender}, {"To", &composition.to},
      {"Cc", &composition.cc},     {"Bcc", &composition.bcc},       {"Reply-To", &composition.reply_to}};
  for (const auto& [field, list] : lists)
    if (auto error = bad_list(field, *list)) return error;
  if (composition.receipt_to)
    if (auto error = bad_list("Disposition-Notification-To", {*composition.receipt_to})) return error;
  const std::pair<std::string_view, std::string_view> texts[] = {
      {"Subject", composition.subject},
      {"X-Mailer", composition.mailer},
      {"X-OX-VCard", composition.attached_card},
      {"X-OX-Notification", composition.wants_notification},
      {"method", composition.calendar_method}};
  for (const auto& [field, value] : texts)
    if (has_line_break(value)) return CompositionError{std::string(field), std::string(value)};
  const auto bad_headers = [](const auto& headers) -> std::optional<CompositionError> {
    for (const auto& [name, value] : headers)
      if (!is_header_name(name) || !to_lower_ascii(name).starts_with("x-") || has_line_break(value))
        return CompositionError{name, value};
    return std::nullopt;
  };
  if (auto error = bad_headers(composition.custom_headers)) return error;
  for (const Attachment& file : composition.attachments) {
    if (!is_media_type(file.type)) return CompositionError{"Content-Type", file.type};
    if (has_line_break(file.name)) return CompositionError{"filename", file.name};
    if (file.content_id.find_first_of(std::string_view("\r\n\0<> ", 6)) != std::string::npos)
      return CompositionError{"Content-ID", file.content_id};
    if (auto error = bad_headers(file.headers)) return error;
  }
  if (!composition.message_id.empty() && !is_message_id(composition.message_id))
    return CompositionError{"Message-ID", composition.message_id};
  if (!composition.in_reply_to.empty() && !is_message_id(composition.in_reply_to))
    return CompositionError{"In-Reply-To", composition.in_reply_to};
  for (const std::string& id : composition.references)
    if (!is_message_id(id)) return CompositionError{"References", id};
  return std::nullopt;
}

BuiltMessage build_message(const Composition& composition, const Clock& clock) {
  if (const auto error = check_composition(composition))
    throw std::invalid_argument("message header " + error->field);
  return MessageWriter(composition, clock).run();
}

Envelope make_envelope(const Composition& composition) {
  Envelope envelope;
  if (!composition.from.empty()) envelope.sender = to_ascii_domain(composition.from.front().address);
  envelope.needs_smtputf8 = needs_smtputf8(envelope.sender);
  std::set<std::string> seen;
  for (const AddressList* list : {&composition.to, &composition.cc, &composition.bcc})
    for (const Address& entry : *list) {
      std::string address = to_ascii_domain(entry.address);
      if (!seen.insert(to_lower_ascii(address)).second) continue;
      envelope.needs_smtputf8 = envelope.needs_smtputf8 || needs_smtputf8(address);
      envelope.recipients.push_back(std::move(address));
    }
  return envelope;
}

std::string make_message_id(std::string_view address) {
  const std::string ascii = to_ascii_domain(address);
  const std::size_t at = ascii.rfind('@');
  const std::string domain = at == std::string::npos ? "localhost" : ascii.substr(at + 1);
  return "<" + random_hex(16) + "@" + domain + ">";
}

std::string message_file_name(std::string_view subject) {
  constexpr std::size_t kLongest = 80;
  std::string name;
  for (const char c : first_characters(trim(subject), kLongest))
    name += static_cast<unsigned char>(c) <= ' ' ||
                    std::string_view("/\\:*?\"<>|\x7F").find(c) != std::string_view::npos
                ? '_'
                : c;
  return (name.empty() ? "part" : name) + ".eml";
}

}  // namespace gw::mail::mime

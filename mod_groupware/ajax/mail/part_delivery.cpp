#include "ajax/mail/part_delivery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/delivery/file_delivery.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/pictures/picture_delivery.hpp"
#include "core/crypto.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/html/cleaner.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/structure.hpp"
#include "mailbox/spool.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;
namespace mime = mail::mime;

constexpr std::int64_t kYear = 365 * 86'400;
/// A whole part in memory: files inside a part, and pictures that are scaled.
constexpr std::size_t kMaxWholePart = std::size_t{64} << 20U;
constexpr std::size_t kSpoolPiece = 65'536;

const mail::Part* find_content(const mail::Part& root, std::string_view id) {
  std::vector<const mail::Part*> open{&root};
  const mail::Part* by_name = nullptr;
  while (!open.empty()) {
    const mail::Part* part = open.back();
    open.pop_back();
    if (part->content_id == id) return part;
    if (part->filename == id || part->id == id) by_name = part;
    for (const mail::Part& child : part->children) open.push_back(&child);
  }
  return by_name;
}

std::string strip_brackets(std::string_view id) {
  if (id.starts_with('<')) id.remove_prefix(1);
  if (id.ends_with('>')) id.remove_suffix(1);
  return std::string(id);
}

class PartDelivery {
 public:
  PartDelivery(Invocation& invocation, mailbox::Mailbox& mailbox, const PartWish& wish)
      : invocation_(invocation), mailbox_(mailbox), wish_(wish) {}

  Response run() {
    const auto wanted = wish_.purpose == PartPurpose::Picture ? parse_transformation(invocation_)
                                                              : contacts::Transformation();
    const std::string tag = transformed_tag(make_tag(), wanted);
    validators_.entity_tag = tag;
    const Request& request = invocation_.request;
    if (!request.if_none_match.empty() || !request.if_modified_since.empty()) return not_changed(tag);
    mail::FetchSet fetch;
    fetch.add(mail::Fetch::Structure);
    auto found = messages().get(wish_.mail.folder.fullname, {&wish_.mail.uid, 1}, fetch);
    if (found.empty() || !found.front() || !found.front()->structure) throw_gone();
    const mail::Part part = choose(*found.front()->structure);
    Response response = deliver(part, wanted);
    if (response.status != 416) add_cache_headers(response, tag);
    return response;
  }

 private:
  mail::MessageStorage& messages() { return mailbox_.messages(wish_.mail.folder.account); }
  [[nodiscard]] std::string folder() const { return mailbox::format_folder_path(wish_.mail.folder); }

  [[noreturn]] void throw_gone() const {
    throw ApiError(errors::msg::kMailNotFound, {std::to_string(wish_.mail.uid), folder()});
  }

  mail::Part choose(const mail::Part& root) const {
    const std::string uid = std::to_string(wish_.mail.uid);
    if (wish_.part_id.empty()) {
      const mail::Part* part = find_content(root, strip_brackets(wish_.content_id));
      if (part == nullptr) throw ApiError(errors::msg::kImageNotFound, {wish_.content_id, uid, folder()});
      return *part;
    }
    const mail::Part* part = mime::find_part(root, mime::outer_part_id(wish_.part_id));
    if (part == nullptr || part->is_multipart())
      throw ApiError(errors::msg::kAttachmentNotFound, {wish_.part_id, uid, folder()});
    return *part;
  }

  std::string read_whole(const mail::Part& part) {
    std::string bytes;
    const bool is_there =
        messages().read_part(wish_.mail.folder.fullname, wish_.mail.uid, part, [&](std::string_view piece) {
          bytes += piece;
          return bytes.size() <= kMaxWholePart;
        });
    if (bytes.size() > kMaxWholePart) throw ApiError(errors::msg::kContentTooBig);
    if (!is_there) throw_gone();
    return bytes;
  }

  Response deliver(const mail::Part& part, const contacts::Transformation& wanted) {
    std::string name = part.filename.value_or(mime::made_up_name(part));
    std::string type = part.media_type();
    if (mime::outer_part_id(wish_.part_id).size() < wish_.part_id.size()) {
      auto inner = mime::read_inner_file(wish_.part_id, read_whole(part));
      if (!inner)
        throw ApiError(errors::msg::kAttachmentNotFound,
                       {wish_.part_id, std::to_string(wish_.mail.uid), folder()});
      return from_bytes(std::move(*inner), wish_.part_id.substr(wish_.part_id.find(':') + 1),
                        std::string(kUnknownType));
    }
    if (wish_.purpose == PartPurpose::Picture) return picture(part, std::move(name), wanted);
    if (wish_.cleans_html && wish_.purpose == PartPurpose::View &&
        (type == "text/html" || media_type_of_name(name) == "text/html"))
      return cleaned(part, name);
    const std::int64_t size = mime::estimate_decoded_size(part);
    if (size >= 0 && size <= kMaxHeldPart) return from_bytes(read_whole(part), name, type);
    return streamed(part, name, type);
  }

  Response picture(const mail::Part& part, std::string name, const contacts::Transformation& wanted) {
    std::string bytes = read_whole(part);
    if (primary_type(sniff_media_type(std::string_view(bytes).substr(0, kSniffedBytes))) != "image")
      throw ApiError(errors::msg::kPartEmpty, {part.id});
    std::string type(sniff_media_type(std::string_view(bytes).substr(0, kSniffedBytes)));
    const auto info = contacts::inspect_picture(bytes);
    const bool fits = info && std::int64_t{info->width} * info->height <= contacts::kMaxPixels;
    if (!wanted.is_nothing() && fits) {
      try {
        contacts::PictureFile scaled = contacts::transform_picture({bytes, type}, wanted);
        bytes = std::move(scaled.bytes);
        type = std::move(scaled.mime_type);
      } catch (const ApiError&) {
        // Broken: it goes as it is.
      }
    }
    return from_bytes(std::move(bytes), name, type);
  }

  Response cleaned(const mail::Part& part, const std::string& name) {
    mail::html::CleanOptions options;
    options.is_embedded = false;
    auto clean = mail::html::clean_html(mime::to_utf8(read_whole(part), part.charset), options);
    Response response = Response::raw("text/html; charset=UTF-8", std::move(clean.html));
    add_headers(response, Disposition::Inline, name);
    return response;
  }

  Response from_bytes(std::string bytes, const std::string& name, const std::string& type) {
    const std::string real =
        wish_.purpose == PartPurpose::Download
            ? std::string(media_type_of_name(name))
            : delivered_media_type(type, name, [&] { return bytes.substr(0, kSniffedBytes); });
    RangedBytes held{static_cast<std::int64_t>(bytes.size()), {}, {}};
    held.pour = [whole = std::make_shared<const std::string>(std::move(bytes))](ByteRange range,
                                                                                const BodyWriter& write) {
      return write(std::string_view(*whole).substr(static_cast<std::size_t>(range.offset),
                                                   static_cast<std::size_t>(range.length)));
    };
    Response response = deliver_ranged(invocation_, held, validators_, real + charset_of(real));
    if (response.status != 416) add_headers(response, disposition_of(real), name);
    return response;
  }

  /// The whole part is fetched first: a mail server cannot tell the length of a decoded part, nor give a
  /// piece of it.
  Response from_spool(const mail::Part& part, const std::string& type) {
    mailbox::Spool spool;
    const bool is_there =
        messages().read_part(wish_.mail.folder.fullname, wish_.mail.uid, part, [&](std::string_view piece) {
          spool.append(piece);
          return true;
        });
    if (!is_there) throw_gone();
    RangedBytes kept{spool.size(), {}, {}};
    kept.pour = [spool](ByteRange range, const BodyWriter& write) {
      const mime::ReadAt read = spool.reader();
      std::string piece(kSpoolPiece, '\0');
      while (range.length > 0) {
        const auto wanted = std::min<std::int64_t>(range.length, static_cast<std::int64_t>(piece.size()));
        const std::size_t count = read(range.offset, piece.data(), static_cast<std::size_t>(wanted));
        if (count == 0 || !write({piece.data(), count})) return false;
        range.offset += static_cast<std::int64_t>(count);
        range.length -= static_cast<std::int64_t>(count);
      }
      return true;
    };
    return deliver_ranged(invocation_, kept, validators_, type);
  }

  Response stream_of(const mail::Part& part, const std::string& type) {
    if (wish_.wants_length || !invocation_.request.range.empty()) return from_spool(part, type);
    Response response = Response::raw(type, {});
    response.headers.emplace_back("Accept-Ranges", "bytes");
    response.stream = [access = mailbox_.share_access(wish_.mail.folder.account), mail = wish_.mail,
                       part](const BodyWriter& write) {
      access->messages().read_part(mail.folder.fullname, mail.uid, part, write);
    };
    return response;
  }

  /// Its bytes were not looked at, so the browser gets nothing to show.
  Response streamed(const mail::Part& part, const std::string& name, const std::string& type) {
    const bool may_show =
        wish_.purpose == PartPurpose::View && primary_type(type) == "image" && may_be_shown_inline(type);
    Response response = stream_of(part, may_show ? type : std::string(media_type_of_name(name)));
    if (response.status != 416)
      add_headers(response, may_show ? Disposition::Inline : Disposition::Attachment, name);
    return response;
  }

  [[nodiscard]] Disposition disposition_of(std::string_view type) const {
    return wish_.purpose != PartPurpose::Download && may_be_shown_inline(type) ? Disposition::Inline
                                                                               : Disposition::Attachment;
  }

  static std::string charset_of(std::string_view type) {
    return type == "text/plain" || type == "text/csv" || type == "text/calendar" ? "; charset=UTF-8" : "";
  }

  static void add_headers(Response& response, Disposition disposition, const std::string& name) {
    response.headers.emplace_back("Content-Disposition",
                                  content_disposition(disposition, clean_download_name(name, "part")));
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  }

  [[nodiscard]] std::string make_tag() const {
    const std::string what = fmt::format("{}/{}/{}/{}/{}", invocation_.work.caller().user.value,
                                         mailbox::format_mail_path(wish_.mail.folder, wish_.mail.uid),
                                         wish_.part_id, wish_.content_id, wish_.cleans_html);
    return '"' + to_hex(sha256(what)).substr(0, 32) + '"';
  }

  void add_cache_headers(Response& response, const std::string& tag) const {
    response.cacheable = true;
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", fmt::format("private, max-age={}", kYear));
    response.headers.emplace_back("Expires",
                                  format_http_date({invocation_.work.now().value + kYear * 1'000}));
  }

  [[nodiscard]] Response not_changed(const std::string& tag) const {
    Response response = Response::no_content(304);
    add_cache_headers(response, tag);
    return response;
  }

  Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  const PartWish& wish_;
  Validators validators_;
};

}  // namespace

Response deliver_part(Invocation& invocation, mailbox::Mailbox& mailbox, const PartWish& wish) {
  return PartDelivery(invocation, mailbox, wish).run();
}

}  // namespace gw::ajax

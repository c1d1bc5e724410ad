#include "ajax/delivery/document_delivery.hpp"

#include <fmt/format.h>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/pictures/picture_delivery.hpp"
#include "ajax/pictures/scaled_pictures.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

/// The wish of the client counts only among relatives: nobody may turn a picture into a page.
std::string wished_type(const Invocation& invocation, std::string real) {
  const std::string wish = bare_media_type(invocation.arguments.text("content_type"));
  return !wish.empty() && primary_type(wish) == primary_type(real) ? wish : real;
}

std::string charset_of(std::string_view type) {
  return primary_type(type) == "text" ? "; charset=UTF-8" : "";
}

void add_headers(Response& response, const Invocation& invocation, const Document& document,
                 const Validators& validators, std::string_view type) {
  const bool wants_download = invocation.arguments.text("delivery") == "download" ||
                              invocation.arguments.text("content_disposition") == "attachment";
  const auto disposition =
      !wants_download && may_be_shown_inline(type) ? Disposition::Inline : Disposition::Attachment;
  response.headers.emplace_back("Content-Disposition", content_disposition(disposition, document.name));
  // Uploaded by somebody: the browser must not guess another type.
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (validators.entity_tag.empty()) return;
  response.headers.emplace_back("ETag", validators.entity_tag);
  response.headers.emplace_back("Last-Modified", format_http_date(validators.last_modified));
}

/// The browser asks each time, and mostly hears 304.
void allow_keeping(Response& response) {
  response.cacheable = true;
  response.headers.emplace_back("Cache-Control", "private, max-age=0, must-revalidate");
}

Response not_changed(const Validators& validators) {
  Response response = Response::no_content(304);
  response.headers.emplace_back("ETag", validators.entity_tag);
  allow_keeping(response);
  return response;
}

/// The scaled copy; nothing when the file is no picture that can be scaled.
ScaledPictures::Picture scaled_picture(Invocation& invocation, const Document& document,
                                       const contacts::Transformation& wanted, const std::string& tag) {
  constexpr std::size_t kHead = 65'536;
  if (wanted.is_nothing() || document.bytes.size > kMaxScaledSource) return nullptr;
  ScaledPictures* pictures = invocation.runtime.pictures;
  const auto make = [&] {
    const auto whole = static_cast<std::size_t>(document.bytes.size);
    return contacts::transform_picture({read_begin(document.bytes, whole), document.media_type}, wanted);
  };
  // The head tells the number of pixels before anything is decoded; EXIF data may push it behind this.
  const std::string head = read_begin(document.bytes, kHead);
  if (primary_type(sniff_media_type(head)) != "image") return nullptr;
  const auto info = contacts::inspect_picture(head);
  if (info && std::int64_t{info->width} * info->height > contacts::kMaxPixels) return nullptr;
  try {
    if (pictures == nullptr) return std::make_shared<const contacts::PictureFile>(make());
    return pictures->get(fmt::format("{}/{}", invocation.work.context().value, tag), make);
  } catch (const ApiError&) {
    return nullptr;  // broken, or no picture at all
  }
}

}  // namespace

Response deliver_document(Invocation& invocation, const Document& document) {
  const bool is_download = invocation.arguments.text("delivery") == "download";
  const contacts::Transformation wanted =
      is_download ? contacts::Transformation() : parse_transformation(invocation);
  Validators validators = is_download ? Validators() : document.validators;
  validators.entity_tag = transformed_tag(validators.entity_tag, wanted);
  if (is_unchanged(invocation.request, validators, invocation.work.now())) return not_changed(validators);
  if (const auto picture = scaled_picture(invocation, document, wanted, validators.entity_tag)) {
    Response response = Response::raw(picture->mime_type, picture->bytes);
    add_headers(response, invocation, document, validators, picture->mime_type);
    allow_keeping(response);
    return response;
  }
  std::string type(kUnknownType);
  if (!is_download)
    type = wished_type(invocation, delivered_media_type(document.media_type, document.name, [&] {
                         return read_begin(document.bytes, kSniffedBytes);
                       }));
  Response response = deliver_bytes(invocation, document.bytes, validators, type + charset_of(type));
  if (response.status != 416) add_headers(response, invocation, document, validators, type);
  allow_keeping(response);
  return response;
}

}  // namespace gw::ajax

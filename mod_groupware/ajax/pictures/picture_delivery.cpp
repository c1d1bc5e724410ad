#include "ajax/pictures/picture_delivery.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ajax/delivery/preconditions.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;
using contacts::ScaleType;

/// A URL with `timestamp` changes with the picture and may be kept for a year; others for a day.
constexpr std::int64_t kLongExpiry = 365 * 86'400;
constexpr std::int64_t kShortExpiry = 86'400;

int side(const Invocation& invocation, std::string_view name) {
  const std::int64_t number = invocation.arguments.integer(name);
  if (number < 0) throw ApiError(errors::svl::kBadParameter, {std::string(name), std::to_string(number)});
  return static_cast<int>(std::min<std::int64_t>(number, 1'000'000));
}

ScaleType parse_scale(std::string_view text) {
  const std::string name = to_lower_ascii(trim(text));
  if (name == "cover") return ScaleType::Cover;
  if (name == "coverandcrop") return ScaleType::CoverAndCrop;
  if (name == "containforcedimension") return ScaleType::ContainForceDimension;
  if (name == "auto") return ScaleType::Auto;
  if (name.empty() || name == "contain") return ScaleType::Contain;
  throw ApiError(errors::svl::kBadParameter, {"scaleType", std::string(text)});
}

std::string entity_tag(const contacts::PictureHead& head, const contacts::Transformation& t) {
  return transformed_tag(fmt::format("\"{}-{}\"", head.contact.value, head.last_modified.value), t);
}

void add_cache_headers(Response& response, const Invocation& invocation, const std::string& tag) {
  const std::int64_t seconds = invocation.request.parameter("timestamp") ? kLongExpiry : kShortExpiry;
  response.cacheable = true;
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", fmt::format("private, max-age={}", seconds));
  response.headers.emplace_back("Expires", format_http_date({invocation.work.now().value + seconds * 1'000}));
}

Response not_found() {
  return Response::page(
      404,
      "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1>"
      "<p>There is no picture.</p></body></html>");
}

}  // namespace

std::string transformed_tag(std::string tag, const contacts::Transformation& t) {
  if (t.is_nothing() || tag.empty()) return tag;
  tag.pop_back();
  return tag + fmt::format("-{}x{}-{}{}{}-{}.{}.{}.{}\"", t.width, t.height, static_cast<int>(t.scale),
                           t.shrink_only ? "s" : "", t.rotate ? "r" : "", t.crop_x, t.crop_y, t.crop_width,
                           t.crop_height);
}

contacts::Transformation parse_transformation(const Invocation& invocation) {
  contacts::Transformation wanted;
  wanted.width = side(invocation, "width");
  wanted.height = side(invocation, "height");
  wanted.crop_x = side(invocation, "cropX");
  wanted.crop_y = side(invocation, "cropY");
  wanted.crop_width = side(invocation, "cropWidth");
  wanted.crop_height = side(invocation, "cropHeight");
  wanted.shrink_only = invocation.arguments.boolean("shrinkOnly");
  wanted.rotate = invocation.arguments.boolean("rotate");
  wanted.scale = parse_scale(invocation.arguments.text("scaleType"));
  return wanted;
}

Response deliver_picture(Invocation& invocation, const contacts::PictureQuery& query) {
  const contacts::Transformation wanted = parse_transformation(invocation);
  const auto head = contacts::find_picture(invocation.work, query);
  if (!head) return not_found();
  const std::string tag = entity_tag(*head, wanted);
  if (matches_entity_tag(invocation.request.if_none_match, tag)) {
    Response unchanged = Response::no_content(304);
    add_cache_headers(unchanged, invocation, tag);
    return unchanged;
  }
  const auto stored = contacts::load_picture(invocation.work, *head);
  if (!stored) return not_found();
  invocation.work.release();  // scaling takes long, and others wait for the connection
  contacts::PictureFile picture = contacts::transform_picture(*stored, wanted);
  Response response = Response::raw(std::move(picture.mime_type), std::move(picture.bytes));
  add_cache_headers(response, invocation, tag);
  // Uploaded by somebody: the browser must not guess another type.
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace gw::ajax

// What clients send, before it is stored.
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/field_json.hpp"
#include "model/infostore/infostore_write.hpp"
#include "model/infostore/item_fields.hpp"

namespace gw::model::infostore {
namespace {

constexpr FieldErrors kFieldErrors{errors::ifo::kTooLong, errors::ifo::kBadCharacter,
                                   errors::svl::kBadParameter};
constexpr std::int64_t kMaxColorLabel = 10;

/// Only what a browser may open without harm.
void check_url(std::string_view url) {
  const std::string folded = to_lower_ascii(url);
  if (!folded.starts_with("http://") && !folded.starts_with("https://"))
    throw ApiError(errors::ifo::kInvalid, {"url", "only http and https are possible"});
}

void check_range(std::string_view name, std::int64_t value, std::int64_t max) {
  if (value < 0 || value > max)
    throw ApiError(errors::svl::kBadParameter, {std::string(name), std::to_string(value)});
}

}  // namespace

ItemInput parse_item(const Json& source, bool creating) {
  if (!source.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  const Json wrapped = source.get("file");
  ItemInput input;
  input.sent =
      parse_object(input.item, wrapped.is_object() ? wrapped : source, item_fields(), kFieldErrors, creating);
  check_range("color_label", input.item.color_label, kMaxColorLabel);
  check_range("folder_id", input.item.folder_id, INT64_MAX);
  check_range("version", input.item.version, INT64_MAX);
  if (input.item.url) check_url(*input.item.url);
  if (input.item.filename) check_name(*input.item.filename);
  return input;
}

}  // namespace gw::model::infostore

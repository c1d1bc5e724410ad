#include "ajax/users/group_body.hpp"

#include <unordered_set>

#include "core/error.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxPattern = 255;

std::int64_t parse_id(const Json& element) {
  const Json id = element.is_object() ? element.get("id") : element;
  const auto number = id.is_missing() ? std::nullopt : id.to_integer();
  if (!number) throw ApiError(errors::svl::kBadParameter, {"id", id.is_missing() ? "" : id.dump()});
  return *number;
}

}  // namespace

std::vector<std::int64_t> parse_body_ids(const Json& body) {
  if (body.is_missing() || body.is_null()) throw ApiError(errors::svl::kBodyType, {"an object or an array"});
  if (!body.is_array()) return {parse_id(body)};
  std::vector<std::int64_t> ids;
  std::unordered_set<std::int64_t> seen;
  for (std::size_t i = 0; i < body.size(); ++i)
    if (const std::int64_t id = parse_id(body.at(i)); seen.insert(id).second) ids.push_back(id);
  return ids;
}

std::string parse_pattern(const Json& body) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const Json pattern = body.get("pattern");
  if (pattern.is_missing() || pattern.is_null()) return {};
  const auto text = pattern.to_text();
  if (!text || count_characters(*text) > kMaxPattern)
    throw ApiError(errors::svl::kBadParameter, {"pattern", text ? "" : pattern.dump()});
  return *text;
}

}  // namespace gw::ajax

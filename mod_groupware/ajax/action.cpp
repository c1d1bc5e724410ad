#include "ajax/action.hpp"

#include <algorithm>
#include <cassert>

#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {

Arguments::Arguments(const Request& request, std::span<const Parameter> declared)
    : request_(request), declared_(declared) {}

bool Arguments::has(std::string_view name) const {
  assert(std::any_of(declared_.begin(), declared_.end(), [&](const Parameter& p) { return p.name == name; }));
  return request_.parameter(name).has_value();
}

std::string_view Arguments::text(std::string_view name, std::string_view fallback) const {
  return has(name) ? *request_.parameter(name) : fallback;
}

std::optional<std::int64_t> Arguments::optional_integer(std::string_view name) const {
  const std::string_view value = trim(text(name));
  if (value.empty()) return std::nullopt;
  const auto number = parse_integer(value);
  if (!number) throw ApiError(errors::svl::kBadParameter, {std::string(name), std::string(value)});
  return number;
}

std::int64_t Arguments::integer(std::string_view name, std::int64_t fallback) const {
  return optional_integer(name).value_or(fallback);
}

bool Arguments::boolean(std::string_view name, bool fallback) const {
  return has(name) ? parse_boolean(text(name)) : fallback;
}

}  // namespace gw::ajax

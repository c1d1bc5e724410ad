#include "ajax/mailfilter/rule_input.hpp"

#include <algorithm>

#include "core/errors/mail_filter.hpp"

namespace gw::ajax {
namespace {

namespace errors = gw::errors::mail_filter;

struct FilterKind {
  std::string_view name;
  std::string_view flag;
};
/// Version 1 only.
constexpr FilterKind kKinds[] = {
    {"all", ""},      {"antispam", "spam"},           {"autoforward", "autoforward"},
    {"spam", "spam"}, {"syscategory", "syscategory"}, {"vacation", "vacation"}};

}  // namespace

std::int64_t parse_rule_id(const Json& body) {
  if (!body.is_object()) throw ApiError(errors::kBadJson, {"an object with the id of the rule is wanted"});
  const Json id = body.get("id");
  if (id.is_missing() || id.is_null()) throw ApiError(errors::kMissingParameter, {"id"});
  const auto number = id.to_integer();
  if (!number) throw ApiError(errors::kBadId);
  return *number;
}

std::optional<std::int64_t> parse_position(const Json& body) {
  const Json position = body.get("position");
  if (position.is_missing() || position.is_null()) return std::nullopt;
  const auto number = position.to_integer();
  if (!number) throw ApiError(errors::kBadPosition, {position.dump()});
  return number;
}

std::vector<std::int64_t> parse_rule_ids(const Json& body) {
  if (!body.is_array()) throw ApiError(errors::kBadJson, {"an array of ids is wanted"});
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto number = body.at(i).to_integer();
    if (!number) throw ApiError(errors::kBadId);
    ids.push_back(*number);
  }
  return ids;
}

FlagFilter parse_flag_filter(std::string_view flag, mail::sieve::Version version) {
  if (flag.empty() || version == mail::sieve::Version::V2) return {std::string(flag)};
  const auto kind =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const FilterKind& k) { return k.name == flag; });
  if (kind == std::end(kKinds)) throw ApiError(errors::kUnknownFilterType, {std::string(flag)});
  return {std::string(kind->flag)};
}

}  // namespace gw::ajax

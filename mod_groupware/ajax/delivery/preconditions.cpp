#include "ajax/delivery/preconditions.hpp"

#include <algorithm>

#include "core/http_date.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxTags = 100;
constexpr std::int64_t kSecond = 1'000;

/// Takes one tag from the front of `text`; nothing when it does not begin with one.
std::optional<EntityTag> take_tag(std::string_view& text) {
  EntityTag tag;
  std::string_view rest = text;
  tag.is_weak = rest.starts_with("W/");
  if (tag.is_weak) rest.remove_prefix(2);
  if (!rest.starts_with('"')) return std::nullopt;
  const std::size_t end = rest.find('"', 1);
  if (end == rest.npos) return std::nullopt;
  tag.text = rest.substr(0, end + 1);
  text = rest.substr(end + 1);
  return tag;
}

}  // namespace

EntityTags parse_entity_tags(std::string_view header) {
  EntityTags found;
  std::string_view rest = trim(header);
  if (rest == "*") {
    found.is_any = true;
    return found;
  }
  while (!rest.empty() && found.tags.size() < kMaxTags) {
    rest = trim(rest);
    if (auto tag = take_tag(rest)) {
      rest = trim(rest);
      // Text behind a tag makes it none.
      if (rest.empty() || rest.starts_with(',')) found.tags.push_back(std::move(*tag));
    }
    const std::size_t comma = rest.find(',');
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
  return found;
}

bool matches_entity_tag(std::string_view if_none_match, std::string_view tag) {
  const EntityTags wanted = parse_entity_tags(if_none_match);
  return wanted.is_any || std::any_of(wanted.tags.begin(), wanted.tags.end(),
                                      [tag](const EntityTag& one) { return one.text == tag; });
}

bool is_unchanged(const Request& request, const Validators& validators, Millis now) {
  if (validators.entity_tag.empty()) return false;
  if (!request.if_none_match.empty()) return matches_entity_tag(request.if_none_match, validators.entity_tag);
  if (validators.last_modified.value == 0) return false;
  const auto since = parse_http_date(request.if_modified_since, now);
  return since && validators.last_modified.value / kSecond <= since->value / kSecond;
}

bool ranges_apply(const Request& request, const Validators& validators, Millis now) {
  const std::string_view condition = trim(request.if_range);
  if (condition.empty()) return true;
  if (validators.entity_tag.empty()) return false;
  if (const auto date = parse_http_date(condition, now))
    return validators.last_modified.value != 0 &&
           validators.last_modified.value / kSecond == date->value / kSecond;
  return condition == validators.entity_tag;
}

}  // namespace gw::ajax

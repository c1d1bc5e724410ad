#include "calendars/extended_properties.hpp"

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"

namespace gw::calendars {
namespace {

using model::calendar::CalendarProperties;
using model::calendar::PropertyChange;

constexpr std::size_t kLongestColor = 64, kLongestDescription = 1'000;
constexpr const char *kColor = "color", *kDescription = "description", *kTransparency = "scheduleTransp",
                     *kSync = "usedForSync", *kLastUpdate = "lastUpdate";
constexpr std::string_view kOpaque = "OPAQUE", kTransparent = "TRANSPARENT";

[[noreturn]] void refuse_property(const char* name) {
  throw ApiError(errors::cal::kBadConfiguration, {name});
}

/// The value of one property; older clients send it bare. Empty: not sent.
std::optional<Json> sent_value(const Json& sent, const char* name) {
  const Json property = sent.get(name);
  if (property.is_missing()) return std::nullopt;
  return property.is_object() ? property.get("value") : property;
}

bool is_nothing(const Json& value) {
  return value.is_missing() || value.is_null() || (value.is_string() && value.as_string().empty());
}

std::optional<std::optional<std::string>> sent_text(const Json& sent, const char* name, std::size_t longest) {
  const auto value = sent_value(sent, name);
  if (!value) return std::nullopt;
  if (is_nothing(*value)) return std::optional<std::string>();
  if (!value->is_string() || count_characters(value->as_string()) > longest ||
      has_control_characters(value->as_string()))
    refuse_property(name);
  return std::optional(std::string(value->as_string()));
}

std::optional<bool> transparency_of(const Json& value) {
  const std::string word = to_upper_ascii(trim(value.as_string()));
  if (word == kTransparent) return true;
  if (word == kOpaque) return false;
  return std::nullopt;
}

std::optional<bool> flag_of(const Json& value) {
  if (value.is_string() && value.as_string() != "true" && value.as_string() != "false") return std::nullopt;
  return value.to_boolean();
}

struct FlagRule {
  const char* name;
  std::optional<bool> (*read)(const Json& value);
  bool normal;
  bool is_fixed;
};

std::optional<std::optional<bool>> sent_flag(const Json& sent, const FlagRule& rule,
                                             std::string_view provider) {
  const auto value = sent_value(sent, rule.name);
  if (!value) return std::nullopt;
  std::optional<bool> flag;
  if (!is_nothing(*value)) {
    flag = rule.read(*value);
    if (!flag) refuse_property(rule.name);
  }
  if (!rule.is_fixed) return flag;
  if (flag.value_or(rule.normal) != rule.normal)
    throw ApiError(errors::cal::kNotByProvider, {std::string(provider)});
  return std::nullopt;
}

Json property(Json value, bool is_fixed = false) {
  Json json = Json::object();
  json.set("value", std::move(value));
  if (is_fixed) json.set("protected", Json::boolean(true));
  return json;
}

}  // namespace

PropertyChange parse_properties(const Json& sent, const PropertyDefaults& defaults,
                                std::string_view provider) {
  if (sent.is_missing() || sent.is_null()) return {};
  if (!sent.is_object()) refuse_property("extendedProperties");
  PropertyChange change;
  change.color = sent_text(sent, kColor, kLongestColor);
  change.description = sent_text(sent, kDescription, kLongestDescription);
  change.is_transparent = sent_flag(
      sent, {kTransparency, transparency_of, defaults.is_transparent, defaults.is_transparency_fixed},
      provider);
  change.is_for_sync =
      sent_flag(sent, {kSync, flag_of, defaults.is_for_sync, defaults.is_sync_fixed}, provider);
  return change;
}

Json write_properties(const CalendarProperties& properties, const PropertyDefaults& defaults,
                      std::optional<Millis> last_update) {
  Json json = Json::object();
  if (properties.color) json.set(kColor, property(Json::string(*properties.color)));
  if (properties.description) json.set(kDescription, property(Json::string(*properties.description)));
  const bool is_transparent = properties.is_transparent.value_or(defaults.is_transparent);
  json.set(kTransparency,
           property(Json::string(is_transparent ? kTransparent : kOpaque), defaults.is_transparency_fixed));
  const bool is_for_sync = properties.is_for_sync.value_or(defaults.is_for_sync);
  json.set(kSync, property(Json::string(is_for_sync ? "true" : "false"), defaults.is_sync_fixed));
  if (last_update) json.set(kLastUpdate, property(Json::integer(last_update->value)));
  return json;
}

}  // namespace gw::calendars

// A line with the version (1 or 2) and the JSON of a rule: refused with the codes of mail filters only; a
// rule that was taken is printed as one rule that reads back the same, and its JSON is taken again.
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "mail/sieve/json.hpp"

namespace {

using namespace gw;
using namespace gw::mail::sieve;
using fuzz::is_taken;
using fuzz::require;

/// The rule of the JSON; false: it was refused as promised.
bool is_rule(Rule& rule, const Json& json, Version version) {
  return is_taken(
      {"MAIL_FILTER-0003", "MAIL_FILTER-0017", "MAIL_FILTER-0018", "MAIL_FILTER-0023", "MAIL_FILTER-0025"},
      [&] { apply_json(rule, json, version, {}); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const Version version = text.starts_with('1') ? Version::V1 : Version::V2;
  text.remove_prefix(std::min(text.find('\n'), text.size() - (text.empty() ? 0 : 1)));
  const auto json = Json::parse(text);
  if (!json) return 0;
  Script script;
  Rule rule;
  if (!is_rule(rule, *json, version)) return 0;
  insert_rule(script, rule, {});
  const Script again = read_script(write_script(script, {}, "today"));
  // Nothing of a rule becomes a second one, a header, or a comment.
  require(again.rules.size() == 1);
  require(again.rules[0].name == rule.name);
  require(again.rules[0].flags == rule.flags);
  require(again.rules[0].is_active == rule.is_active);
  require(again.rules[0].body == rule.body);
  require(is_expressible(*rule.body));
  const Json given = to_json(again.rules[0], 0, version, {});
  require(!given.get("test").is_missing());
  Rule second;
  apply_json(second, given, version, {});
  // Encoded words of subject and sender may say the same in another way.
  if (rule.source.find("vacation") == std::string::npos) require(second.source == rule.source);
  return 0;
}

// What rules may hold: the answer of action=config. Source: spec mailfilter section 5.
#include <algorithm>

#include "mail/sieve/json.hpp"
#include "mail/sieve/json_input.hpp"
#include "mail/sieve/tables.hpp"

namespace gw::mail::sieve {
namespace {

using Hidden = std::function<bool(std::string_view, std::string_view)>;

struct Offer {
  Version version;
  const Extensions& announced;
  const Hidden& hidden;

  [[nodiscard]] bool has(std::string_view extension) const {
    return extension.empty() || announced.empty() || announced.contains(extension) ||
           (extension == "imap4flags" && announced.contains("imapflags"));
  }
  [[nodiscard]] bool shows(std::string_view kind, std::string_view id) const {
    return !hidden || !hidden(kind, id);
  }
  [[nodiscard]] bool offers(const TestRow& row) const {
    return (version == Version::V2 || !row.only_v2) && has(row.extension) && shows("test", row.json);
  }
};

std::vector<std::string> comparisons(const TestRow& row, const Offer& offer) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (offer.shows("comparison", name)) names.push_back(name);
  };
  for (const Comparison& comparison : row.comparisons) {
    if ((offer.version == Version::V1 && comparison.only_v2) || !offer.has(comparison.extension)) continue;
    add(std::string(comparison.json));
    if (offer.version == Version::V2 && row.is_negated_by_comparison)
      add("not " + std::string(comparison.json));
  }
  if (offer.version == Version::V1)
    for (const std::string_view part : row.parts)
      if (!part_extension(part).empty() && offer.has(part_extension(part))) add(std::string(part));
  return names;
}

Json test_of(const TestRow& row, const Offer& offer) {
  Json test = Json::object();
  if (offer.version == Version::V1)
    return test.set("test", Json::string(row.json)).set("comparison", to_json(comparisons(row, offer)));
  test.set("id", Json::string(row.json));
  if (!row.comparisons.empty()) test.set("comparisons", to_json(comparisons(row, offer)));
  std::vector<std::string> headers, parts;
  if (row.shape == TestShape::Simplified)
    for (const std::string_view header : row.strings)
      if (offer.shows("header", header)) headers.emplace_back(header);
  for (const std::string_view part : row.parts)
    if (offer.has(part_extension(part)) && offer.shows("part", part)) parts.emplace_back(part);
  if (!headers.empty()) test.set("headers", to_json(headers));
  if (!parts.empty()) test.set("parts", to_json(parts));
  return test;
}

}  // namespace

Json describe(Version version, const Extensions& announced, const Hidden& hidden) {
  const Offer offer{version, announced, hidden};
  Json tests = Json::array(), actions = Json::array();
  for (const TestRow& row : test_rows())
    if (offer.offers(row)) tests.append(test_of(row, offer));
  for (const ActionRow& row : action_rows()) {
    const bool is_offered = (version == Version::V2 || !row.only_v2) && offer.has(row.extension) &&
                            offer.has(row.fixed_extension) && offer.shows("action", row.json);
    if (!is_offered) continue;
    const Json id = Json::string(row.json);
    actions.append(version == Version::V1 ? id : Json::object().set("id", id));
  }
  Json data = Json::object();
  data.set("tests", tests);
  if (version == Version::V1)
    return data.set("actioncommands", actions)
        .set("capabilities", to_json(std::vector<std::string>(announced.begin(), announced.end())));
  return data.set("actioncmds", actions)
      .set("options", Json::object().set("allowNestedTests", Json::boolean(true)));
}

}  // namespace gw::mail::sieve

// Sieve to JSON.
#include <algorithm>

#include "core/text.hpp"
#include "mail/sieve/date_value.hpp"
#include "mail/sieve/json_input.hpp"
#include "mail/sieve/tables.hpp"
#include "mail/sieve/test_json.hpp"

namespace gw::mail::sieve {
namespace {

using Wildcard = Comparison::Wildcard;

bool has_value(std::string_view tag) { return tag == "zone" || tag == "content" || tag == "value"; }

/// Undoes escapes and takes the star away. Errors: empty when other wildcards stand there.
std::optional<std::string> without_star(std::string_view pattern, Wildcard wildcard) {
  if (wildcard == Wildcard::Front) {
    if (!pattern.starts_with('*')) return std::nullopt;
    pattern.remove_prefix(1);
  }
  std::string out;
  bool has_star = wildcard == Wildcard::Front;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      out += pattern[++i];
    } else if (pattern[i] == '*' && wildcard == Wildcard::Back && i + 1 == pattern.size()) {
      has_star = true;
    } else if (pattern[i] == '*' || pattern[i] == '?' || pattern[i] == '\\') {
      return std::nullopt;
    } else {
      out += pattern[i];
    }
  }
  if (!has_star || out.empty()) return std::nullopt;
  return out;
}

std::optional<std::vector<std::string>> without_stars(const std::vector<std::string>& patterns,
                                                      Wildcard wildcard) {
  std::vector<std::string> texts;
  for (const std::string& pattern : patterns) {
    auto text = without_star(pattern, wildcard);
    if (!text) return std::nullopt;
    texts.push_back(std::move(*text));
  }
  return texts;
}

class Decoder {
 public:
  explicit Decoder(Version version) : version_(version) {}

  std::optional<Json> decode(const Test& test) {
    for (const TestRow& row : test_rows()) {
      if (row.sieve != test.name || (row.only_v2 && version_ == Version::V1)) continue;
      if (auto json = decode_row(row, test)) return json;
    }
    return std::nullopt;
  }

 private:
  std::optional<Json> decode_row(const TestRow& row, const Test& test) {
    Json json = Json::object();
    json.set("id", Json::string(row.json));
    const bool has_tests = row.shape == TestShape::Not || row.shape == TestShape::Several;
    if (has_tests ? !test.arguments.empty() : !test.tests.empty()) return std::nullopt;
    auto sorted = sort_arguments(test.arguments, has_value);
    if (!sorted) return std::nullopt;
    bool is_fine = false;
    switch (row.shape) {
      case TestShape::Plain:
        is_fine = test.arguments.empty();
        break;
      case TestShape::Not:
        return decode_not(test, std::move(json));
      case TestShape::Several:
        return decode_several(test, std::move(json));
      case TestShape::Size:
        is_fine = decode_size(row, *sorted, json);
        break;
      case TestShape::Date:
        is_fine = decode_date(row, *sorted, json);
        break;
      case TestShape::Strings:
        is_fine = decode_strings(row, *sorted, json);
        break;
      case TestShape::Simplified:
        is_fine = decode_simplified(row, *sorted, json);
        break;
    }
    if (!is_fine || !sorted->tags.empty()) return std::nullopt;
    return json;
  }

  std::optional<Json> decode_not(const Test& test, Json json) {
    if (test.tests.size() != 1) return std::nullopt;
    auto inner = decode(test.tests[0]);
    if (!inner) return std::nullopt;
    if (version_ == Version::V2 && folds_negation(*inner)) {
      const std::string comparison = "not " + std::string(inner->get("comparison").as_string());
      return inner->set("comparison", Json::string(comparison));
    }
    return json.set("test", *inner);
  }

  static bool folds_negation(const Json& json) {
    const std::string_view id = json.get("id").as_string(), comparison = json.get("comparison").as_string();
    const auto is_row = [&](const TestRow& row) { return row.json == id && row.is_negated_by_comparison; };
    return !comparison.empty() && !comparison.starts_with("not ") &&
           std::any_of(test_rows().begin(), test_rows().end(), is_row);
  }

  std::optional<Json> decode_several(const Test& test, Json json) {
    Json tests = Json::array();
    for (const Test& inner : test.tests) {
      auto one = decode(inner);
      if (!one) return std::nullopt;
      tests.append(*one);
    }
    if (tests.size() == 0) return std::nullopt;
    return json.set("tests", tests);
  }

  /// Takes the tags of the comparison. `values` of wildcard comparisons change with it.
  bool decode_comparison(const TestRow& row, SortedArguments& sorted, Json& json,
                         std::vector<std::string>* values) {
    for (const Comparison& comparison : row.comparisons) {
      if (comparison.only_v2 && version_ == Version::V1) continue;
      const auto is_it = [&](const auto& entry) {
        return entry.first == comparison.tag &&
               (entry.second == nullptr ? comparison.value.empty() : entry.second->text == comparison.value);
      };
      if (std::none_of(sorted.tags.begin(), sorted.tags.end(), is_it)) continue;
      if (comparison.wildcard != Wildcard::None) {
        auto texts = values == nullptr ? std::nullopt : without_stars(*values, comparison.wildcard);
        if (!texts) continue;
        *values = std::move(*texts);
      }
      sorted.take(comparison.tag);
      json.set("comparison", Json::string(comparison.json));
      return true;
    }
    const auto is_match = [](const auto& entry) {
      return entry.first == "value" || entry.first == "count" || entry.first == "matches" ||
             entry.first == "regex";
    };
    if (row.json == "size" || std::any_of(sorted.tags.begin(), sorted.tags.end(), is_match)) return false;
    json.set("comparison", Json::string("is"));  // the default of Sieve
    return true;
  }

  bool decode_strings(const TestRow& row, SortedArguments& sorted, Json& json) {
    if (sorted.positional.size() != row.strings.size()) return false;
    std::vector<std::vector<std::string>> lists;
    for (const Argument* argument : sorted.positional) {
      auto texts = texts_of(argument);
      if (!texts || texts->empty()) return false;
      lists.push_back(std::move(*texts));
    }
    if (!row.parts.empty()) decode_part(row, sorted, json);
    if (row.sieve == "body" && !decode_body_part(sorted, json)) return false;
    const bool has_part_comparison = version_ == Version::V1 && !row.parts.empty() && sorted.tags.empty() &&
                                     !part_extension(json.get("addresspart").as_string()).empty();
    if (has_part_comparison) {
      json.set("comparison", json.get("addresspart"));
      json.remove("addresspart");
    } else if (!row.comparisons.empty() && !decode_comparison(row, sorted, json, &lists.back())) {
      return false;
    }
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const bool is_text = row.strings[i] == "source" && sorted.positional[i]->kind == Argument::Kind::String;
      json.set(std::string(row.strings[i]), is_text ? Json::string(lists[i][0]) : to_json(lists[i]));
    }
    return true;
  }

  static void decode_part(const TestRow& row, SortedArguments& sorted, Json& json) {
    for (const std::string_view part : row.parts)
      if (sorted.take(part)) {
        json.set("addresspart", Json::string(part));
        return;
      }
  }

  static bool decode_body_part(SortedArguments& sorted, Json& json) {
    if (const auto content = sorted.take("content")) {
      if ((*content)->kind != Argument::Kind::String) return false;
      json.set("extensionskey", Json::string("content"));
      json.set("extensionsvalue", Json::string((*content)->text));
      return true;
    }
    sorted.take("text");  // the default
    json.set("extensionskey", Json::string("text"));
    return true;
  }

  bool decode_simplified(const TestRow& row, SortedArguments& sorted, Json& json) {
    if (sorted.positional.size() != 2) return false;
    const auto headers = texts_of(sorted.positional[0]);
    auto values = texts_of(sorted.positional[1]);
    if (!headers || !values || values->empty()) return false;
    if (!std::equal(headers->begin(), headers->end(), row.strings.begin(), row.strings.end(),
                    equal_ignoring_ascii_case))
      return false;
    if (!decode_comparison(row, sorted, json, &*values)) return false;
    json.set("values", to_json(*values));
    return true;
  }

  bool decode_size(const TestRow& row, SortedArguments& sorted, Json& json) {
    if (sorted.positional.size() != 1 || sorted.positional[0]->kind != Argument::Kind::Number) return false;
    if (!decode_comparison(row, sorted, json, nullptr)) return false;
    json.set("size", Json::integer(sorted.positional[0]->number));
    return true;
  }

  bool decode_date(const TestRow& row, SortedArguments& sorted, Json& json) {
    const std::size_t first = row.strings.size();
    if (sorted.positional.size() != first + 2) return false;
    if (const auto zone = sorted.take("zone")) {
      if ((*zone)->kind != Argument::Kind::String || !is_zone((*zone)->text)) return false;
      json.set("zone", Json::string((*zone)->text));
    } else if (first > 0 && sorted.take("originalzone")) {
      json.set("zone", Json::string("original"));
    }
    if (!decode_comparison(row, sorted, json, nullptr)) return false;
    for (std::size_t i = 0; i <= first; ++i)
      if (sorted.positional[i]->kind != Argument::Kind::String) return false;
    if (first > 0) json.set("header", Json::string(sorted.positional[0]->text));
    const std::string& part = sorted.positional[first]->text;
    json.set("datepart", Json::string(part));
    const auto texts = texts_of(sorted.positional[first + 1]);
    if (!texts || texts->empty()) return false;
    Json values = Json::array();
    for (const std::string& text : *texts) {
      const auto value = date_value_from_sieve(part, text);
      if (!value) return false;
      values.append(Json::integer(*value));
    }
    json.set("datevalue", values);
    return true;
  }

  Version version_;
};

}  // namespace

std::optional<Json> test_to_json(const Test& test, Version version, std::string& problem) {
  auto json = Decoder(version).decode(test);
  if (!json) problem = "The test " + test.name + " is written in a way that is not known here.";
  return json;
}

}  // namespace gw::mail::sieve

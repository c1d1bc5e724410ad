// JSON to Sieve.
#include <algorithm>

#include "core/text.hpp"
#include "mail/sieve/date_value.hpp"
#include "mail/sieve/json_input.hpp"
#include "mail/sieve/tables.hpp"
#include "mail/sieve/test_json.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;
using Wildcard = Comparison::Wildcard;

constexpr int kMaxLevels = 16;
constexpr std::string_view kNot = "not ";

const TestRow& test_row_of(std::string_view id, Version version) {
  for (const TestRow& row : test_rows())
    if (row.json == id && (version == Version::V2 || !row.only_v2)) return row;
  refuse_rule("there is no test " + std::string(id));
}

std::string escape_wildcards(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

class Encoder {
 public:
  Encoder(Version version, const Context& context) : version_(version), context_(context) {}

  Test encode(const Json& json, int level) {
    if (!json.is_object()) throw ApiError(errors::kBadJson, {"test"});
    if (level > kMaxLevels) refuse_rule("the tests are nested too deeply");
    const TestRow& row = test_row_of(line_of(json, "id"), version_);
    Test test;
    test.name = row.sieve;
    is_negated_ = false;
    switch (row.shape) {
      case TestShape::Plain:
        return test;
      case TestShape::Not:
        test.tests.push_back(encode(json.get("test"), level + 1));
        return test;
      case TestShape::Several:
        return encode_several(json, std::move(test), level);
      case TestShape::Size:
        encode_size(json, row, test);
        break;
      case TestShape::Date:
        encode_date(json, row, test);
        break;
      case TestShape::Strings:
      case TestShape::Simplified:
        encode_strings(json, row, test);
        break;
    }
    if (!is_negated_) return test;
    return Test{"not", {}, {std::move(test)}, false};
  }

 private:
  Test encode_several(const Json& json, Test test, int level) {
    const Json tests = json.get("tests");
    if (!tests.is_array()) throw ApiError(errors::kEmptyField, {"tests"});
    if (tests.size() == 0) refuse_rule("tests is empty");
    for (std::size_t i = 0; i < tests.size(); ++i) test.tests.push_back(encode(tests.at(i), level + 1));
    test.in_parentheses = true;
    return test;
  }

  const Comparison& comparison_of(const Json& json, const TestRow& row) {
    std::string name = line_of(json, "comparison");
    if (version_ == Version::V2 && row.is_negated_by_comparison && name.starts_with(kNot)) {
      is_negated_ = true;
      name.erase(0, kNot.size());
    }
    for (const Comparison& comparison : row.comparisons)
      if (comparison.json == name && (version_ == Version::V2 || !comparison.only_v2)) return comparison;
    refuse_rule("there is no comparison " + name);
  }

  static void append_tags(const Comparison& comparison, Test& test) {
    test.arguments.push_back(Argument::tag(comparison.tag));
    if (!comparison.value.empty()) test.arguments.push_back(Argument::string(std::string(comparison.value)));
  }

  /// In version 1 "user" and "detail" are comparisons, which mean an address part compared by `:is`.
  bool is_part_comparison(const Json& json, const TestRow& row) const {
    const std::string_view name = json.get("comparison").as_string();
    return version_ == Version::V1 && !row.parts.empty() && !part_extension(name).empty();
  }

  static void append_part(std::string_view part, const TestRow& row, Test& test) {
    if (std::find(row.parts.begin(), row.parts.end(), part) == row.parts.end())
      refuse_rule("there is no address part " + std::string(part));
    test.arguments.push_back(Argument::tag(part));
  }

  static void append_body_part(const Json& json, Test& test) {
    const std::string key = line_of(json, "extensionskey");
    if (key == "content") {
      test.arguments.push_back(Argument::tag("content"));
      test.arguments.push_back(Argument::string(line_of(json, "extensionsvalue")));
    } else if (key == "text") {
      test.arguments.push_back(Argument::tag("text"));
    } else {
      refuse_rule("there is no part of a body " + key);
    }
  }

  void encode_strings(const Json& json, const TestRow& row, Test& test) {
    Wildcard wildcard = Wildcard::None;
    if (is_part_comparison(json, row)) {
      append_part(json.get("comparison").as_string(), row, test);
    } else {
      if (!row.parts.empty() && json.get("addresspart").is_string())
        append_part(line_of(json, "addresspart"), row, test);
      if (row.sieve == "body") append_body_part(json, test);
      if (!row.comparisons.empty()) {
        const Comparison& comparison = comparison_of(json, row);
        append_tags(comparison, test);
        wildcard = comparison.wildcard;
      }
    }
    if (row.shape == TestShape::Simplified) {
      test.arguments.push_back(Argument::strings({row.strings.begin(), row.strings.end()}));
      append_list(json, "values", wildcard, test);
      return;
    }
    for (const std::string_view member : row.strings) append_list(json, member, wildcard, test);
  }

  static void append_list(const Json& json, std::string_view member, Wildcard wildcard, Test& test) {
    const std::string name(member);
    std::vector<std::string> lines = lines_of(json, name.c_str());
    if (member == "values" && wildcard != Wildcard::None) {
      for (std::string& line : lines) {
        if (line.empty()) refuse_rule("values holds an empty text");
        line = wildcard == Wildcard::Back ? escape_wildcards(line) + '*' : '*' + escape_wildcards(line);
      }
    }
    if (member == "source" && json.get("source").is_string())
      test.arguments.push_back(Argument::string(std::move(lines[0])));
    else
      test.arguments.push_back(Argument::strings(std::move(lines)));
  }

  void encode_size(const Json& json, const TestRow& row, Test& test) {
    append_tags(comparison_of(json, row), test);
    const Json size = json.get("size");
    if (size.is_missing() || size.is_null()) throw ApiError(errors::kEmptyField, {"size"});
    std::string digits = to_lower_ascii(trim(size.to_text().value_or("")));
    int shift = 0;
    if (!digits.empty() && version_ == Version::V2) {
      const auto unit = std::string_view("kmg").find(digits.back());
      if (unit != std::string_view::npos) {
        shift = static_cast<int>(unit + 1) * 10;
        digits.pop_back();
      }
    }
    const auto number = parse_integer(digits);
    if (!number) throw ApiError(errors::kNotANumber, {"size"});
    if (*number < 0 || *number > (INT64_MAX >> 5 >> shift)) refuse_rule("the size is out of range");
    test.arguments.push_back(Argument::integer(*number << shift));
  }

  void encode_date(const Json& json, const TestRow& row, Test& test) {
    const std::string zone = json.get("zone").is_string() ? line_of(json, "zone") : context_.zone;
    if (zone == "original" && !row.strings.empty()) {
      test.arguments.push_back(Argument::tag("originalzone"));
    } else {
      if (!is_zone(zone)) refuse_rule("there is no zone " + zone);
      test.arguments.push_back(Argument::tag("zone"));
      test.arguments.push_back(Argument::string(zone));
    }
    append_tags(comparison_of(json, row), test);
    if (!row.strings.empty()) test.arguments.push_back(Argument::string(line_of(json, "header")));
    const std::string part = line_of(json, "datepart");
    test.arguments.push_back(Argument::string(part));
    std::vector<std::string> values;
    for (const std::string& text : lines_of(json, "datevalue")) {
      const auto number = parse_integer(text);
      if (!number) throw ApiError(errors::kNotANumber, {"datevalue"});
      auto value = date_value_to_sieve(part, *number);
      if (!value) refuse_rule("there is no " + part + " " + text);
      values.push_back(std::move(*value));
    }
    test.arguments.push_back(Argument::strings(std::move(values)));
  }

  Version version_;
  const Context& context_;
  bool is_negated_ = false;
};

}  // namespace

Test test_from_json(const Json& json, Version version, const Context& context) {
  return Encoder(version, context).encode(json, 1);
}

}  // namespace gw::mail::sieve

// One property of a vCard or iCalendar text, free of what it means. Values are kept in the escaped text form
// of the RFCs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::formats::lines {

/// `name` in upper case. Caret encoding (RFC 6868) is undone.
struct Parameter {
  std::string name;
  std::vector<std::string> values;
  bool operator==(const Parameter&) const = default;
};

/// One content line. `name` in upper case; `value` is escaped text as it stands in the line, or base64
/// without white space.
struct Property {
  std::string group;
  std::string name;
  std::vector<Parameter> parameters;
  std::string value;
  bool is_base64 = false;
  bool operator==(const Property&) const = default;

  /// First value of a parameter; empty when absent. Valid while the property lives.
  [[nodiscard]] std::string_view parameter(std::string_view wanted) const;
  /// True when TYPE holds this upper-case word (compared without case).
  [[nodiscard]] bool has_type(std::string_view type) const;
  /// All TYPE values in upper case.
  [[nodiscard]] std::vector<std::string> types() const;
  /// 1 is best: PREF=n of 4.0, 1 for TYPE=PREF, 101 without either.
  [[nodiscard]] int preference() const;
  void add_parameter(std::string parameter_name, std::string text);
  /// Removes every parameter of this name.
  void remove_parameter(std::string_view wanted);
};

}  // namespace gw::formats::lines

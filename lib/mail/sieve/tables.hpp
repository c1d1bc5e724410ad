// What is known of tests and actions: one row each drives JSON to Sieve, Sieve to JSON, the extensions, and
// action=config. Source: spec mailfilter sections 3 and 4.
#pragma once

#include <span>
#include <string_view>

namespace gw::mail::sieve {

/// A way to compare. In JSON version 2 "not " before it negates the test.
struct Comparison {
  std::string_view json;
  std::string_view tag;    ///< `is` of `:is`
  std::string_view value;  ///< behind the tag: `ge` of `:value "ge"`
  std::string_view extension;
  bool only_v2 = false;
  enum class Wildcard { None, Front, Back } wildcard = Wildcard::None;  ///< where `:matches` gets a star
};

enum class TestShape {
  Plain,      ///< true, false
  Not,        ///< member `test`
  Several,    ///< member `tests`
  Strings,    ///< headers, values as the row says
  Size,       ///< a number
  Date,       ///< zone, comparison, datepart, datevalue
  Simplified  ///< version 2: header test with the row's headers
};

struct TestRow {
  std::string_view json;
  std::string_view sieve;
  TestShape shape = TestShape::Plain;
  std::string_view extension;
  std::span<const Comparison> comparisons;
  /// Members of the positional arguments in order; of Simplified: its fixed headers.
  std::span<const std::string_view> strings;
  std::span<const std::string_view> parts;  ///< address parts it knows
  bool only_v2 = false;
  bool is_negated_by_comparison = false;  ///< version 2 writes `not` into the comparison
};

std::span<const TestRow> test_rows();
/// Address parts that need an extension (`user`, `detail`): that of the part, or "".
std::string_view part_extension(std::string_view part);

enum class ParameterKind {
  Flag,      ///< a tag alone: boolean, only true is written
  Text,      ///< line ends CRLF; not empty
  Line,      ///< one line
  Words,     ///< list of lines
  Flags,     ///< list of IMAP flags
  Folder,    ///< id of a folder
  Address,   ///< where to redirect
  Sender,    ///< `[name, address]`, `[address]` or text; text in answers
  Subject,   ///< encoded words in the script
  DayCount,  ///< 1..n; text in answers
};

struct Parameter {
  std::string_view json;
  ParameterKind kind = ParameterKind::Line;
  std::string_view tag;  ///< empty: a positional argument, in the order of the row
  bool is_required = false;
  std::string_view extension;
};

struct ActionRow {
  std::string_view json;
  std::string_view sieve;
  std::string_view extension;
  std::span<const Parameter> parameters;
  bool only_v2 = false;
  /// A tag that is always written: the row is for commands that have it.
  std::string_view fixed_tag;
  std::string_view fixed_extension;
};

std::span<const ActionRow> action_rows();

}  // namespace gw::mail::sieve

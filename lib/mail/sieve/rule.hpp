// One rule of a user's script: a test and actions, or text that only the server understands. Source: spec
// mailfilter sections 1 and 2.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail/sieve/syntax.hpp"

namespace gw::mail::sieve {

struct RuleBody {
  Test test;
  std::vector<Command> actions;
  bool operator==(const RuleBody&) const = default;
};

struct Rule {
  std::int64_t id = -1;  ///< unique in the script, from 0; -1 until it has one
  std::string name;      ///< one line
  std::vector<std::string> flags;
  bool is_active = true;
  /// The rule as it stands in the script, without header and marks of inactivity, line ends LF. Written back
  /// as it is, so what we do not understand survives.
  std::string source;
  std::optional<RuleBody> body;  ///< empty: not one test with actions
  std::string problem;           ///< why `body` is empty
  std::string remarks;           ///< comments of others above the rule, whole lines

  [[nodiscard]] bool has_flag(std::string_view flag) const;
};

/// The form that JSON describes. Errors: empty and `problem` set when the commands have another form.
std::optional<RuleBody> to_body(const std::vector<Command>& commands, std::string& problem);
/// `if test { actions }`, line ends LF.
std::string print_rule(const RuleBody& body);

/// A script in our layout.
struct Script {
  std::vector<std::string> extensions;  ///< of its `require`
  std::vector<Rule> rules;
  std::string remarks;  ///< comments behind the last rule
};

/// Rules without header get the next free ids; doubled ids do, too.
/// Errors: MAIL_FILTER-0016 with the line.
Script read_script(std::string_view text);

/// What the server announces in its SIEVE line; empty: not known, everything is allowed.
using Extensions = std::set<std::string, std::less<>>;

/// `date` ends the first line. Line ends CRLF.
/// Errors: MAIL_FILTER-0013 when a text holds a byte of zero or is not UTF-8.
std::string write_script(const Script& script, const Extensions& announced, std::string_view date);

// Changes. Positions are 0-based.

/// Gives the rule its id. No position: at the end.
/// Errors: MAIL_FILTER-0007 outside the list, MAIL_FILTER-0021 a second vacation rule.
std::int64_t insert_rule(Script& script, Rule rule, std::optional<std::int64_t> position);
/// Errors: MAIL_FILTER-0008.
Rule& find_rule(Script& script, std::int64_t id);
/// Replaces the rule of the same id and keeps its place; `position` moves it. What JSON cannot express of an
/// old vacation (`:handle`, `:mime` of an unchanged text) is kept. Errors: as insert_rule, MAIL_FILTER-0008.
void update_rule(Script& script, Rule rule, std::optional<std::int64_t> position);
/// Errors: MAIL_FILTER-0008.
void remove_rule(Script& script, std::int64_t id);
/// Rules that are not named follow in their old order. Errors: MAIL_FILTER-0028, -0008.
void reorder_rules(Script& script, const std::vector<std::int64_t>& ids);

}  // namespace gw::mail::sieve

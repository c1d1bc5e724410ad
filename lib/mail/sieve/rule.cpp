#include "mail/sieve/rule.hpp"

#include <algorithm>

#include "core/errors/mail_filter.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;

constexpr std::string_view kVacationFlag = "vacation";

const Command* find_action(const Rule& rule, std::string_view name) {
  if (!rule.body) return nullptr;
  const auto found = std::find_if(rule.body->actions.begin(), rule.body->actions.end(),
                                  [&](const Command& action) { return action.name == name; });
  return found == rule.body->actions.end() ? nullptr : &*found;
}

void check_single_vacation(const Script& script, const Rule& rule) {
  if (!rule.has_flag(kVacationFlag)) return;
  for (const Rule& other : script.rules)
    if (other.id != rule.id && other.has_flag(kVacationFlag)) throw ApiError(errors::kSecondVacation);
}

std::ptrdiff_t check_position(std::int64_t position, std::size_t last) {
  if (position < 0 || position > static_cast<std::int64_t>(last))
    throw ApiError(errors::kBadPosition, {std::to_string(position)});
  return static_cast<std::ptrdiff_t>(position);
}

/// Copies a tag and `values` arguments behind it, in front of the last argument (the text).
void keep_tag(const Command& from, Command& to, std::string_view tag, std::ptrdiff_t values) {
  const auto is_tag = [&](const Argument& argument) {
    return argument.kind == Argument::Kind::Tag && argument.text == tag;
  };
  const auto found = std::find_if(from.arguments.begin(), from.arguments.end(), is_tag);
  if (found == from.arguments.end() || from.arguments.end() - found <= values || to.arguments.empty()) return;
  if (std::any_of(to.arguments.begin(), to.arguments.end(), is_tag)) return;
  to.arguments.insert(to.arguments.end() - 1, found, found + values + 1);
}

void keep_vacation_details(const Rule& old, Rule& changed) {
  const Command* before = find_action(old, kVacationFlag);
  const Command* after = find_action(changed, kVacationFlag);
  if (before == nullptr || after == nullptr || before->arguments.empty()) return;
  Command& action = changed.body->actions[static_cast<std::size_t>(after - changed.body->actions.data())];
  keep_tag(*before, action, "handle", 1);
  if (before->arguments.back() == action.arguments.back()) keep_tag(*before, action, "mime", 0);
  changed.source = print_rule(*changed.body);
}

}  // namespace

bool Rule::has_flag(std::string_view flag) const {
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

std::optional<RuleBody> to_body(const std::vector<Command>& commands, std::string& problem) {
  const auto is_simple = [](const Command& command) { return !command.has_block && command.tests.empty(); };
  const auto are_simple = [&](const std::vector<Command>& list) {
    return std::all_of(list.begin(), list.end(), is_simple);
  };
  if (are_simple(commands) && !commands.empty()) return RuleBody{Test{"true", {}, {}, false}, commands};
  if (commands.size() == 1 && commands[0].name == "if" && commands[0].tests.size() == 1 &&
      commands[0].arguments.empty() && commands[0].has_block && are_simple(commands[0].block))
    return RuleBody{commands[0].tests[0], commands[0].block};
  problem = "The rule is not one test followed by simple actions.";
  return std::nullopt;
}

std::string print_rule(const RuleBody& body) {
  Command rule;
  rule.name = "if";
  rule.tests = {body.test};
  rule.has_block = true;
  rule.block = body.actions;
  return print(rule);
}

std::int64_t insert_rule(Script& script, Rule rule, std::optional<std::int64_t> position) {
  const auto size = static_cast<std::int64_t>(script.rules.size());
  const std::ptrdiff_t place = check_position(position.value_or(size), script.rules.size());
  rule.id = -1;
  for (const Rule& other : script.rules) rule.id = std::max(rule.id, other.id);
  ++rule.id;
  check_single_vacation(script, rule);
  const std::int64_t id = rule.id;
  script.rules.insert(script.rules.begin() + place, std::move(rule));
  return id;
}

Rule& find_rule(Script& script, std::int64_t id) {
  for (Rule& rule : script.rules)
    if (rule.id == id) return rule;
  throw ApiError(errors::kUnknownRule, {std::to_string(id)});
}

void update_rule(Script& script, Rule rule, std::optional<std::int64_t> position) {
  Rule& old = find_rule(script, rule.id);
  check_single_vacation(script, rule);
  if (position) check_position(*position, script.rules.size() - 1);
  keep_vacation_details(old, rule);
  if (!position) {
    old = std::move(rule);
    return;
  }
  script.rules.erase(script.rules.begin() + (&old - script.rules.data()));
  script.rules.insert(script.rules.begin() + static_cast<std::ptrdiff_t>(*position), std::move(rule));
}

void remove_rule(Script& script, std::int64_t id) {
  const Rule& rule = find_rule(script, id);
  script.rules.erase(script.rules.begin() + (&rule - script.rules.data()));
}

void reorder_rules(Script& script, const std::vector<std::int64_t>& ids) {
  if (ids.size() > script.rules.size())
    throw ApiError(errors::kReorderTooLong,
                   {std::to_string(ids.size()), std::to_string(script.rules.size())});
  for (const std::int64_t id : ids) find_rule(script, id);
  const auto rank = [&](const Rule& rule) {
    return std::find(ids.begin(), ids.end(), rule.id) - ids.begin();
  };
  std::stable_sort(script.rules.begin(), script.rules.end(),
                   [&](const Rule& a, const Rule& b) { return rank(a) < rank(b); });
}

}  // namespace gw::mail::sieve

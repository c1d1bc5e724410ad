#include "mail/sieve/json.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/sieve/action_json.hpp"
#include "mail/sieve/json_input.hpp"
#include "mail/sieve/tables.hpp"
#include "mail/sieve/test_json.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;

constexpr std::size_t kMaxActions = 100;

std::vector<Command> actions_of(const Json& json, Version version, const Context& context) {
  if (!json.is_array() || json.size() > kMaxActions) throw ApiError(errors::kBadJson, {"actioncmds"});
  std::vector<Command> actions;
  for (std::size_t i = 0; i < json.size(); ++i)
    actions.push_back(action_from_json(json.at(i), version, context));
  return actions;
}

std::vector<std::string> flags_of(const Json& json) {
  if (!json.is_array()) throw ApiError(errors::kBadJson, {"flags"});
  std::vector<std::string> flags;
  for (std::size_t i = 0; i < json.size(); ++i) {
    std::string flag(json.at(i).as_string());
    // Other characters would end the flag or the list of flags in the header line.
    const auto ends_it = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == ',' || c == '|'; };
    if (flag.empty() || std::any_of(flag.begin(), flag.end(), ends_it))
      refuse_rule("there is no flag " + flag);
    flags.push_back(std::move(flag));
  }
  return flags;
}

void apply_body(Rule& rule, const Json& json, Version version, const Context& context) {
  const Json test = json.get("test"), actions = json.get("actioncmds");
  if (test.is_missing() && actions.is_missing() && !rule.source.empty()) return;
  RuleBody body = rule.body.value_or(RuleBody{});
  if (!test.is_missing())
    body.test = test_from_json(test, version, context);
  else if (!rule.body)
    throw ApiError(errors::kEmptyField, {"test"});
  if (!actions.is_missing())
    body.actions = actions_of(actions, version, context);
  else if (!rule.body)
    throw ApiError(errors::kEmptyField, {"actioncmds"});
  rule.source = print_rule(body);
  rule.body = std::move(body);
  rule.problem.clear();
}

std::optional<Json> body_to_json(const RuleBody& body, Version version, const Context& context, Json json,
                                 std::string& problem) {
  const auto test = test_to_json(body.test, version, problem);
  if (!test) return std::nullopt;
  Json actions = Json::array();
  for (const Command& action : body.actions) {
    const auto one = action_to_json(action, version, context, problem);
    if (!one) return std::nullopt;
    actions.append(*one);
  }
  return json.set("test", *test).set("actioncmds", actions);
}

/// Extensions of tags, wherever they stand.
std::string_view tag_extension(const Argument& tag) {
  for (const TestRow& row : test_rows())
    for (const Comparison& comparison : row.comparisons)
      if (comparison.tag == tag.text && !comparison.extension.empty()) return comparison.extension;
  for (const ActionRow& row : action_rows())
    for (const Parameter& parameter : row.parameters)
      if (parameter.tag == tag.text && !parameter.extension.empty()) return parameter.extension;
  return part_extension(tag.text);
}

void add(std::set<std::string>& to, std::string_view extension) {
  if (!extension.empty()) to.emplace(extension);
}

void add_tags(std::set<std::string>& to, const std::vector<Argument>& arguments) {
  for (const Argument& argument : arguments)
    if (argument.kind == Argument::Kind::Tag) add(to, tag_extension(argument));
}

void add_test(std::set<std::string>& to, const Test& test) {
  for (const TestRow& row : test_rows())
    if (row.sieve == test.name) add(to, row.extension);
  add_tags(to, test.arguments);
  for (const Test& inner : test.tests) add_test(to, inner);
}

}  // namespace

void apply_json(Rule& rule, const Json& json, Version version, const Context& context) {
  if (!json.is_object()) throw ApiError(errors::kBadJson, {"rule"});
  if (const Json name = json.get("rulename"); name.is_string())
    rule.name = trim(check_line(std::string(name.as_string())));
  if (const Json active = json.get("active"); !active.is_missing())
    rule.is_active = active.to_boolean().value_or(true);
  if (const Json flags = json.get("flags"); !flags.is_missing() && !flags.is_null())
    rule.flags = flags_of(flags);
  apply_body(rule, json, version, context);
}

Json to_json(const Rule& rule, std::size_t position, Version version, const Context& context) {
  Json json = Json::object();
  json.set("id", Json::integer(rule.id)).set("position", Json::integer(static_cast<std::int64_t>(position)));
  json.set("rulename", Json::string(rule.name)).set("active", Json::boolean(rule.is_active));
  json.set("flags", to_json(rule.flags));
  std::string problem = rule.problem;
  if (rule.body)
    if (const auto whole = body_to_json(*rule.body, version, context, json.deep_copy(), problem))
      return *whole;
  return json.set("text", Json::string(rule.source)).set("errormsg", Json::string(problem));
}

std::set<std::string> needed_extensions(const RuleBody& body) {
  std::set<std::string> needed;
  add_test(needed, body.test);
  for (const Command& action : body.actions) {
    for (const ActionRow& row : action_rows())
      if (row.sieve == action.name) add(needed, row.extension);
    add_tags(needed, action.arguments);
  }
  return needed;
}

bool is_expressible(const RuleBody& body) {
  std::string problem;
  return body_to_json(body, Version::V2, {}, Json::object(), problem).has_value();
}

}  // namespace gw::mail::sieve

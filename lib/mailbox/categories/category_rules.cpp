#include "mailbox/categories/category_rules.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"

namespace gw::mailbox::categories {
namespace {

namespace sieve = mail::sieve;
using model::settings::MailCategories;
using model::settings::MailCategory;

constexpr auto kVersion = sieve::Version::V2;

Json json_words(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& word : words) list.append(Json::string(word));
  return list;
}

Json one_action(const char* id, const std::vector<std::string>& flags) {
  return Json::object().set("id", Json::string(id)).set("flags", json_words(flags));
}

/// A mail is in one category: where two rules match, the later one counts.
Json rule_json(const MailCategories& categories, const MailCategory& category,
               const std::vector<std::string>& addresses) {
  std::vector<std::string> others;
  for (const MailCategory& each : categories.list)
    if (each.id != category.id) others.push_back(each.keyword);
  Json test = Json::object();
  test.set("id", Json::string("address"));
  test.set("comparison", Json::string("is"));
  test.set("addresspart", Json::string("all"));
  test.set("headers", json_words({"from"}));
  test.set("values", json_words(addresses));
  Json actions = Json::array();
  if (!others.empty()) actions.append(one_action("removeflags", others));
  actions.append(one_action("addflags", {category.keyword}));
  Json rule = Json::object();
  rule.set("rulename", Json::string(category.name));
  rule.set("active", Json::boolean(true));
  rule.set("flags", json_words({std::string(kCategoryRule)}));
  rule.set("test", std::move(test));
  rule.set("actioncmds", std::move(actions));
  return rule;
}

/// What one of our rules says.
struct Trained {
  std::int64_t id = 0;
  std::string keyword;
  std::vector<std::string> addresses;
};

/// Errors: empty for a rule that is none of ours, or no more.
std::optional<Trained> read_trained(const sieve::Rule& rule, const sieve::Context& context) {
  if (!rule.has_flag(kCategoryRule) || !rule.body) return std::nullopt;
  const Json json = sieve::to_json(rule, 0, kVersion, context);
  const Json test = json.get("test"), actions = json.get("actioncmds");
  if (test.get("id").as_string() != "address" || test.get("comparison").as_string() != "is")
    return std::nullopt;
  Trained trained;
  trained.id = rule.id;
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (actions.at(i).get("id").as_string() == "addflags")
      trained.keyword = actions.at(i).get("flags").at(0).as_string();
  const Json values = test.get("values");
  for (std::size_t i = 0; i < values.size(); ++i)
    trained.addresses.push_back(to_lower_ascii(values.at(i).as_string()));
  return trained.keyword.empty() ? std::nullopt : std::optional(std::move(trained));
}

const MailCategory* category_of(const MailCategories& categories, const Trained& trained) {
  for (const MailCategory& each : categories.list)
    if (equal_ignoring_ascii_case(each.keyword, trained.keyword)) return &each;
  return nullptr;
}

void require_room(const std::vector<std::string>& addresses) {
  if (addresses.size() > kMaxTrained)
    throw ApiError(errors::mail_filter::kInvalidRule,
                   {"a category takes at most " + std::to_string(kMaxTrained) + " addresses"});
}

}  // namespace

void train(sieve::Script& script, const MailCategories& categories, std::string_view id,
           const std::vector<std::string>& addresses, const sieve::Context& context) {
  const MailCategory* wanted = categories.find(id);
  std::vector<Trained> all;
  for (const sieve::Rule& rule : script.rules)
    if (auto trained = read_trained(rule, context)) all.push_back(std::move(*trained));
  bool has_rule = false;
  for (Trained& trained : all) {
    const MailCategory* category = category_of(categories, trained);
    if (category == nullptr) continue;
    const std::vector<std::string> before = trained.addresses;
    std::erase_if(trained.addresses, [&](const std::string& each) {
      return std::find(addresses.begin(), addresses.end(), each) != addresses.end();
    });
    if (category == wanted && !has_rule) {
      trained.addresses.insert(trained.addresses.end(), addresses.begin(), addresses.end());
      has_rule = true;
    }
    require_room(trained.addresses);
    if (trained.addresses == before) continue;
    if (trained.addresses.empty()) {
      sieve::remove_rule(script, trained.id);
      continue;
    }
    sieve::Rule rule = sieve::find_rule(script, trained.id);
    sieve::apply_json(rule, rule_json(categories, *category, trained.addresses), kVersion, context);
    sieve::update_rule(script, std::move(rule), {});
  }
  if (wanted == nullptr || has_rule) return;
  require_room(addresses);
  sieve::Rule rule;
  sieve::apply_json(rule, rule_json(categories, *wanted, addresses), kVersion, context);
  sieve::insert_rule(script, std::move(rule), 0);
}

void train_predefined(sieve::Script& script, const MailCategories& categories,
                      const sieve::Context& context) {
  // What the user taught before counts.
  std::set<std::string, std::less<>> taught;
  for (const sieve::Rule& rule : script.rules)
    if (const auto trained = read_trained(rule, context))
      taught.insert(trained->addresses.begin(), trained->addresses.end());
  for (const MailCategory& each : categories.list) {
    std::vector<std::string> fresh;
    for (const std::string& sender : each.senders)
      if (taught.insert(sender).second) fresh.push_back(sender);
    if (!fresh.empty()) train(script, categories, each.id, fresh, context);
  }
}

}  // namespace gw::mailbox::categories

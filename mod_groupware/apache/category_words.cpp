#include "apache/category_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <utility>

#include "apache/words.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

constexpr std::size_t kMaxCategories = 20, kMaxCategoryId = 32, kMaxKeyword = 64;
/// As many as users may teach (mailbox/categories/category_rules.hpp).
constexpr std::size_t kMaxSenders = 1'000;
constexpr std::string_view kCategoryForm =
    "an id of letters and digits, then keyword=$promotion, kind=user, active=off, forced=on, "
    "from=news@shop.example or name=Promotion";

[[noreturn]] void refuse_category_word(std::string_view name, std::string_view word, std::string_view form) {
  throw DirectiveError(fmt::format("{} \"{}\": write {}", name, word, form));
}

bool is_switched_on(std::string_view name, std::string_view key, std::string_view value) {
  if (equal_ignoring_ascii_case(value, "on")) return true;
  if (equal_ignoring_ascii_case(value, "off")) return false;
  throw DirectiveError(fmt::format("{}: {}= is on or off", name, key));
}

/// A keyword of IMAP (RFC 9051: flag-keyword), which stands in scripts of Sieve, too.
bool is_category_keyword(std::string_view word) {
  return !word.empty() && word.size() <= kMaxKeyword &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) {
           return c > 0x20 && c < 0x7F &&
                  std::string_view("\"%()*\\]{").find(static_cast<char>(c)) == std::string_view::npos;
         });
}

/// `from=`: addresses, separated by commas; adds.
void take_senders(std::vector<std::string>& senders, std::string_view name, std::string_view value) {
  for (const std::string_view sender : split(value, ',')) {
    const std::size_t at = sender.find('@');
    const bool is_address = at != 0 && at != sender.npos && at + 1 < sender.size() &&
                            sender.find('@', at + 1) == sender.npos && is_valid_utf8(sender) &&
                            !has_control_characters(sender) &&
                            sender.find_first_of(" \t\"<>()*") == sender.npos;
    if (!is_address || senders.size() == kMaxSenders)
      throw DirectiveError(fmt::format("{} \"{}\": from= takes addresses, separated by commas, at most {}",
                                       name, sender, kMaxSenders));
    senders.push_back(to_lower_ascii(sender));
  }
}

/// `name=` and `name.de=`. False: the key is none of them.
bool take_category_name(std::vector<std::pair<std::string, std::string>>& names, std::string_view name,
                        std::string_view key, std::string_view value) {
  if (key != "name" && !key.starts_with("name.")) return false;
  if (value.empty() || !is_valid_utf8(value) || has_control_characters(value))
    throw DirectiveError(fmt::format("{}: {}= is a text in UTF-8", name, key));
  names.emplace_back(key.substr(std::min(key.size(), std::string_view("name.").size())), value);
  return true;
}

}  // namespace

void set_mail_categories(MailCategoriesSettings& categories, std::string_view name,
                         std::span<const std::string_view> words) {
  constexpr std::string_view kForm = "off, or on and then start=off, forced=on or name=General";
  const bool is_off = words.size() == 1 && equal_ignoring_ascii_case(words.front(), "off");
  if (!is_off && (words.empty() || !equal_ignoring_ascii_case(words.front(), "on")))
    throw DirectiveError(fmt::format("{}: write {}", name, kForm));
  MailCategoriesSettings wanted;
  wanted.list = std::move(categories.list);
  wanted.enabled = !is_off;
  for (const std::string_view word : words.subspan(1)) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view key = word.substr(0, equals),
                           value = word.substr(std::min(equals + 1, word.size()));
    if (key == "start")
      wanted.starts_on = is_switched_on(name, key, value);
    else if (key == "forced")
      wanted.is_forced = is_switched_on(name, key, value);
    else if (!take_category_name(wanted.general_names, name, key, value))
      refuse_category_word(name, word, kForm);
  }
  categories = std::move(wanted);
}

void add_mail_category(MailCategoriesSettings& categories, std::string_view name,
                       std::span<const std::string_view> words) {
  MailCategorySettings category;
  if (!words.empty()) category.id = words.front();
  const bool is_id = !category.id.empty() && category.id.size() <= kMaxCategoryId &&
                     std::all_of(category.id.begin(), category.id.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0; });
  if (!is_id || category.id == "general" || category.id == "none")
    refuse_category_word(name, category.id, kCategoryForm);
  for (const std::string_view word : words.subspan(1)) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view key = word.substr(0, equals),
                           value = word.substr(std::min(equals + 1, word.size()));
    if (key == "active") {
      category.starts_active = is_switched_on(name, key, value);
    } else if (key == "forced") {
      category.is_forced = is_switched_on(name, key, value);
    } else if (key == "kind" && (value == "user" || value == "system")) {
      category.is_user = value == "user";
    } else if (key == "keyword" && is_category_keyword(value)) {
      category.keyword = value;
    } else if (key == "from") {
      take_senders(category.senders, name, value);
    } else if (!take_category_name(category.names, name, key, value)) {
      refuse_category_word(name, word, kCategoryForm);
    }
  }
  if (category.keyword.empty()) category.keyword = "$" + category.id;
  for (const MailCategorySettings& each : categories.list)
    if (each.id == category.id || equal_ignoring_ascii_case(each.keyword, category.keyword))
      throw DirectiveError(
          fmt::format("{} \"{}\": another category has this id or keyword", name, category.id));
  if (categories.list.size() == kMaxCategories)
    throw DirectiveError(fmt::format("{}: at most {} categories", name, kMaxCategories));
  categories.list.push_back(std::move(category));
}

}  // namespace gw::apache

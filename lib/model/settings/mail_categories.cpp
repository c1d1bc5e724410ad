#include "model/settings/mail_categories.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/settings/availability.hpp"

namespace gw::model::settings {
namespace {

constexpr std::size_t kMaxCategoryName = 255;

using Names = std::vector<std::pair<std::string, std::string>>;

/// That of the locale, else of its language, else the one for all.
std::string name_for(const Names& names, std::string_view locale, std::string_view fallback) {
  for (const std::string_view wanted : {locale, locale.substr(0, locale.find('_')), std::string_view()}) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == wanted; });
    if (found != names.end()) return found->second;
  }
  return std::string(fallback);
}

const MailCategorySettings* find_settings(const MailCategoriesSettings& settings, std::string_view id) {
  const auto found = std::find_if(settings.list.begin(), settings.list.end(),
                                  [&](const MailCategorySettings& each) { return each.id == id; });
  return found == settings.list.end() ? nullptr : &*found;
}

/// `noted`: true when they are made, else the time of the last try.
CategoryRules rules_of(const MailCategoriesSettings& settings, const Json& noted, Millis now) {
  const bool has_senders = std::any_of(settings.list.begin(), settings.list.end(),
                                       [](const auto& each) { return !each.senders.empty(); });
  if (!has_senders || noted.is_true()) return CategoryRules::Made;
  return noted.as_integer() + kRulesPause > now.value ? CategoryRules::Waiting : CategoryRules::Wanted;
}

Json permissions_of(const MailCategory& category) {
  Json permissions = Json::array();
  permissions.append(Json::string("teach"));
  if (category.may_switch) permissions.append(Json::string("disable"));
  if (category.is_user) permissions.append(Json::string("rename"));
  return permissions;
}

Json write_category(std::string_view id, std::string_view name, bool is_active, Json permissions) {
  Json object = Json::object();
  object.set("id", Json::string(id));
  object.set("name", Json::string(name));
  object.set("active", Json::boolean(is_active));
  object.set("permissions", std::move(permissions));
  return object;
}

/// One element of the client's list. Errors: SVL-0010.
void take_choice(const MailCategoriesSettings& settings, Json& chosen, const Json& sent) {
  const std::string id(sent.get("id").as_string());
  const MailCategorySettings* known = find_settings(settings, id);
  if (known == nullptr) return;
  Json own = chosen.get(id.c_str());
  if (!own.is_object()) own = Json::object();
  const auto active = sent.get("active").to_boolean();
  if (active && !known->is_forced) own.set("active", Json::boolean(*active));
  if (const Json name = sent.get("name"); known->is_user && name.is_string()) {
    const std::string_view text = trim(name.as_string());
    if (text.empty() || count_characters(text) > kMaxCategoryName || has_control_characters(text))
      throw ApiError(errors::svl::kBadParameter,
                     {"name", std::string(first_characters(text, kMaxCategoryName))});
    own.set("name", Json::string(text));
  }
  chosen.set(id, std::move(own));
}

}  // namespace

const MailCategory* MailCategories::find(std::string_view id) const {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const MailCategory& each) { return each.id == id; });
  return found == list.end() ? nullptr : &*found;
}

MailCategories make_mail_categories(const Caller& caller, const Settings& settings, const Json& choices,
                                    Millis now) {
  MailCategories categories;
  categories.is_offered = has_mail_categories(caller, settings);
  if (!categories.is_offered) return categories;
  const MailCategoriesSettings& offered = settings.categories;
  categories.may_switch = !offered.is_forced;
  categories.is_on = offered.starts_on;
  if (const auto chosen = choices.get("enabled").to_boolean(); chosen && !offered.is_forced)
    categories.is_on = *chosen;
  categories.general_name = name_for(offered.general_names, caller.locale, "General");
  const Json chosen = choices.get("list");
  for (const MailCategorySettings& each : offered.list) {
    const Json own = chosen.get(each.id.c_str());
    MailCategory category{each.id,
                          each.keyword.empty() ? "$" + each.id : each.keyword,
                          name_for(each.names, caller.locale, each.id),
                          each.is_user,
                          each.starts_active,
                          !each.is_forced,
                          each.senders};
    if (const auto active = own.get("active").to_boolean(); active && category.may_switch)
      category.is_active = *active;
    if (const Json name = own.get("name"); each.is_user && name.is_string()) category.name = name.as_string();
    categories.list.push_back(std::move(category));
  }
  categories.rules = rules_of(offered, choices.get("rules"), now);
  return categories;
}

Json to_json(const MailCategories& categories) {
  if (!categories.is_offered) return {};
  Json list = Json::array();
  list.append(write_category(kGeneralCategory, categories.general_name, true, Json::array()));
  for (const MailCategory& each : categories.list)
    list.append(write_category(each.id, each.name, each.is_active, permissions_of(each)));
  Json object = Json::object();
  object.set("enabled", Json::boolean(categories.is_on));
  object.set("forced", Json::boolean(!categories.may_switch));
  object.set("list", std::move(list));
  return object;
}

Json merge_category_choices(const MailCategoriesSettings& settings, const Json& choices, const Json& sent) {
  Json merged = choices.is_object() ? choices.deep_copy() : Json::object();
  if (const auto enabled = sent.get("enabled").to_boolean(); enabled && !settings.is_forced)
    merged.set("enabled", Json::boolean(*enabled));
  const Json list = sent.get("list");
  if (!list.is_array()) return merged;
  Json chosen = merged.get("list");
  if (!chosen.is_object()) chosen = Json::object();
  for (std::size_t i = 0; i < list.size(); ++i) take_choice(settings, chosen, list.at(i));
  merged.set("list", std::move(chosen));
  return merged;
}

}  // namespace gw::model::settings

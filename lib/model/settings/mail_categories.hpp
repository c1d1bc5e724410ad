// The categories of a user's inbox: what the administrator offers, and what the user made of it. Which mails
// are in them is lib/mailbox/categories. Source: spec mail-push-and-extras section 4.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "core/settings.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::settings {

/// The config leaf that holds the user's choices; clients have it in the document io.ox/mail as `categories`.
inline constexpr std::string_view kCategoriesPath = "modules/mail/categories";
/// Reserved ids: what is in no category, and all mails.
inline constexpr std::string_view kGeneralCategory = "general", kNoCategory = "none";

struct MailCategory {
  std::string id, keyword, name;
  bool is_user = false;  ///< made by the user's rules alone, and he names it
  bool is_active = true;
  bool may_switch = true;
  std::vector<std::string> senders{};  ///< the administrator's, lower case
};

/// The user's rules for these senders, which are made once.
enum class CategoryRules { Made, Wanted, Waiting };

struct MailCategories {
  bool is_offered = false;  ///< the user has the capability
  bool is_on = false;
  bool may_switch = true;
  std::string general_name;
  std::vector<MailCategory> list;
  CategoryRules rules = CategoryRules::Made;
  /// Null: there is no such category.
  [[nodiscard]] const MailCategory* find(std::string_view id) const;
};

/// After a failure the rules are tried again, but not before. Units: ms
inline constexpr std::int64_t kRulesPause = 3'600'000;

/// `choices`: what merge_category_choices gave; missing: none yet. Names are in the caller's language.
MailCategories make_mail_categories(const Caller& caller, const Settings& settings, const Json& choices,
                                    Millis now);
/// Cost: one query, none where categories are not offered.
MailCategories load_mail_categories(UnitOfWork& work);

/// The rules are made; `is_made` false: somebody begins to make them now, and nobody else does for a while.
void note_category_rules(UnitOfWork& work, bool is_made);

/// `{enabled, forced, list: [{id, name, active, permissions}]}`; missing where they are not offered.
Json to_json(const MailCategories& categories);

/// The choices after a client sent the object of to_json, or a part of it. What the user may not change, and
/// ids that are not known, are passed over. Errors: SVL-0010 for a name that is empty or longer than 255
/// characters.
Json merge_category_choices(const MailCategoriesSettings& settings, const Json& choices, const Json& sent);

}  // namespace gw::model::settings

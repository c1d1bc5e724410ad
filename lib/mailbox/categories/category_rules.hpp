// The rules that put mails into categories when they arrive: one for each category, among the user's other
// rules. Source: spec mail-push-and-extras section 4, mailfilter sections 1 and 4.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/sieve/json.hpp"
#include "mail/sieve/rule.hpp"
#include "model/settings/mail_categories.hpp"

namespace gw::mailbox::categories {

/// Flag of these rules.
inline constexpr std::string_view kCategoryRule = "category";
/// Addresses of one category. Errors beyond it: MAIL_FILTER-0025.
inline constexpr std::size_t kMaxTrained = 1'000;

/// Mails from these addresses go to the category `id` from now on, and to no other; "general" is no other.
/// The rules stand before all others, since what files a mail files it with the flags that it has then. Rules
/// of the flag that somebody gave another test are left alone. Addresses are lower case. Errors:
/// MAIL_FILTER-0025.
void train(mail::sieve::Script& script, const model::settings::MailCategories& categories,
           std::string_view id, const std::vector<std::string>& addresses,
           const mail::sieve::Context& context);
/// The same with the senders that the administrator named for each category.
void train_predefined(mail::sieve::Script& script, const model::settings::MailCategories& categories,
                      const mail::sieve::Context& context);

}  // namespace gw::mailbox::categories

// Which mails are in a category, and putting them there: a category is a keyword. Source: spec
// mail-push-and-extras section 4, mail section 6.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/search_term.hpp"
#include "mailbox/mailbox.hpp"
#include "model/settings/mail_categories.hpp"

namespace gw::mailbox::categories {

using model::settings::MailCategories;

/// What mails of a category have. "general": none of the active keywords; "none" and empty: everything. A
/// mail with keywords of both kinds is in the user's category. Where categories are off, nothing is in any.
/// Errors: MSG-0103 for an id that is not known or not active.
mail::SearchTerm term_of(const MailCategories& categories, std::string_view id);

/// Unseen mails of the inbox, by category. Cost: one search each.
std::map<std::string, std::int64_t> count_unread(Mailbox& mailbox, const MailCategories& categories,
                                                 const std::vector<std::string>& ids);

/// Takes the keywords of all other categories away and sets that of `id`; "general" sets none.
/// Errors: MSG-0103; MSG-0046 for another folder than the inbox of the primary account; MSG-0087 where it
/// keeps no keywords.
void move_mails(Mailbox& mailbox, const MailCategories& categories, std::string_view id,
                const FolderPath& folder, std::span<const mail::Uid> uids);

/// Does so with the mails of the inbox that these addresses sent, the newest kMaxRetagged of them. Addresses
/// are lower case.
void move_mails_from(Mailbox& mailbox, const MailCategories& categories, std::string_view id,
                     const std::vector<std::string>& addresses);
inline constexpr std::size_t kMaxRetagged = 10'000;

}  // namespace gw::mailbox::categories

#include "mailbox/categories/category_mails.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mailbox::categories {
namespace {

using mail::joined_term;
using mail::leaf_term;
using mail::SearchTerm;
using model::settings::kGeneralCategory;
using model::settings::kNoCategory;
using model::settings::MailCategory;
using Kind = mail::SearchTerm::Kind;

constexpr std::string_view kInbox = "INBOX";

/// Errors: MSG-0103.
const MailCategory& active_category(const MailCategories& categories, std::string_view id) {
  const MailCategory* found = categories.is_on ? categories.find(id) : nullptr;
  if (found == nullptr || !found->is_active) throw ApiError(errors::msg::kUnknownCategory, {std::string(id)});
  return *found;
}

void require_inbox(const FolderPath& folder) {
  if (folder.account != 0 || !equal_ignoring_ascii_case(folder.fullname, kInbox))
    throw ApiError(errors::msg::kBadParameter, {"folder_id", format_folder_path(folder)});
}

}  // namespace

SearchTerm term_of(const MailCategories& categories, std::string_view id) {
  if (id.empty() || id == kNoCategory) return {};
  const bool is_general = id == kGeneralCategory;
  if (is_general && !categories.is_on) return {};
  const MailCategory* wanted = is_general ? nullptr : &active_category(categories, id);
  std::vector<SearchTerm> terms;
  if (wanted != nullptr) terms.push_back(leaf_term(Kind::Keyword, wanted->keyword));
  for (const MailCategory& each : categories.list) {
    if (!each.is_active || &each == wanted) continue;
    // Keywords of users count before those of the system.
    const bool shuts_out = is_general || (each.is_user && !wanted->is_user);
    if (shuts_out) terms.push_back(negate(leaf_term(Kind::Keyword, each.keyword)));
  }
  return joined_term(Kind::And, std::move(terms));
}

std::map<std::string, std::int64_t> count_unread(Mailbox& mailbox, const MailCategories& categories,
                                                 const std::vector<std::string>& ids) {
  std::map<std::string, SearchTerm> terms;
  for (const std::string& id : ids)
    terms.emplace(id, both(mail::flag_term(mail::Flag::Seen, false), term_of(categories, id)));
  std::map<std::string, std::int64_t> counts;
  mail::MessageStorage& inbox = mailbox.messages(0);
  for (auto& [id, term] : terms) {
    mail::Query query;
    query.term = std::move(term);
    query.sort = mail::SortField::Id;
    // Behind all of them: only the number is wanted.
    query.range = {SIZE_MAX - 1, SIZE_MAX};
    counts[id] = static_cast<std::int64_t>(inbox.search(kInbox, query, {}).total);
  }
  return counts;
}

void move_mails(Mailbox& mailbox, const MailCategories& categories, std::string_view id,
                const FolderPath& folder, std::span<const mail::Uid> uids) {
  const MailCategory* wanted = id == kGeneralCategory ? nullptr : &active_category(categories, id);
  require_inbox(folder);
  if (uids.empty()) return;
  mail::MessageStorage& inbox = mailbox.messages(0);
  if (!inbox.keeps_keywords(folder.fullname))
    throw ApiError(errors::msg::kUnsupportedOperation, {"keywords"});
  std::vector<std::string> others;
  for (const MailCategory& each : categories.list)
    if (&each != wanted) others.push_back(each.keyword);
  if (!others.empty()) inbox.change_flags(folder.fullname, uids, {}, others, false);
  if (wanted != nullptr) inbox.change_flags(folder.fullname, uids, {}, {wanted->keyword}, true);
}

void move_mails_from(Mailbox& mailbox, const MailCategories& categories, std::string_view id,
                     const std::vector<std::string>& addresses) {
  std::vector<SearchTerm> terms;
  for (const std::string& address : addresses) terms.push_back(leaf_term(Kind::From, address));
  mail::Query query;
  query.term = joined_term(Kind::Or, std::move(terms));
  query.descending = true;
  query.range = {0, kMaxRetagged};
  std::vector<mail::Uid> uids;
  mail::FetchSet envelopes;
  envelopes.add(mail::Fetch::Envelope);
  for (const mail::Message& found : mailbox.messages(0).search(kInbox, query, envelopes).messages) {
    // The server looks for parts of addresses and for names, too.
    const bool is_sender = std::any_of(found.from.begin(), found.from.end(), [&](const mail::Address& from) {
      return std::find(addresses.begin(), addresses.end(), to_lower_ascii(from.address)) != addresses.end();
    });
    if (is_sender) uids.push_back(found.uid);
  }
  move_mails(mailbox, categories, id, {0, std::string(kInbox)}, uids);
}

}  // namespace gw::mailbox::categories

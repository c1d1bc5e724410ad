// What the lists of module `mail` are asked for, and their rows. Source: spec mail sections 4 to 6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "ajax/action.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "mailbox/mailbox.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::ajax {

struct MailOrder {
  mail::SortField field = mail::SortField::Received;
  bool descending = false;
  bool is_by_thread = false;  ///< conversations one behind the other, answers below what they answer
};
/// Parameters `sort` and `order`. Errors: MSG-0001 sort without order, MSG-0031, MSG-1011.
MailOrder parse_mail_order(const Arguments& arguments);
/// `left_hand_limit` and `right_hand_limit`, or `limit`.
mail::Range parse_mail_range(const Arguments& arguments);
/// `categoryid`. Errors: MSG-0103.
mail::SearchTerm category_term(const Invocation& invocation);
/// `unseen` and `deleted`. Hidden are mails that are deleted and seen, as the running server does it.
mail::SearchTerm filter_term(const Arguments& arguments);
/// Errors: MSG-0001, MSG-1002.
mailbox::FolderPath asked_mail_folder(const Invocation& invocation);

/// With `more` when a part of the list was asked for.
Response answer_chunk(std::string rows, const mail::Range& range, std::size_t total);
/// Accounts that could not tell.
void warn_of(Response& response, const mailbox::unified::UnifiedMail& unified);

/// Rows of mails with their folder's unread count, which is asked for once and only if it is a column.
class MailRows {
 public:
  /// Parameters `columns` (else `fallback`) and `headers`. All must outlive it.
  MailRows(const Invocation& invocation, mailbox::Mailbox& mailbox, std::string_view fallback = {});
  [[nodiscard]] mail::FetchSet needs() const { return needs_of(cells_); }
  /// From now on mails are shown as those of this folder of unified mail; empty: of their own.
  void show_in(std::string folder) { shown_folder_ = std::move(folder); }
  [[nodiscard]] std::string shown_id(std::int64_t account, const mail::Message& mail) const;
  /// Behind the rows so far.
  void add(std::int64_t account, const mail::Message& mail);
  /// The array of all rows, as text.
  [[nodiscard]] std::string take();
  /// The columns as members of an object.
  Json object(std::int64_t account, const mail::Message& mail);

 private:
  MailView view(std::int64_t account, const mail::Message& mail);
  std::int64_t unread_of(const mailbox::FolderPath& folder);

  const Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  MailCells cells_;
  bool needs_unread_ = false;
  std::string shown_folder_;
  std::map<std::string, std::int64_t> unread_;
  std::string text_;
};

}  // namespace gw::ajax

// What a mail server tells of a mail that it has just delivered, and what becomes of it: an event for the
// mailbox's owner. The other end is mail/imap/notification. Source: spec push-modern section 5,
// mail-push-and-extras 2.1.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "ajax/runtime.hpp"
#include "model/event.hpp"

namespace gw::ajax {

inline constexpr std::size_t kLongestMailNews = 64 * 1024;

/// Reads the body of Dovecot's driver "ox". Folder 1 of the event stands for the INBOX; its data is what
/// browsers get: folder, id, cid, email, displayname, subject, teaser and unread, as far as they were told.
/// Errors: HttpError 400 for what is no such body; empty for what nobody hears of: other events than new
/// mail, other folders than INBOX, and names that are no user's.
std::optional<model::Event> read_mail_news(std::string_view body);

/// Tells the user's browsers, push clients and subscriptions. A user that does not exist is no error, else
/// the mail server would try again.
/// Errors: as read_mail_news; Unavailable when the database does not answer.
/// Cost: the look-up of the user; nothing waits for those who are told.
void tell_mail_news(Runtime& runtime, std::string_view body);

}  // namespace gw::ajax

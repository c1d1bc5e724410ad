// Scheduling mails beside the work of requests: those that a request has caused go out at its end, those that
// came in are taken when their user looks at his calendar or his INBOX. Never an error of the request.
#pragma once

#include "ajax/action.hpp"
#include "mail/message.hpp"
#include "mailbox/folder_path.hpp"
#include "model/calendar/scheduling_event.hpp"

namespace gw::mailbox {
class Mailbox;
}

namespace gw::ajax {

/// Whether a request has written letters into the outbox. Threads: one.
class ScheduledMails final : public model::calendar::SchedulingSink {
 public:
  void take(const model::calendar::SchedulingEvent&) const noexcept override { are_waiting_ = true; }
  void letters_wait() const noexcept override { are_waiting_ = true; }
  [[nodiscard]] bool are_waiting() const { return are_waiting_; }

 private:
  mutable bool are_waiting_ = false;
};

/// A server is configured that takes mails, and GroupwareScheduling is on.
bool sends_scheduling_mails(const Runtime& runtime);
/// Sends what is due for the session's user (mailbox/scheduling/outbox_sender.hpp).
void send_scheduled(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                    const session::Session& session) noexcept;

/// For reading calendars: once a minute for each user, first what is due goes out, then what is new in the
/// INBOX is taken. After a failure of a mail server not before ten minutes.
void visit_inbox(Invocation& invocation) noexcept;
/// For lists of mails: where the folder is the INBOX and `newest`, the highest uid that was seen, was not
/// looked at yet. Cost: one select when there is nothing to do.
void take_news(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder, mail::Uid newest) noexcept;

}  // namespace gw::ajax

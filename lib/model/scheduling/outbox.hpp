// Scheduling mails that must go out: written in the transaction of the change they tell of, so that no change
// is ever told that did not happen, and none that happened is forgotten. Sending them needs the mail account
// of whoever made the change, so his sessions do it (mailbox/scheduling/outbox_sender.hpp).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/scheduling_event.hpp"
#include "model/scheduling/task_notice.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::scheduling {

/// A mail is tried for that long, with growing pauses.
inline constexpr Milliseconds kFirstPause{60'000}, kLongestPause{6 * 3'600'000}, kTriedFor{48 * 3'600'000};
/// Who claims a letter has to send it within that time.
inline constexpr Milliseconds kClaimLife{10 * 60'000};

/// What happened, and the one who must hear of it.
struct Letter {
  std::int64_t id = 0;
  std::int64_t message = 0;
  Millis created;
  int tries = 0;                    ///< that failed
  std::string claim;                ///< whose it is: a token of claim_due
  Millis claimed_until;             ///< beyond it others may have it
  calendar::SchedulingEvent event;  ///< without recipients; of tasks id, UID and title alone
  calendar::CalendarUser recipient;
  std::optional<TaskNotice> task;  ///< it tells of a task
};

/// Who of the recipients gets a mail: addresses outside, and users of this server where they are told at all;
/// never groups, rooms and the actor himself.
bool is_told(const calendar::SchedulingEvent& event, const calendar::CalendarUser& recipient);

/// Keeps the letters of a change. Nothing is written when nobody is to be told, or when the actor has no
/// mail. Cost: a statement, and one for each recipient.
void enqueue(Transaction& transaction, const calendar::SchedulingEvent& event);

/// The same of a task. Nothing is written where nobody sends mails. Recipients beyond kMostToldOfTask are not
/// told; neither is who acts.
void enqueue(Transaction& transaction, const TaskNotice& notice,
             std::span<const calendar::CalendarUser> recipients);
inline constexpr std::size_t kMostToldOfTask = 1'000;

/// Letters of the caller whose time has come, oldest first. They are his for kClaimLife: no other process
/// gets them meanwhile. None within kFirstPause of a failure that was of the server (see put_back): each
/// would cost its request the time-out of the server. Cost: one select when there are none; a transaction
/// when there are.
std::vector<Letter> claim_due(UnitOfWork& work, std::size_t most);
/// Whether there is still time to send it. Afterwards it belongs to whoever claims it next.
bool is_held(const UnitOfWork& work, const Letter& letter);
/// It is out: nobody shall send it once more, whoever has it meanwhile.
void drop_sent(UnitOfWork& work, const Letter& letter);

/// What became of a letter that was not sent.
enum class Fate {
  Waits,  ///< is tried again
  Gone,   ///< is not: its sender must be told
  Lost,   ///< the claim was over; somebody else decides
};
/// Nobody will ever take it. Gone or Lost.
Fate give_up(UnitOfWork& work, const Letter& letter);
/// To be tried again, unless it was tried for kTriedFor. `of_server`: nothing else would go, either.
Fate put_back(UnitOfWork& work, const Letter& letter, std::string_view why, bool of_server);
/// Was claimed, but not tried.
void give_back(UnitOfWork& work, std::span<const Letter> letters);

/// How long to wait after so many failures.
Milliseconds pause_after(int failures);

}  // namespace gw::model::scheduling

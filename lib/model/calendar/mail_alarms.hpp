// Reminders by mail (action EMAIL): which are due, and that each goes out once. Who sends: first claims, in a
// transaction that looks at the event as it is now, then sends without any connection, then marks. A crash in
// between leaves a claim that ends, and the next one sends with the same Message-ID. Composing and sending is
// mailbox/reminders'. Source: spec chronos section 9, users p25, RFC 9074 (acknowledged).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/calendar/alarm_ledger.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

/// How long is tried to send one. Its event may be over before: then it goes, too.
inline constexpr Milliseconds kMailPatience{86'400'000};
/// For how long the ledger knows what was sent.
inline constexpr Milliseconds kLedgerLife{31LL * 86'400'000};

struct ClaimedMail {
  store::LedgerKey key;
  store::LedgerEntry entry;
  std::int64_t alarm = 0;
  FolderId folder;  ///< where the user sees the event
  /// Of a series: which occurrence.
  std::optional<EventTime> recurrence_id;
};

/// Makes an event that has no row, as the user of the work sees it now: a birthday. Gives nothing where he
/// has none by this number. Runs inside of transactions. An empty function: the events are rows.
using EventMaker = std::function<std::optional<EventData>(UnitOfWork& work, ObjectId event)>;

enum class ClaimState {
  Claimed,    ///< send it, then mark_mailed, postpone_mail or pass_over
  Settled,    ///< nobody is to be reminded: sent before, acknowledged, declined, gone, over, moved
  Elsewhere,  ///< somebody else is at it
  GivenUp,    ///< the last try was too long ago
};
struct MailClaim {
  ClaimState state = ClaimState::Settled;
  ClaimedMail mail;  ///< of Claimed
};

/// `work`: the user's whose reminder it is. `life`: longer than sending lasts. Also puts the index of due
/// times right where it no longer says what the event does.
MailClaim claim_mail(UnitOfWork& work, const store::DueMail& due, Milliseconds life,
                     const EventMaker& maker = {});
/// It was sent: the alarm is acknowledged for that time, and the next occurrence becomes due.
void mark_mailed(UnitOfWork& work, const ClaimedMail& mail, const EventMaker& maker = {});
/// It could not be sent; it is due again after one minute, then two, four and five.
void postpone_mail(UnitOfWork& work, const ClaimedMail& mail);
/// Nobody can be reminded: no account, no address, no right to read. The next occurrence becomes due; the
/// alarm stays as it is. Of an event that is made none becomes due as long as it cannot be made.
void pass_over(UnitOfWork& work, const store::DueMail& due, const EventMaker& maker = {});

}  // namespace gw::model::calendar

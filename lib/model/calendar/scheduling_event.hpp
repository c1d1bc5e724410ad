// What a sender of scheduling mails needs to know of a change. It is written into the outbox with the change
// (model/scheduling/outbox.hpp) and handed to Environment::scheduling after COMMIT, which sends what is due.
// Source: RFC 5546 (iTIP), spec chronos section 12.
#pragma once

#include <string>
#include <vector>

#include "core/ids.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

/// Stored in the outbox: never renumber.
enum class SchedulingMethod {
  Request = 0,
  Cancel = 1,
  Reply = 2,
  Counter = 3,
  Refresh = 4,
  DeclineCounter = 5
};

struct SchedulingEvent {
  ContextId context;
  UserId actor;
  /// For whom he acts: the attendee for Reply, Counter and Refresh, the organizer for the others.
  CalendarUser originator;
  SchedulingMethod method = SchedulingMethod::Request;
  /// The event as it is now; of Cancel as it was.
  EventData event;
  /// Of a series: its exceptions, as they are now.
  std::vector<EventData> exceptions;
  /// Whom it concerns: attendees for Request and Cancel, the organizer for Reply. The originator is not among
  /// them.
  std::vector<CalendarUser> recipients;
  /// What changed; all members of a new event.
  EventFields changed;
  bool is_new = false;  ///< the recipients did not take part before
  std::int64_t sequence = 0;
  std::string comment;
  /// false: recipients on this server want no mail.
  bool notifies_internal = true;
};

/// Called once for each change, without a connection and outside of any transaction.
class SchedulingSink {
 public:
  virtual ~SchedulingSink() = default;
  virtual void take(const SchedulingEvent& event) const noexcept = 0;
  /// Other letters than those of events were written.
  virtual void letters_wait() const noexcept {}
};

}  // namespace gw::model::calendar

// What a sender of scheduling mails needs to know of a change: handed out after COMMIT to
// Environment::scheduling. Nobody listens yet: mails to attendees outside this server are a later part of the
// suite. Source: RFC 5546 (iTIP), spec chronos section 12.
#pragma once

#include <string>
#include <vector>

#include "core/ids.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

enum class SchedulingMethod { Request, Cancel, Reply, Counter };

struct SchedulingEvent {
  ContextId context;
  UserId actor;
  /// For whom he acts: the organizer for Request and Cancel, the attendee for Reply.
  CalendarUser originator;
  SchedulingMethod method = SchedulingMethod::Request;
  /// The event as it is now; of Cancel as it was.
  EventData event;
  /// Whom it concerns: attendees for Request and Cancel, the organizer for Reply. The originator is not among
  /// them.
  std::vector<CalendarUser> recipients;
  /// What changed; all members of a new event.
  EventFields changed;
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
};

}  // namespace gw::model::calendar

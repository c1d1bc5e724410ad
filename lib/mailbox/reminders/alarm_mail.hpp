// The mail that reminds somebody of an event. From values to a message; when and to whom it goes is
// mail_alarm_job's. Source: spec chronos section 9, RFC 5545 section 3.6.6 (EMAIL).
#pragma once

#include <string>

#include "core/time.hpp"
#include "mail/address.hpp"
#include "mail/mime/composition.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::mailbox::reminders {

struct AlarmMail {
  const model::calendar::EventData& event;  ///< as the recipient sees it; of a series the occurrence
  mail::Address from, to;
  std::string locale;  ///< of the recipient; English unless its language has a table here
  TimeZone zone = TimeZone::utc();
  std::string message_id;  ///< with brackets
};

/// Text and HTML: what, when, where, who invited, and what was noted. What people typed is cut and cannot add
/// a header.
mail::mime::Composition compose_alarm_mail(const AlarmMail& about);

}  // namespace gw::mailbox::reminders

// A contact's birthday as a series of events. Pure. Source: spec chronos section 14.
#pragma once

#include <string>
#include <string_view>

#include "model/calendar/event_data.hpp"
#include "model/caller.hpp"
#include "model/contacts/contact.hpp"

namespace gw::calendars::birthdays {

/// A year up to this one stands for "no year". Source: spec contacts section 1.
inline constexpr std::int32_t kNoYear = 1604;

/// Every year, all day, leaving the reader free; born on 29 February it is the last day of February, as in
/// the lists of contacts. The id is that of the contact: the numbers of a context are given out once.
/// `contact` must have a birthday.
model::calendar::EventData birthday_event(const model::contacts::Contact& contact,
                                          const model::Caller& caller);

/// Puts the age into the summary of an occurrence, where the year of birth is known.
void add_age(model::calendar::EventData& occurrence, Date birthday);

/// What the calendar is called.
std::string_view calendar_title(std::string_view locale);

}  // namespace gw::calendars::birthdays

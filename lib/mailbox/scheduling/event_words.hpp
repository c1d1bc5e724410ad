// When and what an event is, in words for people: of mails and of the differences that clients show.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "mailbox/scheduling/scheduling_words.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::mailbox::scheduling {

/// daily, weekly …; empty for what is no series.
std::string_view frequency_words(const model::calendar::EventData& event, const Words& words);
/// One line, without controls, at most 200 characters; the word for "no title" where there is none.
std::string title_of(const model::calendar::EventData& event, const Words& words);
/// `name <address>` or what there is of it.
std::string person_words(const model::calendar::CalendarUser& user);

/// Title, time, place, series of the event, as label and value; empty values are left out.
using Facts = std::vector<std::pair<std::string_view, std::string>>;
Facts facts_of(const model::calendar::EventData& event, const Words& words, const TimeZone& zone);
/// `Where: Room 1 -> Room 2` for each fact that differs.
std::vector<std::string> differences(const model::calendar::EventData& before,
                                     const model::calendar::EventData& after, const Words& words,
                                     const TimeZone& zone);

}  // namespace gw::mailbox::scheduling

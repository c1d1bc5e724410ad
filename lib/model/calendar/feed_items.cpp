// From a component as a stranger wrote it to one that can be stored: nothing is refused that can be cut.
#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/feed_events.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kMostFeedAttendees = 100, kMostFeedCategories = 100;
constexpr std::size_t kLongestFeedName = 255, kLongestFeedAddress = 512, kLongestFeedUid = 760;

/// Characters that an event may not have become blanks.
std::string clean_text(std::string_view text, std::size_t longest, bool is_one_line) {
  std::string clean(first_characters(replace_invalid_utf8(text), longest));
  for (char& letter : clean) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool is_break = letter == '\n' || letter == '\r' || letter == '\t';
    if (byte == 0x7F || (byte < 0x20 && (is_one_line || !is_break))) letter = ' ';
  }
  return clean;
}

struct CutRule {
  std::optional<std::string> EventData::*member;
  std::size_t longest;
  bool is_one_line;
};
// Limits of event_checks.cpp; a description of a megabyte is nobody's, in a feed of five.
constexpr CutRule kCutRules[] = {{&EventData::summary, 255, false},
                                 {&EventData::location, 255, false},
                                 {&EventData::description, 100'000, false}};
// Half an address is none: these are dropped when they are too long.
constexpr CutRule kDropRules[] = {
    {&EventData::color, 32, true}, {&EventData::url, 767, true}, {&EventData::related_to, 767, true}};

bool fits_line(std::string_view text, std::size_t longest) { return clean_text(text, longest, true) == text; }

/// False: nobody could be told who that is.
bool fit_user(CalendarUser& user) {
  user.entity = user.sent_by_entity = 0;
  user.cn = clean_text(user.cn, kLongestFeedName, true);
  if (!fits_line(user.email, kLongestFeedName)) user.email.clear();
  if (!fits_line(user.sent_by_uri, kLongestFeedAddress)) user.sent_by_uri.clear();
  return fits_line(user.uri, kLongestFeedAddress);
}

void fit_people(EventData& event) {
  if (event.organizer && !fit_user(*event.organizer)) event.organizer.reset();
  std::erase_if(event.attendees, [](Attendee& attendee) { return !fit_user(attendee); });
  if (event.attendees.size() > kMostFeedAttendees) event.attendees.resize(kMostFeedAttendees);
  for (Attendee& attendee : event.attendees) {
    attendee.folder = {};
    attendee.member.clear();
    attendee.parameters.clear();
    if (attendee.comment) attendee.comment = clean_text(*attendee.comment, 1'000, false);
  }
}

void fit_members(EventData& event) {
  for (const CutRule& rule : kCutRules)
    if (auto& text = event.*rule.member) text = clean_text(*text, rule.longest, rule.is_one_line);
  for (const CutRule& rule : kDropRules)
    if (auto& text = event.*rule.member; text && !fits_line(*text, rule.longest)) text.reset();
  event.uid = clean_text(event.uid, kLongestFeedUid, true);
  event.filename.reset();
  if (event.categories.size() > kMostFeedCategories) event.categories.resize(kMostFeedCategories);
  for (std::string& category : event.categories) category = clean_text(category, kLongestFeedName, true);
  if (!event.extended.is_missing() && event.extended.dump().size() > kLongestExtended) event.extended = {};
  event.alarms.clear();
  event.attachments.clear();
  event.attendees_may_modify = false;
}

}  // namespace

bool fit_feed_item(EventInput& input) {
  EventData& event = input.event;
  if (!input.sent.has(EventField::StartDate)) return false;
  fit_members(event);
  fit_people(event);
  for (const EventField dropped : {EventField::Alarms, EventField::Attachments, EventField::Filename})
    input.sent.set(dropped, false);
  try {
    check_sent(input);
    complete_end(event, input.sent.has(EventField::EndDate));
    settle_times(event);
  } catch (const ApiError&) {
    return false;
  }
  return true;
}

}  // namespace gw::model::calendar

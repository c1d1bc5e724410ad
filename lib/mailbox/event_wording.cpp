#include "mailbox/event_wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/local_time.hpp"

namespace gw::mailbox {
namespace {

using model::calendar::EventData;
using model::calendar::EventTime;
using model::calendar::TimeKind;

struct CalendarWords {
  std::string_view language;             ///< begin of a locale
  std::array<std::string_view, 7> days;  ///< Thursday first, as 1970 began with one
  std::array<std::string_view, 12> months;
  std::string_view date;   ///< weekday, day, month, year
  std::string_view clock;  ///< behind a time
  EventLabels labels;
};

/// The first one is for all languages that have none.
constexpr CalendarWords kCalendarWords[] = {
    {"en",
     {"Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"},
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December"},
     "{}, {} {} {}",
     "",
     {.when = "When", .where = "Where", .untitled = "(no title)"}},
    {"de",
     {"Donnerstag", "Freitag", "Samstag", "Sonntag", "Montag", "Dienstag", "Mittwoch"},
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
      "November", "Dezember"},
     "{}, {}. {} {}",
     " Uhr",
     {.when = "Wann", .where = "Wo", .untitled = "(ohne Titel)"}},
};

const CalendarWords& calendar_words(std::string_view locale) {
  const auto* found =
      std::find_if(std::begin(kCalendarWords), std::end(kCalendarWords),
                   [&](const CalendarWords& each) { return locale.starts_with(each.language); });
  return found == std::end(kCalendarWords) ? kCalendarWords[0] : *found;
}

std::string day_in_words(Date date, const CalendarWords& words) {
  constexpr int kWeek = 7;
  const CivilDay day = civil_day(date);
  const int weekday = (date.days % kWeek + kWeek) % kWeek;
  return fmt::format(fmt::runtime(words.date), words.days.at(static_cast<std::size_t>(weekday)), day.day,
                     words.months.at(static_cast<std::size_t>(day.month - 1)), day.year);
}

std::string clock_time(LocalTime time) {
  const std::int64_t minutes = time.second_of_day() / 60;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

LocalTime wall_time(const EventTime& time, const TimeZone& reader) {
  return time.kind == TimeKind::Floating ? time.local : reader.local_at(instant_of(time, reader));
}

}  // namespace

const EventLabels& event_labels(std::string_view locale) { return calendar_words(locale).labels; }

std::string describe_time(const EventData& event, const TimeZone& reader, std::string_view locale) {
  const CalendarWords& words = calendar_words(locale);
  if (event.start.kind == TimeKind::Date) {
    const Date first = event.start.local.date();
    const Date last{std::max(first.days, event.end.local.date().days - 1)};
    std::string text = day_in_words(first, words);
    if (last > first) text += " - " + day_in_words(last, words);
    return text;
  }
  const LocalTime from = wall_time(event.start, reader), until = wall_time(event.end, reader);
  std::string text = day_in_words(from.date(), words) + ", " + clock_time(from);
  if (until > from) {
    text += " - ";
    if (until.date() != from.date()) text += day_in_words(until.date(), words) + ", ";
    text += clock_time(until);
  }
  text += words.clock;
  if (event.start.kind != TimeKind::Floating) text += " (" + reader.name() + ")";
  return text;
}

}  // namespace gw::mailbox

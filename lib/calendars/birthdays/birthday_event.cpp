#include "calendars/birthdays/birthday_event.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/account_folders.hpp"

namespace gw::calendars::birthdays {
namespace {

namespace calendar = model::calendar;

struct Title {
  std::string_view language;
  std::string_view title;
};
constexpr Title kTitles[] = {{"en", "Birthdays"},  {"de", "Geburtstage"}, {"fr", "Anniversaires"},
                             {"es", "Cumpleaños"}, {"it", "Compleanni"},  {"nl", "Verjaardagen"}};

constexpr std::size_t kLongestSummary = 250;

std::string name_of(const model::contacts::Contact& contact) {
  if (contact.display_name && !contact.display_name->empty()) return *contact.display_name;
  std::string name = contact.first_name.value_or("");
  if (!name.empty() && contact.last_name) name += ' ';
  name += contact.last_name.value_or("");
  return name;
}

std::string yearly_rule(CivilDay day) {
  constexpr int kFebruary = 2, kLeapDay = 29;
  if (day.month == kFebruary && day.day == kLeapDay) return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1";
  return fmt::format("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}", day.month, day.day);
}

}  // namespace

calendar::EventData birthday_event(const model::contacts::Contact& contact, const model::Caller& caller) {
  const Date birthday = contact.birthday.value_or(Date{});
  calendar::EventData event;
  event.id = event.series = ObjectId(contact.id);
  event.folder = model::folders::kBirthdayFolder;
  event.uid = fmt::format("birthday-{}-{}", caller.context.value, contact.id);
  event.calendar_user = caller.user;
  event.created_by = UserId(contact.created_by);
  event.modified_by = UserId(contact.modified_by);
  event.created = contact.creation_date;
  event.last_modified = event.timestamp = contact.last_modified;
  event.start = calendar::all_day(birthday);
  event.end = calendar::all_day(Date{birthday.days + 1});
  event.rrule = yearly_rule(civil_day(birthday));
  event.summary = std::string(first_characters(name_of(contact), kLongestSummary));
  event.is_transparent = true;
  return event;
}

void add_age(calendar::EventData& occurrence, Date birthday) {
  const std::int32_t born = civil_day(birthday).year;
  const std::int32_t age = civil_day(occurrence.start.local.date()).year - born;
  if (born <= kNoYear || age <= 0 || !occurrence.summary) return;
  *occurrence.summary += fmt::format(" ({})", age);
}

std::string_view calendar_title(std::string_view locale) {
  const std::string_view language = locale.substr(0, locale.find_first_of("_-"));
  for (const Title& known : kTitles)
    if (known.language == language) return known.title;
  return kTitles[0].title;
}

}  // namespace gw::calendars::birthdays

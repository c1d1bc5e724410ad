#include "mailbox/scheduling/event_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/local_time.hpp"
#include "core/text.hpp"
#include "model/calendar/calendar_people.hpp"
#include "recurrence/rule.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventTime;
using calendar::TimeKind;

constexpr std::size_t kMostOfLine = 200;

LocalTime shown(const EventTime& time, const TimeZone& zone) {
  if (time.kind == TimeKind::Date || time.kind == TimeKind::Floating) return time.local;
  return zone.local_at(calendar::instant_of(time, zone));
}

std::string day_words(LocalTime time, const Words& words) {
  const std::string text = format_basic_date(time.date());
  if (text.size() != 8) return text;
  const auto number = [&](std::size_t from, std::size_t length) {
    return static_cast<int>(parse_integer(std::string_view(text).substr(from, length)).value_or(1));
  };
  // 1970-01-01 was a Thursday.
  const auto weekday = static_cast<std::size_t>(((time.date().days + 4) % 7 + 7) % 7);
  const auto month = static_cast<std::size_t>(std::clamp(number(4, 2), 1, 12) - 1);
  return fmt::format("{}, {}{} {} {}", words.days.at(weekday), number(6, 2), words.is_day_dotted ? "." : "",
                     words.months.at(month), number(0, 4));
}

std::string clock_words(LocalTime time) {
  const std::int64_t minutes = time.second_of_day() / 60;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      ' ');
  return std::string(first_characters(trim(line), kMostOfLine));
}

std::string fill_in(std::string_view text, std::string_view who, std::string_view what) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$' || i + 1 == text.size()) {
      filled += text[i];
      continue;
    }
    filled += text[++i] == '1' ? who : what;
  }
  return filled;
}

std::string time_words(const EventData& event, const Words& words, const TimeZone& zone) {
  const LocalTime from = shown(event.start, zone);
  LocalTime until = shown(event.end, zone);
  if (event.start.kind == TimeKind::Date) {
    if (until > from) until.seconds -= LocalTime::kDaySeconds;
    if (until.date() == from.date()) return fmt::format("{} ({})", day_words(from, words), words.all_day);
    return fmt::format("{} - {} ({})", day_words(from, words), day_words(until, words), words.all_day);
  }
  std::string text = fmt::format("{}, {}", day_words(from, words), clock_words(from));
  if (until.date() == from.date())
    text += until == from ? "" : " - " + clock_words(until);
  else
    text += fmt::format(" - {}, {}", day_words(until, words), clock_words(until));
  if (event.start.kind != TimeKind::Floating) text += fmt::format(" ({})", zone.name());
  return text;
}

std::string_view frequency_words(const EventData& event, const Words& words) {
  if (!event.rrule) return {};
  const recurrence::ParsedRule rule = recurrence::parse_rule(*event.rrule);
  if (rule.state != recurrence::RuleState::Ok) return {};
  switch (rule.rule.frequency) {
    case recurrence::Frequency::Daily:
      return words.frequencies[0];
    case recurrence::Frequency::Weekly:
      return words.frequencies[1];
    case recurrence::Frequency::Monthly:
      return words.frequencies[2];
    case recurrence::Frequency::Yearly:
      return words.frequencies[3];
    default:
      return {};
  }
}

std::string title_of(const EventData& event, const Words& words) {
  std::string title = one_line(event.summary.value_or(""));
  return title.empty() ? std::string(words.untitled) : title;
}

std::string person_words(const calendar::CalendarUser& user) {
  std::string address = user.email.empty() ? calendar::address_of_uri(user.uri) : user.email;
  const std::string name = one_line(user.cn);
  if (name.empty() || name == address) return one_line(address);
  return address.empty() ? name : fmt::format("{} <{}>", name, one_line(address));
}

Facts facts_of(const EventData& event, const Words& words, const TimeZone& zone) {
  Facts facts{{words.title, title_of(event, words)}, {words.when, time_words(event, words, zone)}};
  if (const std::string_view often = frequency_words(event, words); !often.empty())
    facts.emplace_back(words.repeats, often);
  if (const std::string place = one_line(event.location.value_or("")); !place.empty())
    facts.emplace_back(words.where, place);
  return facts;
}

std::vector<std::string> differences(const EventData& before, const EventData& after, const Words& words,
                                     const TimeZone& zone) {
  const Facts old = facts_of(before, words, zone), now = facts_of(after, words, zone);
  const auto value_of = [](const Facts& facts, std::string_view label) {
    for (const auto& [name, value] : facts)
      if (name == label) return value;
    return std::string("-");
  };
  std::vector<std::string> lines;
  for (const std::string_view label : {words.title, words.when, words.repeats, words.where}) {
    const std::string was = value_of(old, label), is = value_of(now, label);
    if (was != is) lines.push_back(fmt::format("{}: {} -> {}", label, was, is));
  }
  return lines;
}

}  // namespace gw::mailbox::scheduling

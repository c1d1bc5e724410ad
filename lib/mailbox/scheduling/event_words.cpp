#include "mailbox/scheduling/event_words.hpp"

#include <fmt/format.h>

#include "mailbox/event_wording.hpp"
#include "mailbox/typed_text.hpp"
#include "model/calendar/calendar_people.hpp"
#include "recurrence/rule.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;

}  // namespace

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
  std::string title = as_one_line(event.summary.value_or(""));
  return title.empty() ? std::string(event_labels(words.language).untitled) : title;
}

std::string person_words(const calendar::CalendarUser& user) {
  std::string address = user.email.empty() ? calendar::address_of_uri(user.uri) : user.email;
  const std::string name = as_one_line(user.cn);
  if (name.empty() || name == address) return as_one_line(address);
  return address.empty() ? name : fmt::format("{} <{}>", name, as_one_line(address));
}

Facts facts_of(const EventData& event, const Words& words, const TimeZone& zone) {
  const EventLabels& labels = event_labels(words.language);
  Facts facts{{words.title, title_of(event, words)},
              {labels.when, describe_time(event, zone, words.language)}};
  if (const std::string_view often = frequency_words(event, words); !often.empty())
    facts.emplace_back(words.repeats, often);
  if (const std::string place = as_one_line(event.location.value_or("")); !place.empty())
    facts.emplace_back(labels.where, place);
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
  const EventLabels& labels = event_labels(words.language);
  for (const std::string_view label : {words.title, labels.when, words.repeats, labels.where}) {
    const std::string was = value_of(old, label), is = value_of(now, label);
    if (was != is) lines.push_back(fmt::format("{}: {} -> {}", label, was, is));
  }
  return lines;
}

}  // namespace gw::mailbox::scheduling

#include "mailbox/scheduling/itip_message.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "formats/ical/component_reader.hpp"
#include "formats/ical/event_reader.hpp"
#include "mailbox/scheduling/itip_files.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/calendar/delegation.hpp"
#include "model/calendar/event_checks.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
namespace ical = formats::ical;
using calendar::EventField;

struct MethodWord {
  Method method;
  std::string_view word;
};
constexpr std::array<MethodWord, 8> kMethods{{{Method::Publish, "PUBLISH"},
                                              {Method::Request, "REQUEST"},
                                              {Method::Reply, "REPLY"},
                                              {Method::Add, "ADD"},
                                              {Method::Cancel, "CANCEL"},
                                              {Method::Refresh, "REFRESH"},
                                              {Method::Counter, "COUNTER"},
                                              {Method::DeclineCounter, "DECLINECOUNTER"}}};

// Comments become comments of attendees, in characters. Delegations of one attendee.
constexpr std::size_t kLongestComment = 1'000, kMostDelegations = 20;

/// Uris that are addresses in one spelling; some programs write the address alone, or EMAIL beside a number.
void settle_user(calendar::CalendarUser& user) {
  user.entity = user.sent_by_entity = 0;
  if (calendar::address_of_uri(user.uri).empty() && !user.email.empty())
    user.uri = calendar::mail_uri(user.email);
  else if (const std::string address = calendar::address_of_uri(user.uri); !address.empty())
    user.uri = calendar::mail_uri(address);
  std::replace_if(
      user.cn.begin(), user.cn.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  user.cn = std::string(first_characters(user.cn, 255));
}

// Of what others write is kept what fits; see model/calendar/event_checks.
constexpr std::size_t kLongestTitle = 255, kLongestAddress = 767, kLongestProperty = 8'192,
                      kMostCategories = 100;

void clean(std::string& text, std::size_t longest) {
  std::erase_if(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  });
  text = std::string(first_characters(text, longest));
}

/// An invitation is not lost for a title that is too long: texts are cut, what cannot be cut is left out.
void fit(calendar::EventInput& input) {
  calendar::EventData& event = input.event;
  for (auto* text : {&event.summary, &event.location})
    if (*text) clean(**text, kLongestTitle);
  if (event.description) clean(*event.description, kLargestMessage);
  const std::pair<EventField, std::optional<std::string>*> links[] = {
      {EventField::Url, &event.url},
      {EventField::RelatedTo, &event.related_to},
      {EventField::Color, &event.color}};
  for (const auto& [field, text] : links) {
    if (!*text ||
        ((*text)->size() <= kLongestAddress && (*text)->find_first_of("\r\n\t") == std::string::npos))
      continue;
    text->reset();
    input.sent.set(field, false);
  }
  if (event.categories.size() > kMostCategories) event.categories.resize(kMostCategories);
  for (std::string& category : event.categories) clean(category, kLongestTitle);
  if (!event.extended.is_object()) return;
  Json kept = Json::object();
  event.extended.for_each_member([&](std::string_view name, const Json& value) {
    if (value.get("value").as_string().size() <= kLongestProperty) kept.set(std::string(name), value);
  });
  event.extended = std::move(kept);
}

/// Answers may come without a start: the times then count for nothing.
std::optional<ical::ReadEvent> read_component(ical::Item& item, ical::ZoneResolver& zones) {
  std::vector<ical::Warning> warnings;
  const bool has_start = item.start.has_value();
  if (!has_start && !item.end)
    item.start = item.recurrence_id.value_or(ical::DateValue{ical::DateKind::Utc, {}, {}});
  auto read = ical::read_event(item, zones, warnings);
  if (read && !has_start) {
    read->sent.set(EventField::StartDate, false);
    read->sent.set(EventField::EndDate, false);
  }
  return read;
}

calendar::InvitationPart make_part(ical::ReadEvent&& read, const ical::Item& item) {
  calendar::InvitationPart part;
  part.input.event = std::move(read.event);
  part.input.sent = read.sent;
  part.input.original = std::move(read.original);
  part.input.event.alarms.clear();
  part.input.sent.set(EventField::Alarms, false);
  part.stamp = item.stamp.value_or(item.last_modified.value_or(Millis{}));
  if (part.input.event.organizer) settle_user(*part.input.event.organizer);
  for (calendar::Attendee& attendee : part.input.event.attendees) {
    settle_user(attendee);
    std::erase_if(attendee.parameters,
                  [](const auto& parameter) { return !calendar::is_delegation(parameter.first); });
    if (attendee.parameters.size() > kMostDelegations) attendee.parameters.resize(kMostDelegations);
  }
  fit(part.input);
  std::string comment = join(item.comments, "\n");
  std::erase_if(comment,
                [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; });
  part.comment = first_characters(trim(comment), kLongestComment);
  return part;
}

calendar::Invitation& invitation_of(ItipMessage& message, const std::string& uid) {
  for (calendar::Invitation& each : message.invitations)
    if (each.uid == uid) return each;
  message.invitations.push_back({uid, {}, {}});
  return message.invitations.back();
}

/// Of several versions in one text the last counts.
void add_part(calendar::Invitation& invitation, calendar::InvitationPart&& part) {
  const auto& id = part.input.event.recurrence_id;
  if (!id) {
    invitation.main = std::move(part);
    return;
  }
  for (calendar::InvitationPart& known : invitation.occurrences)
    if (known.input.event.recurrence_id == id) {
      known = std::move(part);
      return;
    }
  invitation.occurrences.push_back(std::move(part));
}

void read_object(ItipMessage& message, ical::CalendarObject& object, const std::vector<TimeZone>& preferred) {
  const ical::ItemYears years = ical::years_of(object.items);
  ical::ZoneResolver zones(object.zones, preferred, years.from, years.until);
  for (ical::Item& item : object.items) {
    if (item.kind != ical::ItemKind::Event || !item.uid || item.uid->empty()) continue;
    std::vector<calendar::InvitationFile> files = take_files(item.source);
    auto read = read_component(item, zones);
    if (!read) continue;
    calendar::InvitationPart part = make_part(std::move(*read), item);
    part.files = std::move(files);
    add_part(invitation_of(message, *item.uid), std::move(part));
  }
}

}  // namespace

Method find_method(std::string_view word) {
  for (const MethodWord& row : kMethods)
    if (equal_ignoring_ascii_case(trim(word), row.word)) return row.method;
  return Method::None;
}

std::string_view word_of(Method method) {
  for (const MethodWord& row : kMethods)
    if (row.method == method) return row.word;
  return {};
}

std::optional<ItipMessage> read_itip(std::string_view text, std::string_view fallback,
                                     const std::vector<TimeZone>& zones) {
  if (text.size() > kLargestMessage) return std::nullopt;
  const ical::ReadText read = ical::read_components(text);
  if (read.error != ical::ReadError::None) return std::nullopt;
  ItipMessage message;
  std::size_t events = 0;
  for (const ical::Component& component : read.calendars) {
    ical::CalendarObject object = ical::read_calendar(component);
    events += object.items.size();
    if (events > kMostEvents) return std::nullopt;
    const Method named = find_method(object.method.value_or(""));
    if (message.method == Method::None) message.method = named;
    // One mail says one thing: calendars with another method are passed over.
    if (named != Method::None && named != message.method) continue;
    read_object(message, object, zones);
  }
  if (message.method == Method::None) message.method = find_method(fallback);
  return message;
}

}  // namespace gw::mailbox::scheduling

// Events, tasks and free/busy times of an iCalendar text as typed structs, without zones resolved: between
// text and model. What has no member here stays in `source`. Sources: RFC 5545, 7953 (availability), 7986
// (colour, images, conference), 9074 (alarms).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/ical/component_reader.hpp"
#include "formats/ical/values.hpp"
#include "recurrence/rule.hpp"

namespace gw::formats::ical {

using Text = std::optional<std::string>;

/// ATTENDEE or ORGANIZER. Words of the RFC in upper case; an unknown word is kept.
struct Attendee {
  std::string uri;                  ///< as written: `mailto:anna@example.org`
  std::string name;                 ///< CN
  std::string kind;                 ///< CUTYPE
  std::string role;                 ///< ROLE
  std::string status;               ///< PARTSTAT
  std::optional<bool> wants_reply;  ///< RSVP
  std::string sent_by, directory, language;
  std::string email;  ///< EMAIL, where the URI is no mail address
  std::vector<std::string> member, delegated_to, delegated_from;
  /// X- and unknown parameters in order.
  std::vector<Parameter> others;
  bool operator==(const Attendee&) const = default;

  /// The address behind `mailto:`, else EMAIL; empty when there is neither.
  [[nodiscard]] std::string mail_address() const;
};

/// When an alarm goes off: a time of the wall of UTC, or so long after the start or end.
struct Trigger {
  std::optional<Millis> at;
  DurationValue after;       ///< without `at`
  bool is_from_end = false;  ///< RELATED=END
  bool operator==(const Trigger&) const = default;
};

struct Alarm {
  std::string action;  ///< DISPLAY, AUDIO, EMAIL or another, upper case
  std::optional<Trigger> trigger;
  std::optional<Millis> acknowledged;
  Text uid, related_to, description, summary;
  std::optional<DurationValue> repeat_after;
  int repeat = 0;
  std::vector<Attendee> attendees;
  Component source;
};

enum class ItemKind { Event, Todo, Journal, FreeBusy, Availability, Available };

/// A time of FREEBUSY with its FBTYPE, upper case, "BUSY" when it has none.
struct BusyTime {
  PeriodValue period;
  std::string type;
};

/// One VEVENT, VTODO, VJOURNAL, VFREEBUSY, VAVAILABILITY or AVAILABLE.
struct Item {
  ItemKind kind = ItemKind::Event;
  Text uid;
  std::optional<DateValue> start, end;  ///< DTSTART; DTEND or DUE
  std::optional<DurationValue> duration;
  std::optional<DateValue> recurrence_id;
  bool is_this_and_future = false;  ///< RANGE=THISANDFUTURE
  std::optional<recurrence::ParsedRule> rule;
  std::vector<PeriodValue> extra;  ///< RDATE
  std::vector<DateValue> deleted;  ///< EXDATE
  std::optional<Millis> stamp, created, last_modified, completed;
  Text summary, description, location, status, transparency, classification, url, color, busy_type;
  std::optional<std::pair<double, double>> geo;  ///< latitude, longitude
  std::optional<int> priority, percent, sequence;
  std::vector<std::string> categories, related_to, comments;
  std::optional<Attendee> organizer;
  std::vector<Attendee> attendees;
  std::vector<Alarm> alarms;
  std::vector<BusyTime> busy;
  std::vector<Item> available;  ///< AVAILABLE inside of VAVAILABILITY
  /// X- properties in order: extended properties of the API.
  std::vector<Property> extensions;
  Component source;
};

struct CalendarObject {
  Text method, product, name, description, color, zone_name;  ///< X-WR-CALNAME and NAME; X-WR-TIMEZONE
  std::optional<DurationValue> refresh_interval;
  std::vector<Item> items;
  std::vector<Component> zones;  ///< VTIMEZONE
  std::vector<Warning> warnings;
};

/// Reads one VCALENDAR. Nothing is refused: a property whose value is none is left out of the typed members,
/// with a warning, and stays in `source`. Missing uids, stamps and ends stay missing: see items.hpp.
CalendarObject read_calendar(const Component& calendar);

Attendee read_attendee(const Property& property);
Property attendee_property(std::string_view name, const Attendee& attendee);
Alarm read_alarm(const Component& component, std::vector<Warning>& warnings);
/// TRIGGER with VALUE and RELATED as needed.
Property trigger_property(const Trigger& trigger);

}  // namespace gw::formats::ical

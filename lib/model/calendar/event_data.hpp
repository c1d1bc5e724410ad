// An event as iCalendar knows it (RFC 5545 VEVENT), the one shape that chronos, the classic calendar, iTIP
// and CalDAV are views of. Local time plus zone is the truth; instants are an index that is computed from it.
// Source: spec chronos sections 1-5, 9.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/json.hpp"
#include "core/local_time.hpp"
#include "core/time.hpp"

namespace gw::model::calendar {

enum class TimeKind { Date, Floating, Utc, Zoned };

/// Start or end of an event, or the original start of an occurrence. For `Date` the time of day is 00:00.
struct EventTime {
  TimeKind kind = TimeKind::Utc;
  LocalTime local;
  std::string zone;  ///< IANA name; only for Zoned
  bool operator==(const EventTime&) const = default;
};
/// The instant; floating and all-day ones as seen in `viewer`. Cost: a zone look-up.
Millis instant_of(const EventTime& time, const TimeZone& viewer);

/// Stored as numbers: never renumber.
enum class Classification { Public = 0, Private = 1, Confidential = 2 };
enum class EventStatus { None = 0, Tentative = 1, Confirmed = 2, Cancelled = 3 };
enum class PartStat { NeedsAction = 0, Accepted = 1, Declined = 2, Tentative = 3, Delegated = 4 };
enum class CuType { Individual = 0, Group = 1, Resource = 2, Room = 3, Unknown = 4 };
enum class AttendeeRole { Chair = 0, Required = 1, Optional = 2, None = 3 };

/// Who a calendar address stands for. `entity` 0: somebody outside.
struct CalendarUser {
  std::int64_t entity = 0;
  std::string uri;  ///< `mailto:…`, non-ASCII domains percent-encoded
  std::string cn;
  std::string email;
  /// Who acts for him.
  std::string sent_by_uri;
  std::int64_t sent_by_entity = 0;
  bool operator==(const CalendarUser&) const = default;
};

struct Attendee : CalendarUser {
  CuType cu_type = CuType::Individual;
  AttendeeRole role = AttendeeRole::Required;
  PartStat part_stat = PartStat::NeedsAction;
  std::optional<std::string> comment;
  std::optional<bool> rsvp;
  std::vector<std::string> member;  ///< URIs of the groups through which he takes part
  FolderId folder;         ///< where an internal user sees the event; 0 in public folders and for others
  bool is_hidden = false;  ///< he deleted it for himself
  /// His own view of busy or free; absent: the event's.
  std::optional<bool> is_transparent;
  std::vector<std::pair<std::string, std::string>> parameters;  ///< unknown ones, kept
  bool operator==(const Attendee&) const = default;
};

/// `trigger` is an offset in seconds (relative to start or end) or an instant.
struct Alarm {
  std::int64_t id = 0;
  std::string uid;
  std::string action = "DISPLAY";
  std::optional<std::int64_t> offset_seconds;
  bool is_related_to_end = false;
  std::optional<Millis> at;
  std::optional<Millis> acknowledged;
  std::string related_uid;  ///< of the alarm that this one snoozes
  std::string description, summary;
  std::vector<CalendarUser> attendees;  ///< of EMAIL alarms
  Json rest;                            ///< other properties, kept
};

struct EventAttachment {
  std::int64_t managed_id = 0;
  std::string filename, format_type, uri;
  std::int64_t size = 0;
  Millis created;
};

struct Geo {
  double latitude = 0, longitude = 0;
  bool operator==(const Geo&) const = default;
};

struct EventData {
  ObjectId id;
  FolderId folder;  ///< where the reader sees it; stored: the public folder, or 0 when the attendees' folders
                    ///< count
  ObjectId series;  ///< 0: single event; its own id: master; else exception
  std::optional<EventTime> recurrence_id;  ///< original start, of exceptions and expanded occurrences
  std::string uid;
  std::optional<std::string> filename;
  UserId calendar_user, created_by, modified_by;
  Millis created, last_modified;
  Millis timestamp;  ///< the stamp of the last write here
  std::int64_t sequence = 0;
  EventTime start, end;
  std::optional<std::string> rrule;
  std::vector<EventTime> recurrence_dates;        ///< RDATE
  std::vector<EventTime> delete_exception_dates;  ///< EXDATE
  std::vector<EventTime> change_exception_dates;  ///< read only
  std::optional<std::string> summary, location, description, color, url;
  std::vector<std::string> categories;
  std::optional<Geo> geo;
  Classification classification = Classification::Public;
  EventStatus status = EventStatus::None;
  bool is_transparent = false;
  bool attendees_may_modify = false;  ///< attendeePrivileges MODIFY
  std::optional<CalendarUser> organizer;
  std::vector<Attendee> attendees;
  std::vector<Alarm> alarms;  ///< of the calendar user who looks
  std::vector<EventAttachment> attachments;
  std::optional<std::string> related_to;
  Json extended;  ///< extendedProperties: object of {value, parameters}; X- properties and unknown ones
};

/// Members that a request names or a client sent. Order is that of the table in
/// ajax/chronos/event_members.cpp.
enum class EventField : unsigned {
  Id,
  Folder,
  SeriesId,
  RecurrenceId,
  Uid,
  Filename,
  CalendarUser,
  CreatedBy,
  ModifiedBy,
  Created,
  LastModified,
  Timestamp,
  Sequence,
  StartDate,
  EndDate,
  Rrule,
  RecurrenceDates,
  DeleteExceptionDates,
  ChangeExceptionDates,
  Summary,
  Location,
  Description,
  Color,
  Url,
  Categories,
  Geo,
  Class,
  Status,
  Transp,
  AttendeePrivileges,
  Organizer,
  Attendees,
  Alarms,
  Attachments,
  RelatedTo,
  ExtendedProperties,
  Flags,
  Count_
};

class EventFields {
 public:
  constexpr EventFields() = default;
  constexpr EventFields(std::initializer_list<EventField> list) {
    for (EventField field : list) set(field);
  }
  static constexpr EventFields all() {
    EventFields fields;
    fields.bits_ = (std::uint64_t{1} << static_cast<unsigned>(EventField::Count_)) - 1;
    return fields;
  }
  constexpr void set(EventField field, bool on = true) {
    const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(field);
    bits_ = on ? bits_ | bit : bits_ & ~bit;
  }
  [[nodiscard]] constexpr bool has(EventField field) const {
    return ((bits_ >> static_cast<unsigned>(field)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool has_any(EventFields others) const { return (bits_ & others.bits_) != 0; }
  [[nodiscard]] constexpr bool is_empty() const { return bits_ == 0; }

 private:
  std::uint64_t bits_ = 0;
};

/// What chronos section 4 names; computed for the calendar user of the folder. Values are bit numbers.
enum class EventFlag : unsigned {
  Attachments,
  Alarms,
  Scheduled,
  Organizer,
  OrganizerOnBehalf,
  Attendee,
  AttendeeOnBehalf,
  Private,
  Confidential,
  Transparent,
  EventTentative,
  EventConfirmed,
  EventCancelled,
  NeedsAction,
  Accepted,
  Declined,
  Tentative,
  Delegated,
  Series,
  Overridden,
  FirstOccurrence,
  LastOccurrence,
  Count_
};
std::string_view name_of(EventFlag flag);

/// What a reader gets: the event and its flags.
struct SeenEvent {
  EventData event;
  std::uint32_t flags = 0;
  [[nodiscard]] bool has(EventFlag flag) const { return ((flags >> static_cast<unsigned>(flag)) & 1U) != 0; }
};

}  // namespace gw::model::calendar

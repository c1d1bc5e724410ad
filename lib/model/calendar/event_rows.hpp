// How an event and an attendee become columns, in one table each. Internal to the store.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar::store {

/// Spans longer than this (UTC ms) are long: they are few, and looked through apart.
inline constexpr std::int64_t kShortSpan = 8 * 86'400'000LL;

/// Values of columns that an event does not hold as such. Views that are bound point into it.
struct RenderedEvent {
  explicit RenderedEvent(const EventData& data);
  const EventData& event;
  EventSpan span;
  std::string tzdata, recurrence_id, recurrence_dates, delete_exceptions, search_text, categories, geo,
      extended;
  [[nodiscard]] bool is_long() const { return span.until.value - span.from.value > kShortSpan; }
};

struct EventColumn {
  std::string_view name;
  sql::Value (*bind)(const RenderedEvent& rendered);
  /// nullptr: nothing reads it, it is searched by.
  void (*read)(EventRow& row, const sql::Query& query, int column);
  bool is_text = false;  ///< Parts::texts
};
/// All but cid, in the order they are read; without the counters of attachments, which set_attachments keeps.
std::span<const EventColumn> event_columns();

struct RenderedAttendee {
  RenderedAttendee(const Attendee& data, std::int64_t place);
  const Attendee& attendee;
  std::int64_t position;
  std::string member_of, parameters;
};
/// Of the zone data that this process has loaded; it never changes while it runs.
const std::string& loaded_tzdata();

struct AttendeeColumn {
  std::string_view name;
  sql::Value (*bind)(const RenderedAttendee& rendered);
  void (*read)(Attendee& attendee, const sql::Query& query, int column);
};
/// All but cid, event and the times that its event's row has, too.
std::span<const AttendeeColumn> attendee_columns();

}  // namespace gw::model::calendar::store

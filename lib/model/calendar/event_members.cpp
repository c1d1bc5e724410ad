#include "model/calendar/event_members.hpp"

#include <utility>

namespace gw::model::calendar {
namespace {

template <class T>
bool is_equal_value(const T& a, const T& b) {
  return a == b;
}
/// Null and absent are the same: nothing is there.
bool is_equal_value(const Json& a, const Json& b) {
  const bool a_empty = a.is_missing() || a.is_null(), b_empty = b.is_missing() || b.is_null();
  return a_empty || b_empty ? a_empty == b_empty : a.equals(b);
}

struct PlainMember {
  EventField field;
  bool is_inherited = false;
  bool is_weighty = false;
  bool (*equal)(const EventData& a, const EventData& b);
  void (*copy)(EventData& to, const EventData& from);
};

template <auto member>
constexpr PlainMember plain_member(EventField field, bool inherited = false, bool weighty = false) {
  return {field, inherited, weighty,
          [](const EventData& a, const EventData& b) { return is_equal_value(a.*member, b.*member); },
          [](EventData& to, const EventData& from) { to.*member = from.*member; }};
}

constexpr PlainMember kPlainMembers[] = {
    plain_member<&EventData::filename>(EventField::Filename),
    plain_member<&EventData::start>(EventField::StartDate, false, true),
    plain_member<&EventData::end>(EventField::EndDate, false, true),
    plain_member<&EventData::rrule>(EventField::Rrule, false, true),
    plain_member<&EventData::recurrence_dates>(EventField::RecurrenceDates, false, true),
    plain_member<&EventData::delete_exception_dates>(EventField::DeleteExceptionDates, false, true),
    plain_member<&EventData::summary>(EventField::Summary, true, true),
    plain_member<&EventData::location>(EventField::Location, true, true),
    plain_member<&EventData::description>(EventField::Description, true, true),
    plain_member<&EventData::color>(EventField::Color, true),
    plain_member<&EventData::url>(EventField::Url, true),
    plain_member<&EventData::categories>(EventField::Categories, true),
    plain_member<&EventData::geo>(EventField::Geo, true),
    plain_member<&EventData::classification>(EventField::Class, true),
    plain_member<&EventData::status>(EventField::Status, true, true),
    plain_member<&EventData::is_transparent>(EventField::Transp, true),
    plain_member<&EventData::attendees_may_modify>(EventField::AttendeePrivileges, true),
    plain_member<&EventData::related_to>(EventField::RelatedTo),
    plain_member<&EventData::extended>(EventField::ExtendedProperties),
};

template <class Chosen>
EventFields members_where(Chosen chosen) {
  EventFields fields;
  for (const PlainMember& row : kPlainMembers)
    if (chosen(row)) fields.set(row.field);
  return fields;
}

}  // namespace

EventFields changeable_members() {
  return members_where([](const PlainMember&) { return true; });
}
EventFields inherited_members() {
  return members_where([](const PlainMember& row) { return row.is_inherited; });
}
EventFields weighty_members() {
  return members_where([](const PlainMember& row) { return row.is_weighty; });
}

EventFields announced_members() {
  EventFields fields = weighty_members();
  for (const EventField field :
       {EventField::StartDate, EventField::EndDate, EventField::Rrule, EventField::RecurrenceDates,
        EventField::DeleteExceptionDates, EventField::Summary, EventField::Location, EventField::Description,
        EventField::Status, EventField::Url, EventField::Geo})
    fields.set(field);
  return fields;
}

EventFields differing_members(const EventData& a, const EventData& b, EventFields among) {
  return members_where([&](const PlainMember& row) { return among.has(row.field) && !row.equal(a, b); });
}

void copy_members(EventData& to, const EventData& from, EventFields which) {
  for (const PlainMember& row : kPlainMembers)
    if (which.has(row.field)) row.copy(to, from);
}

EventFields without(EventFields which, EventFields other) {
  EventFields left;
  for (unsigned i = 0; i < static_cast<unsigned>(EventField::Count_); ++i) {
    const auto field = static_cast<EventField>(i);
    if (which.has(field) && !other.has(field)) left.set(field);
  }
  return left;
}

EventFields both_of(EventFields a, EventFields b) { return without(a, without(a, b)); }

bool inherit_members(EventData& exception, const EventData& before, const EventData& after) {
  const EventFields changed = differing_members(before, after, inherited_members());
  const EventFields untouched = without(changed, differing_members(exception, before, changed));
  // The members of a series are of one class, whatever the exception says.
  EventFields taken = untouched;
  if (changed.has(EventField::Class)) taken.set(EventField::Class);
  const bool changes = !differing_members(exception, after, taken).is_empty();
  copy_members(exception, after, taken);
  return changes;
}

}  // namespace gw::model::calendar

// The table of appointments. Source: spec columns sections 1, 3 and 5.
#include <algorithm>
#include <iterator>

#include "ajax/calendar/appointment.hpp"

namespace gw::ajax {
namespace {

using model::Wire;
using model::calendar::EventField;
using model::calendar::EventFields;

constexpr model::FieldCodec<Appointment> kParticipantsCodec{
    [](const Appointment& a) { return a.participants; }};
constexpr model::FieldCodec<Appointment> kUsersCodec{[](const Appointment& a) { return a.users; }};
constexpr model::FieldCodec<Appointment> kConfirmationsCodec{
    [](const Appointment& a) { return a.confirmations; }};
constexpr model::FieldCodec<Appointment> kChangeCodec{
    [](const Appointment& a) { return a.change_exceptions; }};
constexpr model::FieldCodec<Appointment> kDeleteCodec{
    [](const Appointment& a) { return a.delete_exceptions; }};
constexpr unsigned kView = model::kReadOnly | model::kNotStored;

constexpr model::Field<Appointment> kTable[] = {
    {1, "id", "", &Appointment::id, kView, 0, Wire::IdAsString},
    {2, "created_by", "", &Appointment::created_by, kView},
    {3, "modified_by", "", &Appointment::modified_by, kView},
    {4, "creation_date", "", &Appointment::created, kView, 0, Wire::Time},
    {5, "last_modified", "", &Appointment::last_modified, kView, 0, Wire::Time},
    {6, "last_modified_utc", "", &Appointment::last_modified, kView, 0, Wire::Timestamp},
    {20, "folder_id", "", &Appointment::folder, kView, 0, Wire::IdAsString},
    {100, "categories", "", &Appointment::categories, kView},
    {101, "private_flag", "", &Appointment::is_private, kView},
    {102, "color_label", "", &Appointment::color_label, kView},
    {104, "number_of_attachments", "", &Appointment::number_of_attachments, kView},
    {105, "lastModifiedOfNewestAttachmentUTC", "", &Appointment::newest_attachment, kView, 0,
     Wire::Timestamp},
    {200, "title", "", &Appointment::title, kView},
    {201, "start_date", "", &Appointment::start, kView},
    {202, "end_date", "", &Appointment::end, kView},
    {203, "note", "", &Appointment::note, kView},
    {204, "alarm", "", &Appointment::alarm, kView},
    {206, "recurrence_id", "", &Appointment::series, kView},
    {207, "recurrence_position", "", &Appointment::position, kView},
    {208, "recurrence_date_position", "", &Appointment::date_position, kView},
    {209, "recurrence_type", "", &Appointment::recurrence_type, kView},
    {210, "change_exceptions", "", &Appointment::id, kView, 0, Wire::Plain, &kChangeCodec},
    {211, "delete_exceptions", "", &Appointment::id, kView, 0, Wire::Plain, &kDeleteCodec},
    {212, "days", "", &Appointment::days, kView},
    {213, "day_in_month", "", &Appointment::day_in_month, kView},
    {214, "month", "", &Appointment::month, kView},
    {215, "interval", "", &Appointment::interval, kView},
    {216, "until", "", &Appointment::until, kView},
    {220, "participants", "", &Appointment::id, kView, 0, Wire::Plain, &kParticipantsCodec},
    {221, "users", "", &Appointment::id, kView, 0, Wire::Plain, &kUsersCodec},
    {222, "occurrences", "", &Appointment::occurrences, kView},
    {223, "uid", "", &Appointment::uid, kView},
    {224, "organizer", "", &Appointment::organizer, kView},
    {225, "sequence", "", &Appointment::sequence, kView},
    {226, "confirmations", "", &Appointment::id, kView, 0, Wire::Plain, &kConfirmationsCodec},
    {227, "organizerId", "", &Appointment::organizer_id, kView, 0, Wire::ZeroIsAbsent},
    {228, "principal", "", &Appointment::principal, kView},
    {229, "principalId", "", &Appointment::principal_id, kView, 0, Wire::ZeroIsAbsent},
    {400, "location", "", &Appointment::location, kView},
    {401, "full_time", "", &Appointment::is_full_time, kView},
    {402, "shown_as", "", &Appointment::shown_as, kView},
    {408, "timezone", "", &Appointment::timezone, kView},
    {410, "recurrence_start", "", &Appointment::recurrence_start, kView},
};
static_assert(model::is_consistent(kTable));

/// What no list can do without: places in series, times, and what rights and flags are told from.
constexpr EventFields kAlways{EventField::Id,
                              EventField::Folder,
                              EventField::SeriesId,
                              EventField::RecurrenceId,
                              EventField::Timestamp,
                              EventField::StartDate,
                              EventField::EndDate,
                              EventField::Rrule,
                              EventField::RecurrenceDates,
                              EventField::Flags,
                              EventField::DeleteExceptionDates,
                              EventField::ChangeExceptionDates,
                              EventField::CalendarUser,
                              EventField::Class};

struct NeedRow {
  int column;
  EventFields fields;
};
constexpr NeedRow kNeeds[] = {
    {2, {EventField::CreatedBy}},
    {3, {EventField::ModifiedBy}},
    {4, {EventField::Created}},
    {5, {EventField::LastModified}},
    {100, {EventField::Categories}},
    {102, {EventField::Color}},
    {104, {EventField::Attachments}},
    {105, {EventField::Attachments}},
    {200, {EventField::Summary}},
    {203, {EventField::Description}},
    {204, {EventField::Alarms}},
    {220, {EventField::Attendees, EventField::Organizer}},
    {221, {EventField::Attendees, EventField::Organizer}},
    {223, {EventField::Uid}},
    {224, {EventField::Organizer}},
    {225, {EventField::Sequence}},
    {226, {EventField::Attendees, EventField::Organizer}},
    {227, {EventField::Organizer}},
    {228, {EventField::Organizer}},
    {229, {EventField::Organizer}},
    {400, {EventField::Location}},
    {402, {EventField::Transp, EventField::ExtendedProperties}},
};

constexpr int kPositionColumn = 207;

}  // namespace

std::span<const model::Field<Appointment>> appointment_fields() { return kTable; }

EventFields event_fields_of(std::span<const int> columns) {
  EventFields fields = kAlways;
  for (const NeedRow& row : kNeeds) {
    if (std::find(columns.begin(), columns.end(), row.column) == columns.end()) continue;
    for (unsigned bit = 0; bit < static_cast<unsigned>(EventField::Count_); ++bit)
      if (row.fields.has(static_cast<EventField>(bit))) fields.set(static_cast<EventField>(bit));
  }
  return fields;
}

bool needs_positions(std::span<const int> columns) {
  return std::find(columns.begin(), columns.end(), kPositionColumn) != columns.end();
}

std::vector<int> all_appointment_columns() {
  std::vector<int> columns;
  for (const auto& field : kTable) columns.push_back(field.column);
  return columns;
}

}  // namespace gw::ajax

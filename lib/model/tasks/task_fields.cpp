#include "model/tasks/task_fields.hpp"

#include "model/tasks/task_codecs.hpp"

namespace gw::model::tasks {
namespace {

constexpr unsigned kComputed = kNotStored;

// The old pair of dates stands before the new one: where both are sent, the new one is parsed last and wins.
constexpr Field<Task> kTable[] = {
    {1, "id", "id", &Task::id, kReadOnly, 0, Wire::IdAsString},
    {20, "folder_id", "", &Task::folder_id, kComputed, 0, Wire::IdAsString},
    {2, "created_by", "created_by", &Task::created_by, kReadOnly},
    {3, "modified_by", "modified_by", &Task::modified_by, kReadOnly},
    {4, "creation_date", "creation_date", &Task::creation_date, kReadOnly, 0, Wire::Time},
    {5, "last_modified", "last_modified", &Task::last_modified, kReadOnly, 0, Wire::Time},
    {6, "last_modified_utc", "", &Task::last_modified, kReadOnly | kComputed, 0, Wire::Timestamp},
    {223, "uid", "uid", &Task::uid, 0, 255},
    {100, "categories", "categories", &Task::categories, kSearchable, 1000},
    {101, "private_flag", "private_flag", &Task::private_flag},
    {102, "color_label", "color_label", &Task::color_label},
    {104, "number_of_attachments", "number_of_attachments", &Task::number_of_attachments, kReadOnly},
    {105, "lastModifiedOfNewestAttachmentUTC", "newest_attachment", &Task::newest_attachment, kReadOnly, 0,
     Wire::Timestamp},
    {200, "title", "title", &Task::title, kSearchable, 256},
    {203, "note", "note", &Task::note, kSearchable | kMultiline, 65'535},
    {201, "start_date", "start_date", &Task::start, 0, 0, Wire::Plain, &kStartDateCodec},
    {202, "end_date", "end_date", &Task::due, 0, 0, Wire::Plain, &kEndDateCodec},
    {316, "start_time", "", &Task::start, kComputed, 0, Wire::Plain, &kStartTimeCodec},
    {317, "end_time", "", &Task::due, kComputed, 0, Wire::Plain, &kEndTimeCodec},
    {401, "full_time", "full_time", &Task::full_time},
    {204, "alarm", "", &Task::alarm, kComputed, 0, Wire::Time},
    {209, "recurrence_type", "recurrence_type", &Task::recurrence_type},
    {212, "days", "recurrence_days", &Task::days},
    {213, "day_in_month", "recurrence_day_in_month", &Task::day_in_month},
    {214, "month", "recurrence_month", &Task::month},
    {215, "interval", "recurrence_interval", &Task::interval},
    {216, "until", "recurrence_until", &Task::until},
    {222, "occurrences", "recurrence_occurrences", &Task::occurrences},
    {220, "participants", "", &Task::number_of_participants, kComputed, 0, Wire::Plain, &kParticipantsCodec},
    {221, "users", "", &Task::number_of_participants, kReadOnly | kComputed, 0, Wire::Plain, &kUsersCodec},
    {300, "status", "status", &Task::status},
    {301, "percent_completed", "percent_completed", &Task::percent_completed},
    {315, "date_completed", "date_completed", &Task::date_completed, 0, 0, Wire::Time},
    {309, "priority", "priority", &Task::priority},
    {302, "actual_costs", "actual_costs", &Task::actual_costs, 0, 0, Wire::Plain, &kActualCostsCodec},
    {303, "actual_duration", "actual_duration", &Task::actual_duration, 0, 19},
    {307, "target_costs", "target_costs", &Task::target_costs, 0, 0, Wire::Plain, &kTargetCostsCodec},
    {308, "target_duration", "target_duration", &Task::target_duration, 0, 19},
    {305, "billing_information", "billing_information", &Task::billing_information, 0, 255},
    {312, "currency", "currency", &Task::currency, 0, 10},
    {313, "trip_meter", "trip_meter", &Task::trip_meter, 0, 255},
    {314, "companies", "companies", &Task::companies, 0, 255},
};
static_assert(is_consistent(kTable));

}  // namespace

std::span<const Field<Task>> task_fields() { return kTable; }

FieldSet fields_of(std::span<const int> columns) {
  FieldSet fields;
  for (const int column : columns)
    if (const int index = find_column(task_fields(), column); index >= 0)
      fields.set(static_cast<std::size_t>(index));
  return fields;
}

FieldSet all_fields() {
  FieldSet fields;
  for (std::size_t i = 0; i < task_fields().size(); ++i) fields.set(i);
  return fields;
}

bool is_sent(const FieldSet& sent, int column) {
  const int index = find_column(task_fields(), column);
  return index >= 0 && sent.test(static_cast<std::size_t>(index));
}

}  // namespace gw::model::tasks

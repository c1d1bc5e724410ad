#include "model/reminders/reminder_fields.hpp"

namespace gw::model::reminders {
namespace {

constexpr Field<Reminder> kTable[] = {
    {0, "id", "id", &Reminder::id, kReadOnly},
    {0, "user_id", "user_id", &Reminder::user_id, kReadOnly},
    {0, "module", "module", &Reminder::module, kReadOnly},
    {0, "target_id", "target", &Reminder::target_id, kReadOnly},
    {0, "folder", "folder", &Reminder::folder, kReadOnly},
    {0, "alarm", "alarm", &Reminder::alarm, 0, 0, Wire::TimeOrZero},
    {0, "recurrence_position", "recurrence_position", &Reminder::recurrence_position, kReadOnly},
    {0, "last_modified", "last_modified", &Reminder::last_modified, kReadOnly, 0, Wire::Time},
    {0, "server_time", "", &Reminder::server_time, kReadOnly | kNotStored, 0, Wire::Time},
};
static_assert(is_consistent(kTable));

}  // namespace

std::span<const Field<Reminder>> reminder_fields() { return kTable; }

}  // namespace gw::model::reminders

// What the reminder service needs from the modules whose objects people are reminded of: each implements this
// once. Source: spec tasks-reminders-attachments section 4.
#pragma once

#include <span>
#include <vector>

#include "model/reminders/reminder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::reminders {

class ReminderParent {
 public:
  virtual ~ReminderParent() = default;
  [[nodiscard]] virtual TargetModule module() const = 0;
  /// For each reminder whether the caller may still read its target where the reminder says.
  [[nodiscard]] virtual std::vector<bool> are_readable(UnitOfWork& work,
                                                       std::span<const Reminder> reminders) const = 0;
  /// The reminder was dismissed. True: it has been moved to the next occurrence (alarm, position) and
  /// stays. The object shows its alarm, so it is touched and raises its event.
  virtual bool dismiss(Transaction& transaction, Reminder& reminder) const = 0;
  /// Its alarm was put off.
  virtual void note_snooze(Transaction& transaction, const Reminder& reminder) const = 0;
};

/// nullptr when objects of that module have no reminders here.
const ReminderParent* find_parent(std::int64_t module);

}  // namespace gw::model::reminders

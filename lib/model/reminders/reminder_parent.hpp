// What the reminder service needs from the modules whose objects people are reminded of. Source: spec
// tasks-reminders-attachments section 4.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "model/reminders/reminder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::reminders {

/// A module whose reminders are rows of our table.
class ReminderParent {
 public:
  virtual ~ReminderParent() = default;
  [[nodiscard]] virtual TargetModule module() const = 0;
  /// For each reminder whether the caller may still read its target where the reminder says.
  [[nodiscard]] virtual std::vector<bool> are_readable(UnitOfWork& work,
                                                       std::span<const Reminder> reminders) const = 0;
  /// The reminder was dismissed or put off. The object shows its alarm, so it is touched and raises its
  /// event.
  virtual void touch(Transaction& transaction, const Reminder& reminder) const = 0;
};

/// A module that knows itself when its objects are due: its reminders are a view. Their ids are numbers of
/// the context like ours, so no two reminders share one.
class ReminderSource {
 public:
  virtual ~ReminderSource() = default;
  [[nodiscard]] virtual TargetModule module() const = 0;
  /// The caller's, of what he can read.
  [[nodiscard]] virtual std::vector<Reminder> list_due(UnitOfWork& work, Millis end) const = 0;
  [[nodiscard]] virtual std::vector<Reminder> list_changed(UnitOfWork& work, Millis since) const = 0;
  /// Errors: false when the caller has no such reminder.
  virtual bool dismiss(Transaction& transaction, ObjectId id) const = 0;
  /// As it is from now on; its id may be another one. Errors: empty when the caller has no such reminder.
  virtual std::optional<Reminder> put_off(Transaction& transaction, ObjectId id, Millis alarm) const = 0;
};

/// nullptr when our table has no reminders of that module.
const ReminderParent* find_parent(std::int64_t module);
std::array<const ReminderSource*, 1> reminder_sources();

}  // namespace gw::model::reminders

// What the attachment services need from the modules whose objects have files: each implements this once.
// They know who may see and change an object, and keep its counters. Source: spec
// tasks-reminders-attachments section 5.
#pragma once

#include "model/attachments/attachment.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::attachments {

/// The members that every object with attachments shows (columns 104 and 105).
struct Counters {
  std::int64_t number = 0;
  Millis newest;  ///< 0 when there are none
};

class AttachmentParent {
 public:
  virtual ~AttachmentParent() = default;
  [[nodiscard]] virtual ParentModule module() const = 0;
  /// Gives the object's last change. Errors: those of the module when the caller may not read the object
  /// there, or it does not exist.
  virtual Millis check_readable(UnitOfWork& work, FolderId folder, ObjectId object) const = 0;
  /// The same for changing it; asked before bytes are taken and again inside the transaction.
  virtual void check_writable(UnitOfWork& work, FolderId folder, ObjectId object) const = 0;
  /// Whose files it shows beside its own; they stay where they are. 0: nobody's.
  [[nodiscard]] virtual ObjectId also_shows(UnitOfWork& /*work*/, ObjectId /*object*/) const { return {}; }
  /// Files came or went: writes the counters, touches the object and raises its event. Looks at no rights.
  /// After Transaction::stamp. An object that is gone is no error.
  virtual void set_counters(Transaction& transaction, ObjectId object, const Counters& counters) const = 0;
};

/// nullptr when nothing can be attached to objects of that module here.
const AttachmentParent* find_parent(std::int64_t module);

}  // namespace gw::model::attachments

#include "model/calendar/event_attachments.hpp"

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_audience.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"

namespace gw::model::calendar {
namespace {

/// Files belong to the event, not to one who takes part: they are changed by whoever may change its data.
void check_may_attach(const EventData& event, const folders::FolderAccess& access, const Caller& caller) {
  if (!may_write(access.rights, is_own(event, caller)))
    throw ApiError(errors::cal::kNoWrite, {std::to_string(access.id.value)});
  const UserId user = calendar_user_of(access, caller);
  const bool is_shared_data = is_public_folder(access) || !is_scheduled(event) || is_organizer(event, user);
  const bool is_granted = event.attendees_may_modify && find_attendee(event, user) != nullptr;
  if (!is_shared_data && !is_granted)
    throw ApiError(errors::cal::kNotOrganizer,
                   {std::to_string(event.id.value), std::to_string(access.id.value)});
}

class EventAttachments final : public attachments::AttachmentParent {
 public:
  [[nodiscard]] attachments::ParentModule module() const override {
    return attachments::ParentModule::Appointment;
  }

  Millis check_readable(UnitOfWork& work, FolderId folder, ObjectId object) const override {
    const EventData event =
        get(work, {folder, object, std::nullopt}, {EventField::Timestamp, EventField::Attendees}).event;
    // Who sees the block alone sees no files of it.
    if (sight_by_class(event, work.caller().user) != Sight::Everything)
      throw ApiError(errors::cal::kRestrictedByClass, {std::to_string(object.value)});
    return event.timestamp;
  }

  void check_writable(UnitOfWork& work, FolderId folder, ObjectId object) const override {
    check_readable(work, folder, object);
    const auto access = load_calendar_folder(work.connection(), work.caller(), folder);
    const auto row = store::find(work.connection(), work.context(), object);
    if (!row) throw ApiError(errors::cal::kNotFound, {std::to_string(object.value)});
    check_may_attach(row->event, access, work.caller());
  }

  /// An occurrence that was changed still has the files of its series.
  [[nodiscard]] ObjectId also_shows(UnitOfWork& work, ObjectId object) const override {
    const auto row = store::find(work.connection(), work.context(), object);
    return row && is_exception(row->event) ? row->event.series : ObjectId();
  }

  void set_counters(Transaction& transaction, ObjectId object,
                    const attachments::Counters& counters) const override {
    const UnitOfWork& work = transaction.work();
    auto row = store::find(transaction.connection(), work.context(), object);
    if (!row) return;
    const bool is_written_anyhow = row->event.timestamp == transaction.stamp();
    store::set_attachments(transaction.connection(), work.context(), object, counters.number, counters.newest,
                           work.caller().user, transaction.stamp());
    row->event.timestamp = transaction.stamp();
    raise_change(transaction, ChangeKind::Updated, folder_for(row->event, work.caller().user), &row->event,
                 &row->event);
    if (!is_written_anyhow) tell_elsewhere(transaction, row->event);
  }

 private:
  static void tell_elsewhere(Transaction& transaction, EventData& event) {
    event.last_modified = transaction.stamp();
    const WriteOptions options;
    EventWriter writer(transaction, folder_for(event, transaction.work().caller().user), options);
    writer.tell_of_files(event);
    writer.finish();
  }
};

}  // namespace

const attachments::AttachmentParent& event_attachment_parent() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const EventAttachments* const parent = new EventAttachments;
  return *parent;
}

}  // namespace gw::model::calendar

// Files that come with an event: bytes go into the store before the event is written, rows together with it.
// Source: spec chronos sections 6 (multipart) and 9.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ajax/action.hpp"
#include "model/attachments/attachment_service.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

/// The object of the request: the body, or the part `json_0` or `json` of a multipart body. Errors: SVL-0002,
/// SVL-0029.
Json sent_event_json(const Invocation& invocation);

/// What an event's member `attachments` and the files of the request mean together. An entry with a managedId
/// stays, what is not named goes, `uri: "cid:<part>"` names a file of this request. Destroyed early, it
/// leaves nothing.
class EventFiles {
 public:
  /// Stores the bytes. Takes `attachments` out of the input: they are no business of the event's row.
  /// Errors: CAL-4006 an entry that names nothing, a file that no entry names; UPL-0005; FLS-0024, -0004;
  /// QUOTA-0003.
  EventFiles(Invocation& invocation, model::calendar::EventInput& input);

  /// Runs the transaction that writes the event and, by settle, its files: all or nothing.
  void write(const std::function<void(model::Transaction&)>& body);
  /// After the event was written: attaches and detaches, and puts the events as they are then into the
  /// result. `event`: the one that was written. Errors: those of attach and detach.
  void settle(model::Transaction& transaction, model::calendar::CalendarResult& result,
              const model::calendar::EventRef& event, model::calendar::EventFields fields);

 private:
  void store(const Upload& upload, const model::calendar::EventAttachment* described);
  [[nodiscard]] std::vector<ObjectId> superfluous(const model::attachments::ParentRef& parent);

  Invocation& invocation_;
  std::optional<model::attachments::NewFiles> files_;
  std::int64_t stored_bytes_ = 0;
  /// Empty: the member was not sent, and all that are there stay.
  std::optional<std::vector<std::int64_t>> kept_;
};

}  // namespace gw::ajax

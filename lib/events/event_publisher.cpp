#include "events/event_publisher.hpp"

#include <limits>

#include "push/client_key.hpp"

namespace gw::events {
namespace {

std::int32_t number_of(model::ObjectModule module) {
  switch (module) {
    case model::ObjectModule::Calendar:
      return push::kAppointment;
    case model::ObjectModule::Task:
      return push::kTask;
    case model::ObjectModule::Contact:
      return push::kContact;
    case model::ObjectModule::Mail:
      return push::kMail;
    case model::ObjectModule::Folder:
      return push::kFolder;
    case model::ObjectModule::Infostore:
      return push::kInfostore;
    default:
      return 0;
  }
}

std::uint8_t kind_of(model::ChangeKind kind) {
  switch (kind) {
    case model::ChangeKind::Created:
      return push::kCreated;
    case model::ChangeKind::Updated:
      return push::kUpdated;
    case model::ChangeKind::Moved:
      return push::kMoved;
    case model::ChangeKind::Deleted:
      return push::kDeleted;
  }
  return push::kUnknownKind;
}

}  // namespace

std::optional<push::EventRecord> to_record(const model::Event& event) {
  push::EventRecord record;
  record.module = number_of(event.module);
  if (record.module == 0 || event.audiences.empty()) return std::nullopt;
  record.context = event.context.value;
  record.kind = kind_of(event.kind);
  record.object = event.object.value;
  record.actor = static_cast<std::int32_t>(event.actor.value);
  record.stamp = event.stamp.value;
  record.source_token = event.source_token;
  record.data = event.data;
  for (const model::FolderAudience& audience : event.audiences) {
    push::FolderAudience& told = record.audiences.emplace_back();
    told.folder = audience.folder.value;
    told.users.reserve(audience.users.size());
    for (const UserId user : audience.users) told.users.push_back(static_cast<std::int32_t>(user.value));
  }
  return record;
}

void EventPublisher::publish(const model::Event& event) noexcept {
  try {
    const auto record = to_record(event);
    if (!record) return;
    (sender_.send(*record) ? published_ : lost_).fetch_add(1, std::memory_order_relaxed);
  } catch (const std::exception&) {  // no memory
    lost_.fetch_add(1, std::memory_order_relaxed);
  }
}

std::optional<push::SessionEnd> to_session_end(ContextId context, UserId user, std::string_view session_id,
                                               bool was_last) {
  constexpr std::int64_t kLargest = std::numeric_limits<std::int32_t>::max();
  if (context.value < 0 || context.value > kLargest || user.value < 0 || user.value > kLargest)
    return std::nullopt;
  return push::SessionEnd{static_cast<std::int32_t>(context.value), static_cast<std::int32_t>(user.value),
                          push::session_handle(session_id), was_last};
}

bool EventPublisher::flush() noexcept {
  if (!sender_.has_backlog()) return false;
  sender_.flush();
  return sender_.has_backlog();
}

}  // namespace gw::events

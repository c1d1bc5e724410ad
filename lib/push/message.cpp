#include "push/message.hpp"

#include <algorithm>
#include <iterator>

#include "core/json.hpp"
#include "push/topics.hpp"

namespace gw::push {
namespace {

constexpr std::string_view kKinds[] = {"created", "updated", "moved", "deleted"};
/// Mail folders have names; the protocol's folder 1 means this one.
constexpr std::string_view kInbox = "default0/INBOX";

Json format_folder(std::int64_t folder) { return Json::string(std::to_string(folder)); }

/// Calendars by the ids that clients of chronos know. `data` brings the events that wait for an answer.
std::string format_calendar(std::int64_t folder, std::string_view data) {
  const Json id = Json::string("cal://0/" + std::to_string(folder));
  Json waiting = Json::array();
  const auto sent = Json::parse(data);
  const Json list = sent ? sent->get("needsAction") : Json();
  for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
    Json event = list.at(i).deep_copy();
    if (event.is_object()) waiting.append(event.set("folderId", id));
  }
  return Json::object()
      .set("folders", Json::array().append(id))
      .set("needsAction", std::move(waiting))
      .dump();
}

bool is_for(const FolderAudience& audience, Listener listener) {
  if (!listener.is_guest && is_for_everybody(audience.users)) return true;
  return std::binary_search(audience.users.begin(), audience.users.end(), listener.user);
}

}  // namespace

void for_each_message(const std::shared_ptr<const EventRecord>& event, Position position, Listener listener,
                      const std::function<void(Message&&)>& take) {
  const std::string_view topic = topic_of(event->module);
  if (topic.empty()) return;
  for (const FolderAudience& audience : event->audiences) {
    if (!is_for(audience, listener)) continue;
    Message message{topic, position, audience.folder, event->object, event->kind, event->stamp, {}};
    // Whoever sees a parent need not see the folder that changed in it.
    if (event->module == kFolder && audience.folder != event->object) {
      message.object = 0;
      message.kind = kUpdated;
    }
    if (!event->data.empty()) message.event = event;
    take(std::move(message));
  }
}

bool may_merge(const Message& waiting, const Message& next) {
  return waiting.topic == next.topic && waiting.folder == next.folder && next.topic != kTopicNewMail &&
         !waiting.event && !next.event;
}

void merge(const Message& waiting, Message& next) {
  if (waiting.object != next.object) {
    next.object = 0;
    next.kind = kUnknownKind;
  } else if (waiting.kind != next.kind && waiting.kind == kCreated && next.kind != kDeleted) {
    next.kind = kCreated;
  }
  next.stamp = std::max(waiting.stamp, next.stamp);
}

std::string format_data(const Message& message) {
  if (message.topic == kTopicCalendar)
    return format_calendar(message.folder, message.event ? std::string_view(message.event->data) : "");
  if (message.event) return message.event->data;
  Json data = Json::object();
  if (message.topic == kTopicNewMail) return data.set("folder", Json::string(kInbox)).dump();
  data.set("folder", format_folder(message.folder));
  if (message.object != 0 && message.object != message.folder)
    data.set("id", Json::string(std::to_string(message.object)));
  if (message.kind < std::size(kKinds)) data.set("kind", Json::string(kKinds[message.kind]));
  if (message.stamp != 0) data.set("timestamp", Json::integer(message.stamp));
  return data.dump();
}

}  // namespace gw::push

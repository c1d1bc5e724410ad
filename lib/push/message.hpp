// What one user's browser is told of one event in one folder, before it is framed. Source: spec push-modern
// sections 3 and 7.4.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "push/event_record.hpp"
#include "push/position.hpp"

namespace gw::push {

struct Message {
  std::string_view topic;  ///< of topic_of, or a literal
  Position position = 0;
  std::int64_t folder = 0;
  std::int64_t object = 0;  ///< 0: not told, or several
  std::uint8_t kind = kUnknownKind;
  std::int64_t stamp = 0;
  /// Lends `data` where the event brings its own text.
  std::shared_ptr<const EventRecord> event;
};

/// Who asks whether an event is for him.
struct Listener {
  std::int32_t user = 0;
  bool is_guest = false;  ///< kEverybody does not mean him
};

/// Calls `take` once per folder of the event that the listener may see. Nothing for modules without a topic.
void for_each_message(const std::shared_ptr<const EventRecord>& event, Position position, Listener listener,
                      const std::function<void(Message&&)>& take);

/// Two changes of one folder are told as one; new mail never is.
bool may_merge(const Message& waiting, const Message& next);
/// Puts `waiting` into `next`, which is the newer one.
void merge(const Message& waiting, Message& next);

/// The payload: one line of JSON. Ids only, but for what an event brings itself: rights are not looked at
/// again.
std::string format_data(const Message& message);

}  // namespace gw::push

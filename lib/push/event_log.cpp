#include "push/event_log.hpp"

#include <utility>

namespace gw::push {
namespace {

std::size_t size_of(const EventRecord& event) {
  std::size_t bytes = sizeof(EventRecord) + sizeof(EventLog::Entry) + event.data.size();
  for (const FolderAudience& audience : event.audiences)
    bytes += sizeof audience + audience.users.size() * sizeof(std::int32_t);
  return bytes;
}

}  // namespace

EventLog::EventLog(Limits limits, Position start) : limits_(limits), before_(start) {}

const EventLog::Entry& EventLog::append(EventRecord&& event, Millis now) {
  const Position position = position_of(event);
  const std::size_t bytes = size_of(event);
  entries_.push_back({std::make_shared<const EventRecord>(std::move(event)), position, now, bytes});
  bytes_ += bytes;
  while (entries_.size() > 1 && (entries_.size() > limits_.entries || bytes_ > limits_.bytes)) drop_oldest();
  return entries_.back();
}

void EventLog::restart(Position start) {
  entries_.clear();
  bytes_ = 0;
  before_ = start;
}

void EventLog::prune(Millis now) {
  while (!entries_.empty() && now.value - entries_.front().at.value > limits_.age.count()) drop_oldest();
}

Position EventLog::head() const { return entries_.empty() ? before_ : entries_.back().position; }

std::optional<std::size_t> EventLog::find_after(Position position) const {
  if (position == before_) return 0;
  // The oldest of equal ones: to hear of something twice is harmless.
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].position == position) return i + 1;
  return std::nullopt;
}

void EventLog::drop_oldest() {
  before_ = entries_.front().position;
  bytes_ -= entries_.front().bytes;
  entries_.pop_front();
}

}  // namespace gw::push

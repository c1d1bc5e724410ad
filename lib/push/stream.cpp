#include "push/stream.hpp"

#include <algorithm>
#include <utility>

namespace gw::push {
namespace {

/// What a waiting message counts for: about its frame.
constexpr std::size_t kFrameBytes = 160;

std::size_t weight(const Message& message) {
  return kFrameBytes + (message.event ? message.event->data.size() : 0);
}

std::string_view event_of(EndReason reason) {
  if (reason == EndReason::Replaced) return "replaced";
  if (reason == EndReason::SessionInvalid) return "session:invalid";
  return {};
}

}  // namespace

void Stream::add_frame(std::string_view frame) {
  while (!waiting_.empty()) format_next();
  frames_ += frame;
  unsent_ += frame.size();
}

void Stream::add_notice(std::string_view event, std::string_view data, Position position) {
  const std::string id = position == 0 ? std::string() : format_id(epoch_, position);
  if (request_.transport == Transport::Events) {
    add_frame(frame_event(id, event, data));
    return;
  }
  while (!waiting_.empty()) format_next();
  append(frame_element(id, event, data));
}

void Stream::append(const std::string& frame) {
  const std::size_t before = frames_.size();
  if (request_.transport == Transport::Poll && !frames_.empty()) frames_ += ',';
  frames_ += frame;
  unsent_ += frames_.size() - before;
}

bool Stream::add(Message&& message) {
  if (end_) return true;
  for (auto known = waiting_.begin(); known != waiting_.end(); ++known) {
    if (!may_merge(*known, message)) continue;
    merge(*known, message);
    unsent_ -= weight(*known);
    // To the end: a client that has an id must have everything before it.
    waiting_.erase(known);
    ++merged_;
    break;
  }
  unsent_ += weight(message);
  waiting_.push_back(std::move(message));
  return unsent_ <= kLargestUnsent;
}

void Stream::forget_waiting() {
  for (const Message& message : waiting_) unsent_ -= weight(message);
  waiting_.clear();
}

void Stream::end(EndReason reason, std::chrono::milliseconds jitter) {
  if (end_) return;
  end_ = reason;
  retry_ = jitter;
  if (reason != EndReason::Slow && reason != EndReason::Superseded) return;
  forget_waiting();
  unsent_ -= frames_.size();
  frames_.clear();
}

bool Stream::has_output() const {
  if (is_answered_) return !frames_.empty();
  return end_.has_value() || !is_quiet();
}

void Stream::format_next() {
  const Message message = std::move(waiting_.front());
  waiting_.pop_front();
  unsent_ -= weight(message);
  // The last message of an event names it: a client that is cut off between two would miss the second one.
  const bool is_whole = waiting_.empty() || waiting_.front().position != message.position;
  const std::string id = is_whole ? format_id(epoch_, message.position) : std::string();
  const std::string data = format_data(message);
  append(request_.transport == Transport::Events ? frame_event(id, message.topic, data)
                                                 : frame_element(id, message.topic, data));
  ++sent_;
}

void Stream::append_end() {
  const std::string_view event = event_of(*end_);
  if (!event.empty())
    add_notice(event, "{}", 0);
  else if (request_.transport == Transport::Events && *end_ != EndReason::Slow &&
           *end_ != EndReason::Superseded)
    add_frame(frame_retry(retry_));
}

std::string Stream::take_answer(Millis now) {
  while (!waiting_.empty()) format_next();
  if (end_) append_end();
  std::string answer = frame_answer(frames_, now.value);
  frames_.clear();
  unsent_ = 0;
  return answer;
}

Output Stream::take(std::size_t most, Millis now) {
  if (!has_output()) return {};
  if (request_.transport == Transport::Poll) {
    is_answered_ = true;
    return {take_answer(now), true};
  }
  while (!waiting_.empty() && frames_.size() < most) format_next();
  if (waiting_.empty() && end_ && !is_answered_) {
    append_end();
    is_answered_ = true;
  }
  Output output{frames_.substr(0, most), false};
  frames_.erase(0, output.bytes.size());
  unsent_ -= output.bytes.size();
  output.is_last = is_answered_ && frames_.empty();
  return output;
}

}  // namespace gw::push

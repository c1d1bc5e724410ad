#include "push/framing.hpp"

#include <fmt/format.h>

#include "core/text.hpp"

namespace gw::push {

std::string frame_event(std::string_view id, std::string_view event, std::string_view data) {
  std::string text;
  if (!id.empty()) text += fmt::format("id: {}\n", id);
  text += fmt::format("event: {}\n", event);
  // A line end would end the field, so each line is a field of its own.
  for (const std::string_view line : split(data, '\n')) text += fmt::format("data: {}\n", line);
  return text + '\n';
}

std::string frame_retry(std::chrono::milliseconds wait) { return fmt::format("retry: {}\n\n", wait.count()); }

std::string frame_heartbeat(std::string_view id) {
  return id.empty() ? ":\n\n" : fmt::format(":\nid: {}\n\n", id);
}

std::string frame_element(std::string_view id, std::string_view topic, std::string_view data) {
  return fmt::format(R"({{"id":"{}","topic":"{}","data":{}}})", id, topic, data);
}

std::string frame_answer(std::string_view elements, std::int64_t now) {
  return fmt::format(R"({{"data":[{}],"timestamp":{}}})", elements, now);
}

}  // namespace gw::push

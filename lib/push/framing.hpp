// The bytes of Server-Sent Events and of the long poll's answer. Source: HTML standard, server-sent events;
// spec push-modern 7.1 and 7.2.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace gw::push {

/// `id` may be empty: then the client keeps the one it has. `data` is one line.
std::string frame_event(std::string_view id, std::string_view event, std::string_view data);
/// How long the client waits before it comes again.
std::string frame_retry(std::chrono::milliseconds wait);
/// Keeps the connection alive, and moves the client's id on when one is given; no event fires.
std::string frame_heartbeat(std::string_view id);

/// One element of the long poll's array. `data` is JSON text.
std::string frame_element(std::string_view id, std::string_view topic, std::string_view data);
/// The envelope around elements joined by commas. `now`: ms UTC.
std::string frame_answer(std::string_view elements, std::int64_t now);

}  // namespace gw::push

// Where a client is in the flow of events: the ids of Server-Sent Events and of the long poll. Source: spec
// push-modern 7.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "push/event_record.hpp"

namespace gw::push {

/// Names one event. It is computed from the event itself, so every process of a machine, which all hear the
/// same events in the same order from the push child, knows the same event by the same position: a client may
/// come back to another process than it left. Never 0.
using Position = std::uint64_t;
Position position_of(const EventRecord& event) noexcept;

/// `<epoch>-<position>`. The epoch belongs to one start of one server: another machine hears events in
/// another order.
std::string format_id(std::string_view epoch, Position position);
/// Errors: empty for another epoch and for anything that format_id would not write.
std::optional<Position> parse_id(std::string_view epoch, std::string_view id) noexcept;

}  // namespace gw::push

// Any bytes as a datagram on the push child's Unix socket or on the bus.
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "push/control_record.hpp"
#include "push/event_record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw::push;
  using gw::fuzz::require;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto event = decode_event(input);
  const auto control = decode_control(input);
  require(!(event && (is_gap(input) || control)));
  if (control) require(decode_control(encode_control(*control)) == control);
  if (!event) return 0;
  // What was taken is written back to the same bytes: no two spellings of one event.
  const auto again = encode_event(*event);
  require(again.size() == 1 && again[0] == input);
  return 0;
}

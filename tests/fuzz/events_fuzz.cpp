// What a listening client says: the first line is the list of topics, the second the id that it comes back
// with, the third its name. Then a stream is opened with them.
#include <cstdint>
#include <string_view>

#include "core/time.hpp"
#include "fuzz/require.hpp"
#include "push/position.hpp"
#include "push/stream_hub.hpp"
#include "push/topics.hpp"

namespace {

using namespace gw;
using namespace gw::push;
using fuzz::require;

std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view topics = take_line(input), id = take_line(input), name = take_line(input);
  const auto interests = Interests::parse(topics);
  if (const auto position = parse_id("e", id)) require(format_id("e", *position).size() == id.size());
  if (!interests || !is_connection_id(name)) return 0;
  require(name.size() <= kLongestToken);
  StreamHub hub({.epoch = "e"}, system_clock());
  EventRecord event;
  event.context = 1;
  event.module = kContact;
  event.source_token = input.substr(0, kLongestToken);
  event.audiences = {{31, {3}}};
  hub.publish(std::move(event));
  StreamRequest request;
  request.user = {1, 3};
  request.interests = *interests;
  request.last_id = id;
  request.connection = name;
  const auto stream = hub.open(std::move(request));
  require(stream.has_value() && !hub.take(*stream, 100'000).bytes.empty());
  return 0;
}

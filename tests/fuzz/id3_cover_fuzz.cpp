// Any bytes as the begin of a music file: the cover lies inside them.
#include <cstdint>

#include "formats/id3_cover.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto cover = gw::formats::find_id3_cover(input);
  if (!cover) return 0;
  gw::fuzz::require(!cover->bytes.empty());
  gw::fuzz::require(cover->bytes.data() >= input.data() + 10);
  gw::fuzz::require(cover->bytes.data() + cover->bytes.size() <= input.data() + input.size());
  return 0;
}

// The first line is a Content-Type value, the rest the body. The parts and the refusal depend on the bytes
// alone, never on how the network cut them; limits hold. The limits are small here, so that the fuzzer meets
// them.
#include <cstdint>
#include <string>
#include <vector>

#include "ajax/upload/multipart.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace gw::ajax;
using gw::fuzz::require;

constexpr MultipartLimits kLimits{.parts = 4, .header_bytes = 100};

struct Part {
  PartHead head;
  std::string data;
  bool ended = false;
};

class Collected final : public PartSink {
 public:
  void begin_part(const PartHead& head) override {
    require(parts.empty() || parts.back().ended);
    parts.push_back({head, "", false});
  }
  void part_data(std::string_view bytes) override {
    require(!bytes.empty() && !parts.empty() && !parts.back().ended);
    parts.back().data += bytes;
  }
  void end_part() override {
    require(!parts.empty() && !parts.back().ended);
    parts.back().ended = true;
  }
  std::vector<Part> parts;
};

struct Outcome {
  std::vector<Part> parts;
  int status = 0;
};

/// `next_cut` gives the size of each piece.
template <class NextCut>
Outcome parse(std::string_view boundary, std::string_view body, NextCut&& next_cut) {
  Collected sink;
  MultipartParser parser(boundary, sink, kLimits);
  Outcome outcome;
  try {
    while (!body.empty()) {
      const std::size_t size = std::min<std::size_t>(next_cut(), body.size());
      parser.feed(body.substr(0, size));
      body.remove_prefix(size);
    }
    parser.finish();
  } catch (const gw::HttpError& error) {
    outcome.status = error.status();
    require(outcome.status == 400 || outcome.status == 413);
  }
  outcome.parts = std::move(sink.parts);
  return outcome;
}

void require_same(const Outcome& a, const Outcome& b) {
  require(a.status == b.status);
  require(a.parts.size() == b.parts.size());
  for (std::size_t i = 0; i < a.parts.size(); ++i) {
    require(a.parts[i].head.name == b.parts[i].head.name);
    require(a.parts[i].head.file_name == b.parts[i].head.file_name);
    require(a.parts[i].head.content_type == b.parts[i].head.content_type);
    require(a.parts[i].data == b.parts[i].data);
    require(a.parts[i].ended == b.parts[i].ended);
  }
}

void check_parts(const Outcome& outcome, std::string_view body, const std::string& boundary) {
  require(outcome.parts.size() <= static_cast<std::size_t>(kLimits.parts));
  std::size_t bytes = 0;
  for (const Part& part : outcome.parts) {
    bytes += part.data.size();
    require(part.data.find("\r\n--" + boundary) == std::string::npos);
    require(gw::is_valid_utf8(part.head.name) && gw::is_valid_utf8(part.head.content_type));
    if (!part.head.file_name) continue;
    const std::string& name = *part.head.file_name;
    require(name.size() <= 255 && gw::is_valid_utf8(name));
    require(name.find_first_of("/\\\r\n") == std::string::npos && name.find('\0') == std::string::npos);
  }
  require(bytes <= body.size());
  require(outcome.status != 0 || outcome.parts.empty() || outcome.parts.back().ended);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string boundary = find_boundary(input.substr(0, end)).value_or("xyz");
  require(!boundary.empty() && boundary.size() <= 70);
  const std::string_view body = input.substr(std::min(end + 1, input.size()));

  const Outcome whole = parse(boundary, body, [&] { return body.size(); });
  check_parts(whole, body, boundary);
  require_same(whole, parse(boundary, body, [] { return 1U; }));
  // Pieces of 1 to 32 bytes, in an order that follows from the input.
  std::uint32_t state = static_cast<std::uint32_t>(size) * 2'654'435'761U + 1;
  require_same(whole, parse(boundary, body, [&] {
                 state = state * 1'664'525U + 1'013'904'223U;
                 return 1 + (state >> 27);
               }));
  return 0;
}

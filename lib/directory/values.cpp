#include "directory/values.hpp"

#include <algorithm>
#include <array>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::directory {
namespace {

constexpr std::size_t kUuidBytes = 16, kMaxValues = 100'000, kMaxValue = 65'536;

std::string to_text(const std::string& value, Source::Kind kind) {
  if (kind == Source::Kind::Uuid || kind == Source::Kind::Guid)
    return format_uuid(value, kind == Source::Kind::Guid);
  const std::string_view kept = trim(value);
  if (kept.size() > kMaxValue || !is_valid_utf8(kept) || has_control_characters(kept)) return {};
  return std::string(kept);
}

bool has_value(const Entry& entry, const Source& source) {
  const auto values = entry.values(source.attribute);
  if (source.value == "*") return !values.empty();
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    return equal_ignoring_ascii_case(trim(value), source.value);
  });
}

bool has_bits(const Entry& entry, const Source& source) {
  const auto values = entry.values(source.attribute);
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    return (parse_integer(value).value_or(0) & source.bits) != 0;
  });
}

bool is_true(const Entry& entry, const Source& source) {
  const auto values = entry.values(source.attribute);
  return !values.empty() && parse_boolean(trim(values.front()));
}

}  // namespace

std::string format_uuid(std::string_view bytes, bool is_guid) {
  if (bytes.size() != kUuidBytes) return {};
  constexpr std::array<std::size_t, kUuidBytes> kMicrosoft{3, 2, 1,  0,  5,  4,  7,  6,
                                                           8, 9, 10, 11, 12, 13, 14, 15};
  std::string ordered(bytes);
  if (is_guid)
    for (std::size_t i = 0; i < kUuidBytes; ++i) ordered[i] = bytes[kMicrosoft[i]];
  std::string text = to_hex(ordered);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
  return text;
}

std::vector<std::string> read_values(const Entry& entry, const Rule& rule) {
  std::vector<std::string> texts;
  for (const Source& source : rule) {
    if (source.kind == Source::Kind::Equals || source.kind == Source::Kind::Bits) continue;
    for (const std::string& value : entry.values(source.attribute)) {
      if (texts.size() == kMaxValues) break;
      if (std::string text = to_text(value, source.kind); !text.empty()) texts.push_back(std::move(text));
    }
    if (!texts.empty()) break;
  }
  return texts;
}

std::string read_value(const Entry& entry, const Rule& rule) {
  auto values = read_values(entry, rule);
  return values.empty() ? std::string() : std::move(values.front());
}

bool read_flag(const Entry& entry, const Rule& rule) {
  return std::any_of(rule.begin(), rule.end(), [&](const Source& source) {
    if (source.kind == Source::Kind::Equals) return has_value(entry, source);
    return source.kind == Source::Kind::Bits ? has_bits(entry, source) : is_true(entry, source);
  });
}

}  // namespace gw::directory

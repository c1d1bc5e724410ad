#include "model/sort_key.hpp"

namespace gw::model {
namespace {

constexpr char kPresent = '\0';
constexpr char kMissing = '\1';

}  // namespace

KeyBuilder& KeyBuilder::number(std::int64_t value) {
  key_ += kPresent;
  const auto bits = static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63);
  for (int shift = 56; shift >= 0; shift -= 8) key_ += static_cast<char>(bits >> shift & 0xFF);
  return *this;
}

KeyBuilder& KeyBuilder::missing() {
  key_ += kMissing;
  return *this;
}

KeyBuilder& KeyBuilder::text(const Collator& collator, std::optional<std::string_view> value) {
  if (!value) return missing();
  key_ += kPresent;
  key_ += collator.sort_key(*value);
  key_ += '\0';  // no collation key holds a zero: the next level starts behind it
  return *this;
}

}  // namespace gw::model

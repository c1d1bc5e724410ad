#include "push/position.hpp"

#include <fmt/format.h>

#include <charconv>

namespace gw::push {
namespace {

constexpr std::size_t kDigits = 16;

/// FNV-1a: no secret and no protection is needed, only that two events differ.
class Digest {
 public:
  void add(std::uint64_t value) noexcept {
    for (int byte = 0; byte < 8; ++byte) add_byte(static_cast<unsigned char>(value >> (byte * 8)));
  }
  void add(std::string_view text) noexcept {
    add(text.size());
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  void add_byte(unsigned char byte) noexcept { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

template <class Number>
std::uint64_t bits(Number value) noexcept {
  return static_cast<std::uint64_t>(value);
}

}  // namespace

Position position_of(const EventRecord& event) noexcept {
  Digest digest;
  digest.add(bits(event.context));
  digest.add(bits(event.module));
  digest.add(event.kind);
  digest.add(bits(event.object));
  digest.add(bits(event.actor));
  digest.add(bits(event.stamp));
  digest.add(event.source_token);
  digest.add(event.data);
  for (const FolderAudience& audience : event.audiences) {
    digest.add(bits(audience.folder));
    digest.add(audience.users.size());
    // Enough to tell the parts of an event that was split.
    if (!audience.users.empty()) digest.add(bits(audience.users.front()));
  }
  return digest.value() == 0 ? 1 : digest.value();
}

std::string format_id(std::string_view epoch, Position position) {
  return fmt::format("{}-{:016x}", epoch, position);
}

std::optional<Position> parse_id(std::string_view epoch, std::string_view id) noexcept {
  if (id.size() != epoch.size() + 1 + kDigits || !id.starts_with(epoch) || id[epoch.size()] != '-')
    return std::nullopt;
  id.remove_prefix(epoch.size() + 1);
  Position position = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), position, 16);
  if (error != std::errc() || end != id.data() + id.size() || position == 0) return std::nullopt;
  return position;
}

}  // namespace gw::push

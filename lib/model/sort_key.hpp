// Order of lists: one byte string per object that compares (memcmp) as the list must.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/text.hpp"

namespace gw::model {

/// Builds a sort key of several levels. A value that is missing comes after all others.
class KeyBuilder {
 public:
  KeyBuilder& number(std::int64_t value);
  KeyBuilder& descending_number(std::int64_t value) { return number(-value); }
  KeyBuilder& missing();
  /// Absent text is missing.
  KeyBuilder& text(const Collator& collator, std::optional<std::string_view> value);
  [[nodiscard]] std::string take() { return std::move(key_); }

 private:
  std::string key_;
};

}  // namespace gw::model

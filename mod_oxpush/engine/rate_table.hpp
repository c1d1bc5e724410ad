// How often each of many strangers may do something in a fixed window. Bounded: strangers choose their
// addresses.
#pragma once

#include <chrono>
#include <cstdint>
#include <unordered_map>

#include "endpoint.hpp"

namespace oxpush {

class RateTable {
 public:
  /// Of addresses in one window; above it unknown ones are refused until the window ends.
  static constexpr std::size_t kMostAddresses = 65'536;

  RateTable(std::uint32_t limit, std::chrono::milliseconds window) : limit_(limit), window_(window) {}

  /// Counts one more and says whether it was within the limit.
  bool allow(const Address& address, std::chrono::milliseconds now);

 private:
  std::uint32_t limit_;
  std::chrono::milliseconds window_;
  std::chrono::milliseconds ends_{0};
  std::unordered_map<Address, std::uint32_t> counts_;
};

}  // namespace oxpush

#include "rate_table.hpp"

namespace oxpush {

bool RateTable::allow(const Address& address, std::chrono::milliseconds now) {
  if (now >= ends_) {
    counts_.clear();
    ends_ = now + window_;
  }
  const auto found = counts_.find(address);
  if (found != counts_.end()) return ++found->second <= limit_;
  if (counts_.size() >= kMostAddresses || limit_ == 0) return false;
  counts_.emplace(address, 1);
  return true;
}

}  // namespace oxpush

// The push child's log lines, limited so that a flood of bad packets does not become a flood of lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "rate_table.hpp"

namespace oxpush {

enum class Severity { Error, Warning, Info };

class Journal {
 public:
  using Sink = std::function<void(Severity, const std::string&)>;

  explicit Journal(Sink sink) : sink_(std::move(sink)), rate_(1, std::chrono::seconds{1}) {}

  void write(Severity severity, const std::string& line) const { sink_(severity, line); }
  /// Whether a line about `source` may be written now: one a second for each source.
  bool may_write(const Address& source, std::chrono::milliseconds now) { return rate_.allow(source, now); }

 private:
  Sink sink_;
  RateTable rate_;
};

}  // namespace oxpush

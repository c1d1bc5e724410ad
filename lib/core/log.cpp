#include "core/log.hpp"

#include <exception>

namespace gw {
namespace {

LogSink& sink() {
  static auto* stored = new LogSink;  // never destroyed: exit handlers run in every forked process
  return *stored;
}

}  // namespace

void set_log_sink(LogSink new_sink) { sink() = std::move(new_sink); }

void log(LogLevel level, std::string_view number, std::string_view text) noexcept try {
  if (!sink()) return;
  std::string line(number);
  line += ": ";
  line += text;
  sink()(level, line);
} catch (const std::exception&) {
}

}  // namespace gw

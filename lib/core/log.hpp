// Where lib/ reports what an administrator must know. Apache fills the sink; tests record it.
// Never log passwords, cookies, session ids or what people wrote.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gw {

enum class LogLevel { Error, Warning, Notice, Info, Debug };

using LogSink = std::function<void(LogLevel level, std::string_view line)>;

/// Threads: call it before worker threads exist, or with none running. An empty sink drops every line.
void set_log_sink(LogSink sink);

/// `number` is `GW` and four digits, used at one place of the tree only (the style test checks it).
/// The line reads `GW0123: text`.
void log(LogLevel level, std::string_view number, std::string_view text) noexcept;

}  // namespace gw

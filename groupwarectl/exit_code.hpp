// What scripts can rely on. Listed in docs/groupwarectl.md.
#pragma once

#include <exception>
#include <string>

namespace groupwarectl {

enum ExitCode : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kUnreachable = 3,
  kNotFound = 4,
  kAlreadyExists = 5,
};

/// One failed command: the exit code, a word or API code for scripts, and one line for people.
struct Failure {
  ExitCode exit = kFailed;
  std::string code;
  std::string message;
};

/// Sorts whatever a command threw. Passwords never stand in a message.
Failure describe(const std::exception& error);

}  // namespace groupwarectl

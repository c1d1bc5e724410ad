// What a reader has to say about one record: a row of the error table with its arguments, as error or as
// warning.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace gw::formats {

struct Problem {
  const ErrorCode* code = nullptr;
  std::vector<std::string> arguments;
};

inline Problem problem(const ErrorCode& code, std::vector<std::string> arguments = {}) {
  return {&code, std::move(arguments)};
}

}  // namespace gw::formats

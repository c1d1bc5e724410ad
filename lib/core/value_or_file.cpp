#include "core/value_or_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "core/text.hpp"

namespace gw {
namespace {

constexpr std::size_t kMaxLine = 4'096;

}  // namespace

std::string read_value_or_file(std::string_view text) {
  if (text.starts_with("exec:"))
    throw std::invalid_argument(
        "programs are not run here; write the value into a file and name it as file:/path");
  if (!text.starts_with("file:")) return std::string(text);
  const std::string path(text.substr(5));
  if (!path.starts_with('/'))
    throw std::invalid_argument(
        fmt::format("\"{}\": the file needs an absolute path, as in file:/etc/groupware/secret", text));
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!std::getline(file, line) || trim(line).empty() || line.size() > kMaxLine)
    throw std::invalid_argument(
        fmt::format("cannot read a value from {}: the file must exist, be readable for the account that runs "
                    "this program, "
                    "and hold one line of at most {} bytes",
                    path, kMaxLine));
  return std::string(trim(line));
}

}  // namespace gw

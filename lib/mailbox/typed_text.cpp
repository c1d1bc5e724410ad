#include "mailbox/typed_text.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mailbox {
namespace {

constexpr std::size_t kMostOfLine = 200;

bool is_control(char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; }

}  // namespace

std::string as_one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  return std::string(first_characters(trim(line), kMostOfLine));
}

std::string as_lines(std::string_view text) {
  std::string lines(text);
  std::erase_if(lines, [](char each) { return is_control(each) && each != '\n' && each != '\t'; });
  return std::string(trim(lines));
}

}  // namespace gw::mailbox

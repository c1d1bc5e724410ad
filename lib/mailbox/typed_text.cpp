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

std::string as_lines(std::string_view text, std::size_t most) {
  std::string lines(text);
  std::erase_if(lines, [](char each) { return is_control(each) && each != '\n' && each != '\t'; });
  return std::string(first_characters(trim(lines), most));
}

mail::Address in_header(const mail::Address& address) {
  if (!address.personal) return address;
  return {as_one_line(*address.personal), address.address};
}

std::string fill_in(std::string_view sentence, std::string_view first, std::string_view second) {
  std::string filled;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    if (sentence[i] != '$' || i + 1 == sentence.size()) {
      filled += sentence[i];
      continue;
    }
    filled += sentence[++i] == '1' ? first : second;
  }
  return filled;
}

}  // namespace gw::mailbox

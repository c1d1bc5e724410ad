#include "filestore/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "core/random.hpp"

namespace gw::filestore {
namespace {

constexpr std::size_t kUuidDigits = 32;
constexpr std::size_t kLongestNameSpace = 64;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

std::string make_uuid() {
  std::string uuid = random_uuid();
  std::erase(uuid, '-');
  return uuid;
}

bool is_uuid(std::string_view text) { return is_hex(text, kUuidDigits); }

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

void require_name_space(std::string_view name) {
  if (name.empty() || name.size() > kLongestNameSpace || !std::all_of(name.begin(), name.end(), is_word))
    throw std::invalid_argument(fmt::format("\"{}\" is no name of a part of a file store", name));
}

}  // namespace gw::filestore

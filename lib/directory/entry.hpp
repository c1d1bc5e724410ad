// What a directory tells of one object.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::directory {

struct Entry {
  std::string dn;  ///< as the server writes it
  /// Names in lower case, without options such as `;binary`. Values are bytes.
  std::map<std::string, std::vector<std::string>, std::less<>> attributes;

  /// Empty when there is none.
  [[nodiscard]] std::span<const std::string> values(std::string_view name) const {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return {};
    return found->second;
  }
};

}  // namespace gw::directory

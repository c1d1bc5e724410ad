// A mail address as people and programs write it. Reading and writing header syntax is in mime/.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gw::mail {

/// `personal` is decoded and without quotes; absent and empty differ (spec mail section 3). The address keeps
/// its spelling; an internationalised domain is Unicode here and ASCII on the wire.
struct Address {
  std::optional<std::string> personal;
  std::string address;
  bool operator==(const Address&) const = default;
};

using AddressList = std::vector<Address>;

}  // namespace gw::mail

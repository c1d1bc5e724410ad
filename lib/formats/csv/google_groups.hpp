// Google's numbered groups of one row (phones, addresses, …) into a contact.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/contacts/contact.hpp"

namespace gw::formats::csv {

/// Collects the cells of one row, then fills the contact.
class GoogleGroups {
 public:
  /// Names as NumberedTitle has them.
  void add(const std::string& group, int number, const std::string& part, std::string text) {
    groups_[{group, number}][part] = std::move(text);
  }
  void fill(model::contacts::Contact& contact) const;

 private:
  using Parts = std::map<std::string, std::string>;
  std::map<std::pair<std::string, int>, Parts> groups_;
};

/// The values of one cell: Google joins several with ` ::: `.
std::vector<std::string> split_google(std::string_view text);

}  // namespace gw::formats::csv

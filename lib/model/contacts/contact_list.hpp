// How lists of contacts are asked for and handed out: requested fields, order, range, and the visitor that
// takes the rows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/contacts/contact.hpp"
#include "model/field.hpp"

namespace gw::model::contacts {

/// Column numbers that are sort keys beside the ordinary columns. Source: spec contacts section 8, columns
/// section 6.
inline constexpr int kSortByName = 607;
inline constexpr int kSortByUseCount = 608;
/// Global address book first, then use count; has one direction only.
inline constexpr int kSortByRelevance = 609;

struct Sort {
  int column = 0;  ///< 0 = the natural order of the action
  bool descending = false;
  std::string collation;  ///< "gbk", "gb2312" or empty (the caller's locale)
};

struct ListRequest {
  /// Rows of contact_fields() that the visitor will look at. What they depend on is read too.
  FieldSet fields;
  Sort sort;
  /// First delivered and first not delivered position, after sorting.
  std::int64_t left = 0;
  std::optional<std::int64_t> right;
  /// Reads Contact::original_vcard as well: for exports.
  bool original_vcard = false;
  /// Leaves the contact of the context administrator out of the global address book.
  bool without_admin = false;
};

/// Takes one contact that the caller may see. `arrival` counts 0, 1, 2 …, not always in this sequence; a
/// number that comes again (the read was repeated) replaces the first. The contact lives for the call only,
/// so that a list needs the memory of what the visitor keeps and no more. A visitor must not use the unit of
/// work.
using Visitor = std::function<void(std::size_t arrival, const Contact& contact)>;

struct ListResult {
  /// Arrival numbers in the order to deliver, range applied. One number may stand twice (list of ids).
  std::vector<std::size_t> order;
  /// Greatest last-modified among the delivered; of an empty list the context's last stamp.
  Millis timestamp;
};

/// A visitor that keeps whole contacts, for exports, tests and other small lists.
class ContactCollector {
 public:
  [[nodiscard]] Visitor visitor() {
    return [this](std::size_t arrival, const Contact& contact) {
      if (arrival >= kept_.size()) kept_.resize(arrival + 1);
      kept_[arrival] = contact;
    };
  }
  /// The delivered contacts in order.
  [[nodiscard]] std::vector<Contact> take(const ListResult& result) const {
    std::vector<Contact> ordered;
    ordered.reserve(result.order.size());
    for (const std::size_t arrival : result.order) ordered.push_back(kept_.at(arrival));
    return ordered;
  }

 private:
  std::vector<Contact> kept_;
};

}  // namespace gw::model::contacts

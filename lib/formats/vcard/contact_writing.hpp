// A contact on its way to a card: what the codecs share while writing.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/vcard/vcard.hpp"

namespace gw::formats::vcard {

/// A property made from the contact, with the columns it carries.
struct Generated {
  Property property;
  std::vector<int> columns;
};

/// Threads: one. References must outlive the object.
class ContactWriting {
 public:
  ContactWriting(const Contact& contact, const std::optional<Image>& image, Version version)
      : contact_(contact), image_(image), version_(version) {}

  /// Every property of the contact in table order.
  std::vector<Generated> run();

  [[nodiscard]] const Contact& contact() const { return contact_; }
  [[nodiscard]] const std::optional<Image>& image() const { return image_; }
  [[nodiscard]] Version version() const { return version_; }
  /// The row's text; empty when absent.
  [[nodiscard]] std::string_view text(const Row& row) const {
    return contact_.*row.member ? std::string_view(*(contact_.*row.member)) : std::string_view();
  }
  void add(Property property, std::vector<int> columns) {
    generated_.push_back({std::move(property), std::move(columns)});
  }
  /// True for the first row of several that make one property together.
  [[nodiscard]] bool is_first_of_group(const Row& row) const;
  /// The rows that make one property with this one: same property, types and codec.
  [[nodiscard]] std::vector<const Row*> group_of(const Row& row) const;
  /// Adds X-GW-COLUMN when an earlier place of the same kind is empty, so the order read back would be
  /// another.
  void mark_place(Property& property, const Row& row) const;

 private:
  const Contact& contact_;
  const std::optional<Image>& image_;
  Version version_;
  std::vector<Generated> generated_;
};

/// Lines about the text itself: PRODID and REV. Source: RFC 6350 sections 6.7.3 and 6.7.4.
std::vector<Property> frame_properties(const Contact& contact);
/// A property with an escaped text value.
Property make_text(std::string_view name, std::string_view text);
/// Adds each blank-separated word as TYPE; 4.0 writes them in lower case.
void add_types(Property& property, std::string_view words, Version version);

}  // namespace gw::formats::vcard

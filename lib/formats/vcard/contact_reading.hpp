// One card on its way to a contact: what the codecs share while reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/clean_text.hpp"
#include "formats/vcard/vcard.hpp"

namespace gw::formats::vcard {

/// Columns that each property of the card filled, by property index. Merging needs it.
using Provenance = std::vector<std::vector<int>>;

/// Threads: one. References must outlive the object.
class ContactReading {
 public:
  ContactReading(const Card& card, ParsedCard& out);

  /// Fills the contact. Afterwards `provenance` is complete.
  void run();

  [[nodiscard]] const Property& property(std::size_t index) const { return card_.properties[index]; }
  [[nodiscard]] const Card& card() const { return card_; }
  [[nodiscard]] ParsedCard& out() { return out_; }
  [[nodiscard]] Contact& contact() { return out_.contact; }
  [[nodiscard]] const Provenance& provenance() const { return provenance_; }

  /// Stores cleaned text into the row's member. Errors: false when the member is taken or the text is empty.
  bool set_text(std::size_t index, const Row& row, std::string_view text);
  /// Notes that the property filled the column.
  void record(std::size_t index, int column) { provenance_[index].push_back(column); }
  /// The label of the property's item group, upper case without `_$!<` and `>!$_`; empty without one.
  [[nodiscard]] std::string label_of(std::size_t index) const;
  void warn_ignored(const Property& property);

  /// Properties whose place depends on all others of their kind; resolved at the end of run().
  struct Pending {
    std::size_t index = 0;
    std::string text;
  };
  std::vector<Pending> phones, emails, messengers, urls;

 private:
  const Card& card_;
  ParsedCard& out_;
  Provenance provenance_;
};

/// X-GW-COLUMN names the column where order alone would not tell; 0 there means that the property is only
/// carried along. Errors: nullptr when absent or of another property.
const Row* named_row(const Property& property);

/// Places of the pending properties; defined beside their codecs.
void resolve_phones(ContactReading& reading);
void resolve_emails(ContactReading& reading);
void resolve_messengers(ContactReading& reading);
void resolve_urls(ContactReading& reading);

}  // namespace gw::formats::vcard

// The terms of contacts?action=advancedSearch: parsed once, asked for every contact.
// Source: spec contacts-users-groups-resources section 5.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "model/contacts/contact.hpp"
#include "model/field.hpp"

namespace gw::model::contacts {

class SearchTerm {
 public:
  /// Matches everything.
  SearchTerm();
  SearchTerm(SearchTerm&&) noexcept;
  SearchTerm& operator=(SearchTerm&&) noexcept;
  ~SearchTerm();

  /// `[op, operand, …]`; missing, null and an empty array match everything.
  /// Errors: SVL-0010 for an unknown operator or field, a wrong number of operands, an operand that is an
  /// array or unknown object. Limits: 1,000 operators, 50 levels, constants of 255 characters; those with
  /// wildcards 10,000 bytes together.
  static SearchTerm parse(const Json& filter);

  /// `collator` orders texts for < and >.
  /// Cost: each text that is asked for is folded once; wildcards cost their length times that of the text.
  [[nodiscard]] bool matches(const Contact& contact, const Collator& collator) const;
  /// Rows of contact_fields() that `matches` looks at.
  [[nodiscard]] FieldSet fields() const;
  /// The folders outside of which nothing can match; empty when the term does not say.
  [[nodiscard]] std::optional<std::vector<FolderId>> folders() const;
  /// Folded pieces that the searchable texts of a match contain: all of them or, with `any`, one. Empty: no
  /// help.
  struct Pieces {
    std::vector<std::string> texts;
    bool any = false;
  };
  [[nodiscard]] Pieces pieces() const;

  struct Node;

 private:
  std::unique_ptr<Node> root_;
};

}  // namespace gw::model::contacts

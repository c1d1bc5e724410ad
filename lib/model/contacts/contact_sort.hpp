// Order of contact lists: one byte string per contact that compares as the list must. Source: spec contacts
// section 8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "model/caller.hpp"
#include "model/contacts/contact_list.hpp"
#include "model/sort_key.hpp"

namespace gw::model::contacts {

/// The key for one `sort` parameter. Threads: as Collator.
class SortKeys {
 public:
  SortKeys(const Sort& sort, const Caller& caller);
  /// False: the column does not exist or cannot be sorted by; the natural order applies.
  [[nodiscard]] bool is_usable() const { return is_special() || index_ >= 0; }
  [[nodiscard]] bool is_descending() const { return sort_.descending && sort_.column != kSortByRelevance; }
  /// Rows of contact_fields() that `key` looks at.
  [[nodiscard]] FieldSet fields() const;
  [[nodiscard]] std::string key(const Contact& contact) const;
  /// The key of column 607, whatever the sort parameter says.
  [[nodiscard]] std::string name_key(const Contact& contact) const;
  [[nodiscard]] const Collator& collator() const { return collator_; }

 private:
  [[nodiscard]] bool is_special() const {
    return sort_.column == kSortByName || sort_.column == kSortByUseCount || sort_.column == kSortByRelevance;
  }
  Sort sort_;
  bool is_japanese_;
  Collator collator_;
  int index_ = -1;
};

}  // namespace gw::model::contacts

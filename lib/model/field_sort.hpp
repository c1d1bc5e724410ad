// Lists sorted by one column of a field table. One copy for every object type whose columns sort by their
// plain values.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/field.hpp"
#include "model/sort_key.hpp"

namespace gw::model {

/// Compares (memcmp) as the value does; missing values and instants of 0 come last.
template <class T>
std::string field_sort_key(const T& object, const Field<T>& field, const Collator& collator) {
  KeyBuilder key;
  std::visit(
      [&](auto member) {
        const auto& value = object.*member;
        using V = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<V, std::optional<std::string>>)
          key.text(collator, value ? std::optional<std::string_view>(*value) : std::nullopt);
        else if constexpr (std::is_same_v<V, Millis>)
          value.value == 0 ? key.missing() : key.number(value.value);
        else if constexpr (std::is_same_v<V, std::optional<std::int64_t>>)
          value ? key.number(*value) : key.missing();
        else if constexpr (std::is_same_v<V, std::optional<Date>>)
          value ? key.number(value->days) : key.missing();
        else
          key.number(value);
      },
      field.member);
  return key.take();
}

/// Sorts by a column, texts in the natural order of the language; `before` decides among equals and when the
/// column is 0, unknown or irregular (`descending` then has no effect). Column 1 counts as regular.
template <class T, class Before>
void sort_by_field(std::vector<T>& items, std::span<const Field<T>> table, int column, bool descending,
                   const std::string& locale, const Before& before) {
  constexpr int kIdColumn = 1;
  const int index = column == 0 ? -1 : find_column(table, column);
  if (index < 0 || (table[static_cast<std::size_t>(index)].codec != nullptr && column != kIdColumn)) {
    std::sort(items.begin(), items.end(), before);
    return;
  }
  const Collator collator(locale, "numeric");
  std::vector<std::pair<std::string, std::size_t>> keys;
  keys.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    keys.emplace_back(field_sort_key(items[i], table[static_cast<std::size_t>(index)], collator), i);
  std::sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
    const int order = descending ? b.first.compare(a.first) : a.first.compare(b.first);
    return order != 0 ? order < 0 : before(items[a.second], items[b.second]);
  });
  std::vector<T> sorted;
  sorted.reserve(items.size());
  for (const auto& [key, place] : keys) sorted.push_back(std::move(items[place]));
  items = std::move(sorted);
}

}  // namespace gw::model

// One table instead of five hand-written mappings: every API object has a constexpr array of Field<T>, and
// generic code (model/field_sql.hpp, model/field_json.hpp) drives SQL, JSON, partial updates and sorting from
// it. Craft 3.3.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/json.hpp"
#include "core/time.hpp"

namespace gw::model {

/// What a value looks like on the wire when the member type does not say it all.
enum class Wire {
  Plain,         ///< string, integer, boolean as the member type says
  IdAsString,    ///< integer member, JSON string
  Time,          ///< Millis, shifted by the zone of the request; absent when 0
  TimeOrZero,    ///< the same, but 0 says something and stays 0
  Timestamp,     ///< Millis, unshifted; absent when 0
  ZeroIsAbsent,  ///< integer that is left out when 0
};

enum FieldFlag : unsigned {
  kReadOnly = 1U << 0,     ///< ignored when sent
  kCreateOnly = 1U << 1,   ///< taken by new, ignored by update
  kNotInObject = 1U << 2,  ///< column only: left out of `get` objects
  kNotStored = 1U << 3,    ///< no SQL column: computed
  kSearchable = 1U << 4,   ///< part of the folded search text
  kMultiline = 1U << 5,    ///< may hold line breaks
};

/// Gives the JSON of an irregular field, or takes it. `write` returns missing for "no value".
template <class T>
struct FieldCodec {
  Json (*write)(const T& object) = nullptr;
  /// Errors: throws ApiError. A missing or null value clears the member.
  void (*parse)(T& object, const Json& value) = nullptr;
  /// Instead of `write` where the value depends on the zone of the request.
  Json (*write_in_zone)(const T& object, const TimeZone& zone) = nullptr;
};

template <class T>
using Member =
    std::variant<std::optional<std::string> T::*, std::int64_t T::*, std::optional<std::int64_t> T::*,
                 std::optional<Date> T::*, Millis T::*, bool T::*>;

/// One row of an object's table. `sql` empty means not stored. `max_length` in characters, 0 = no limit of
/// its own. A row with a codec may leave `member` at any member of the object; SQL ignores it when `sql` is
/// empty.
template <class T>
struct Field {
  int column = 0;
  std::string_view json;
  std::string_view sql;
  Member<T> member;
  unsigned flags = 0;
  int max_length = 0;
  Wire wire = Wire::Plain;
  const FieldCodec<T>* codec = nullptr;
};

/// Which rows of a table a partial update or a column list speaks of.
inline constexpr std::size_t kMaxFields = 192;
using FieldSet = std::bitset<kMaxFields>;

/// Index of the row with this column number; -1 when there is none. Cost: linear in the table.
template <class T>
int find_column(std::span<const Field<T>> table, int column) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].column == column) return static_cast<int>(i);
  return -1;
}
template <class T>
int find_json(std::span<const Field<T>> table, std::string_view name) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].json == name) return static_cast<int>(i);
  return -1;
}

/// For static_assert beside each table: column numbers, JSON names and SQL columns are unique.
template <class T, std::size_t N>
constexpr bool is_consistent(const Field<T> (&table)[N]) {
  static_assert(N <= kMaxFields);
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = i + 1; j < N; ++j) {
      if (table[i].column != 0 && table[i].column == table[j].column) return false;
      if (table[i].json == table[j].json) return false;
      if (!table[i].sql.empty() && table[i].sql == table[j].sql) return false;
    }
  return true;
}

}  // namespace gw::model

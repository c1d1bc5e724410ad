// Field tables to and from JSON. One copy for every object type.
#pragma once

#include <vector>

#include "core/error.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "model/field.hpp"

namespace gw::model {

/// How values leave: the zone shifts Time values.
struct WireFormat {
  TimeZone zone = TimeZone::utc();
};

/// What refuses a value. Each object type fills in its own codes.
struct FieldErrors {
  const ErrorCode& too_long;       ///< arguments: name, allowed, actual; `problematic` lists all long fields
  const ErrorCode& bad_character;  ///< argument: name
  const ErrorCode& bad_value;      ///< arguments: name, value
};

/// The numbers of a `columns` parameter. Limits: 1,000 entries. Errors: ApiError SVL-0010.
std::vector<int> parse_column_numbers(std::string_view text);

template <class T>
void parse_member(T& object, const Field<T>& field, const Json& value, const FieldErrors& errors,
                  std::vector<ProblematicField>& too_long);

/// Hands the value of one field to a sink: nothing, json, text, integer or boolean.
template <class T, class Sink>
void emit_field(const T& object, const Field<T>& field, const WireFormat& format, Sink&& sink) {
  if (field.codec != nullptr && (field.codec->write != nullptr || field.codec->write_in_zone != nullptr)) {
    Json value = field.codec->write != nullptr ? field.codec->write(object)
                                               : field.codec->write_in_zone(object, format.zone);
    return value.is_missing() ? sink.nothing() : sink.json(std::move(value));
  }
  std::visit(
      [&](auto member) {
        const auto& value = object.*member;
        using V = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<V, std::optional<std::string>>) {
          value ? sink.text(*value) : sink.nothing();
        } else if constexpr (std::is_same_v<V, std::int64_t>) {
          if (field.wire == Wire::ZeroIsAbsent && value == 0) return sink.nothing();
          field.wire == Wire::IdAsString ? sink.text(std::to_string(value)) : sink.integer(value);
        } else if constexpr (std::is_same_v<V, std::optional<std::int64_t>>) {
          value ? sink.integer(*value) : sink.nothing();
        } else if constexpr (std::is_same_v<V, std::optional<Date>>) {
          value ? sink.integer(value->to_millis()) : sink.nothing();
        } else if constexpr (std::is_same_v<V, Millis>) {
          if (value.value == 0) return field.wire == Wire::TimeOrZero ? sink.integer(0) : sink.nothing();
          const bool is_time = field.wire == Wire::Time || field.wire == Wire::TimeOrZero;
          sink.integer(is_time ? to_zone_time(value, format.zone) : value.value);
        } else {
          sink.boolean(value);
        }
      },
      field.member);
}

/// JSON of one field; a missing Json when the object has no value there.
template <class T>
Json write_field(const T& object, const Field<T>& field, const WireFormat& format) {
  struct Sink {
    Json value;
    void nothing() {}
    void json(Json given) { value = std::move(given); }
    void text(std::string_view given) { value = Json::string(given); }
    void integer(std::int64_t given) { value = Json::integer(given); }
    void boolean(bool given) { value = Json::boolean(given); }
  } sink;
  emit_field(object, field, format, sink);
  return std::move(sink.value);
}

/// The object form of `get`: members by name, absent ones left out.
template <class T>
Json write_object(const T& object, std::span<const Field<T>> table, const WireFormat& format) {
  Json out = Json::object();
  for (const Field<T>& field : table) {
    if (field.flags & kNotInObject) continue;
    Json value = write_field(object, field, format);
    if (!value.is_missing()) out.set(field.json.data(), std::move(value));
  }
  return out;
}

/// A column request: row indexes in request order, -1 for a number the table does not have (its cell is
/// null).
using ColumnList = std::vector<int>;

template <class T>
Json write_row(const T& object, std::span<const Field<T>> table, const ColumnList& columns,
               const WireFormat& format) {
  Json out = Json::array();
  for (const int index : columns) {
    Json value = index < 0 ? Json() : write_field(object, table[static_cast<std::size_t>(index)], format);
    out.append(value.is_missing() ? Json::null() : std::move(value));
  }
  return out;
}

/// The same row as text, appended: long lists are never held as trees of values.
template <class T>
void append_row(std::string& out, const T& object, std::span<const Field<T>> table, const ColumnList& columns,
                const WireFormat& format) {
  struct Sink {
    std::string& out;
    void nothing() { out += "null"; }
    void json(const Json& given) { out += given.dump(); }
    void text(std::string_view given) { append_json_string(out, given); }
    void integer(std::int64_t given) { append_json_integer(out, given); }
    void boolean(bool given) { out += given ? "true" : "false"; }
  } sink{out};
  char before = '[';
  for (const int index : columns) {
    out += before;
    before = ',';
    if (index < 0)
      sink.nothing();
    else
      emit_field(object, table[static_cast<std::size_t>(index)], format, sink);
  }
  out += before == '[' ? "[]" : "]";
}

/// Takes the members that were sent. Read-only rows and unknown members are ignored, `""` and null clear.
/// Gives the rows that were sent. `creating` admits kCreateOnly rows.
/// Errors: ApiError of `errors`; too long values are collected over all fields before it throws.
template <class T>
FieldSet parse_object(T& object, const Json& source, std::span<const Field<T>> table,
                      const FieldErrors& errors, bool creating) {
  FieldSet sent;
  std::vector<ProblematicField> too_long;
  // Most requests send few of many rows: the search ends with the last member.
  std::size_t unseen = source.size();
  for (std::size_t i = 0; i < table.size() && unseen > 0; ++i) {
    const Field<T>& field = table[i];
    const Json value = source.get(field.json.data());
    if (value.is_missing()) continue;
    --unseen;
    if ((field.flags & kReadOnly) || ((field.flags & kCreateOnly) && !creating)) continue;
    sent.set(i);
    if (field.codec != nullptr && field.codec->parse != nullptr) {
      field.codec->parse(object, value);
      continue;
    }
    parse_member(object, field, value, errors, too_long);
  }
  if (!too_long.empty()) {
    const ProblematicField first = too_long.front();
    throw ApiError(errors.too_long,
                   {first.name, std::to_string(first.max_size), std::to_string(first.length)},
                   std::move(too_long));
  }
  return sent;
}

template <class T>
void parse_member(T& object, const Field<T>& field, const Json& value, const FieldErrors& errors,
                  std::vector<ProblematicField>& too_long) {
  const auto refuse = [&] { throw ApiError(errors.bad_value, {std::string(field.json), value.dump()}); };
  std::visit(
      [&](auto member) {
        auto& target = object.*member;
        using V = std::decay_t<decltype(target)>;
        const bool cleared = value.is_null() || (value.is_string() && value.as_string().empty());
        if constexpr (std::is_same_v<V, std::optional<std::string>>) {
          if (cleared) {
            target.reset();
            return;
          }
          const auto text = value.to_text();
          if (!text) refuse();
          if (has_control_characters(*text)) throw ApiError(errors.bad_character, {std::string(field.json)});
          const std::string_view kept = trim_right(*text);
          const auto length = static_cast<std::int64_t>(count_characters(kept));
          if (field.max_length > 0 && length > field.max_length)
            too_long.push_back({field.column, std::string(field.json), length, field.max_length});
          if (kept.empty())
            target.reset();
          else
            target = std::string(kept);
        } else if constexpr (std::is_same_v<V, bool>) {
          const auto flag = cleared ? std::optional(false) : value.to_boolean();
          if (!flag) refuse();
          target = *flag;
        } else {
          const auto number = cleared ? std::nullopt : value.to_integer();
          if (!cleared && !number) refuse();
          if constexpr (std::is_same_v<V, std::optional<Date>>)
            target = number ? std::optional(Date::from_millis(*number)) : std::nullopt;
          else if constexpr (std::is_same_v<V, std::optional<std::int64_t>>)
            target = number;
          else if constexpr (std::is_same_v<V, Millis>)
            target = {number.value_or(0)};
          else
            target = number.value_or(0);
        }
      },
      field.member);
}

/// Resolves `columns=1,20,500`. Blanks around commas are fine. Errors: ApiError SVL-0010 for an entry that is
/// no number.
template <class T>
ColumnList parse_columns(std::string_view text, std::span<const Field<T>> table) {
  ColumnList columns;
  for (const int number : parse_column_numbers(text)) columns.push_back(find_column(table, number));
  return columns;
}

}  // namespace gw::model

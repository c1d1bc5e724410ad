// The rows of a list answer as JSON text: written while objects arrive, joined in the order of the result.
// Long lists are never held as trees of values.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ajax/action.hpp"
#include "core/json_text.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {

template <class T>
class RowText {
 public:
  /// Takes the parameter `columns`. Errors: SVL-0010 when it cannot be read.
  RowText(const Invocation& invocation, std::span<const model::Field<T>> table)
      : table_(table),
        columns_(model::parse_columns(invocation.arguments.text("columns"), table)),
        format_(invocation.format) {}

  [[nodiscard]] const model::ColumnList& columns() const { return columns_; }

  /// `arrival` counts from 0; a number may be left out, and is no row then.
  void add(std::size_t arrival, const T& object) {
    if (arrival >= places_.size()) places_.resize(arrival + 1);
    const std::size_t begin = text_.size();
    model::append_row(text_, object, table_, columns_, format_);
    places_[arrival] = {begin, text_.size() - begin};
  }
  /// Behind the last one.
  void add(const T& object) { add(places_.size(), object); }

  /// The array of the rows in the order given, by arrival, then `ids` as texts: those of deleted objects.
  [[nodiscard]] std::string join(std::span<const std::size_t> order,
                                 std::span<const std::string> ids = {}) const {
    std::string data = begin_array();
    for (const std::size_t arrival : order) append(data, arrival);
    return end_array(std::move(data), ids);
  }
  /// The same in the order of arrival.
  [[nodiscard]] std::string join_as_arrived(std::span<const std::string> ids = {}) const {
    std::string data = begin_array();
    for (std::size_t arrival = 0; arrival < places_.size(); ++arrival) append(data, arrival);
    return end_array(std::move(data), ids);
  }

 private:
  struct Place {
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  [[nodiscard]] std::string begin_array() const {
    std::string data = "[";
    data.reserve(text_.size() + places_.size() + 2);
    return data;
  }
  void append(std::string& data, std::size_t arrival) const {
    if (data.size() > 1) data += ',';
    data.append(text_, places_[arrival].begin, places_[arrival].size);
  }
  static std::string end_array(std::string data, std::span<const std::string> ids) {
    for (const std::string& id : ids) {
      if (data.size() > 1) data += ',';
      append_json_string(data, id);
    }
    data += ']';
    return data;
  }

  std::span<const model::Field<T>> table_;
  model::ColumnList columns_;
  model::WireFormat format_;
  /// All rows, and by arrival where each stands.
  std::string text_;
  std::vector<Place> places_;
};

}  // namespace gw::ajax

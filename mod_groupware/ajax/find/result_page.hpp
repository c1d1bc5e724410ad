// What the searches of the modules share: which folders, objects with the members that columns name, pages.
#pragma once

#include <algorithm>

#include "ajax/find/facets.hpp"
#include "core/errors/find.hpp"
#include "model/event.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {

/// The folders that the query names; absent: it names none. Of a type of folders those in which the caller
/// may read something. Errors: FIND-0014.
std::optional<std::vector<FolderId>> asked_folders(Invocation& invocation, const FindQuery& query,
                                                   const SearchModule& module, model::ObjectModule objects);

/// The pattern of PatternKind::Substring that fits wherever in a text `text` stands; its `*` and `?` are
/// wildcards.
std::string pattern_anywhere(std::string_view text);

/// The numbers of parameter `columns`, or of `fallback`. Errors: SVL-0010.
std::vector<int> asked_columns(const Invocation& invocation, std::string_view fallback);

/// Those of its members that the columns name and that it has.
template <class T>
Json write_members(const T& object, std::span<const model::Field<T>> table, std::span<const int> columns,
                   const model::WireFormat& format) {
  Json members = Json::object();
  for (const int column : columns) {
    const int row = model::find_column(table, column);
    if (row < 0) continue;
    const model::Field<T>& field = table[static_cast<std::size_t>(row)];
    Json value = model::write_field(object, field, format);
    if (!value.is_missing()) members.set(std::string(field.json), std::move(value));
  }
  return members;
}

/// The rows of the table that these columns name.
template <class T>
model::FieldSet rows_of(std::span<const model::Field<T>> table, std::span<const int> columns) {
  model::FieldSet rows;
  for (const int column : columns)
    if (const int row = model::find_column(table, column); row >= 0) rows.set(static_cast<std::size_t>(row));
  return rows;
}

/// Objects as text while they arrive; the page is cut when their order is known.
class ArrivedObjects {
 public:
  /// Errors: FIND-0019.
  void add(std::size_t arrival, const Json& object) {
    if (arrival >= kMostFound) throw ApiError(errors::find::kTooManyResults, {std::to_string(kMostFound)});
    if (arrival >= objects_.size()) objects_.resize(arrival + 1);
    objects_[arrival] = object.dump();
  }
  [[nodiscard]] FindResults page(std::span<const std::size_t> order, const FindQuery& query) {
    FindResults found;
    found.total = order.size();
    for (std::size_t i = query.start; i < order.size() && found.objects.size() < query.size; ++i)
      found.objects.push_back(objects_.at(order[i]));
    return found;
  }

 private:
  std::vector<std::string> objects_;
};

}  // namespace gw::ajax

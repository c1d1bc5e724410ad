#include "ajax/find/facet_json.hpp"

#include <algorithm>
#include <set>

#include "ajax/find/find_request.hpp"
#include "ajax/find/persons.hpp"
#include "core/text.hpp"
#include "model/text_pattern.hpp"

namespace gw::ajax {
namespace {

/// Where only what lies in others' folders can be found.
constexpr std::string_view kSharedType = "shared";

Json text_array(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.append(Json::string(text));
  return list;
}

Json write_filter(std::string_view fields, const std::vector<std::string>& queries) {
  Json names = Json::array();
  for (const std::string_view field : split(fields, ',')) names.append(Json::string(field));
  Json filter = Json::object();
  filter.set("fields", std::move(names)).set("queries", text_array(queries));
  return filter;
}

Json start_facet(const FacetRow& row, const char* style) {
  Json facet = Json::object();
  facet.set("id", Json::string(row.id)).set("style", Json::string(style));
  return facet;
}

/// The words of a text, each of which must be found. Those that are too short to be looked for are left out
/// if others are not.
std::vector<std::string> words_of(std::string_view text, std::size_t shortest) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ' ')) {
    const std::string_view kept = trim(word);
    if (!kept.empty() && model::count_literal_characters(kept) >= shortest &&
        words.size() < kMostFilterValues)
      words.emplace_back(kept);
  }
  if (words.empty()) words.emplace_back(text);
  return words;
}

class FacetWriter {
 public:
  FacetWriter(Invocation& invocation, const SearchModule& module, std::string_view prefix)
      : invocation_(invocation), module_(module), prefix_(prefix) {
    const auto shortest =
        static_cast<std::size_t>(std::max(0, invocation.work.settings().limits.minimum_search_characters));
    if (!prefix_.empty() && model::count_literal_characters(prefix_) >= shortest)
      words_ = words_of(prefix_, shortest);
    const std::int64_t limit = invocation.arguments.integer("limit");
    if (limit > 0) limit_ = std::min(static_cast<std::size_t>(limit), kMostFacetValues);
    const Json active = invocation.body.get("facets");
    for (std::size_t i = 0; active.is_array() && i < std::min(active.size(), kMostFacets); ++i)
      for (const char* name : {"facet", "id"})
        if (const auto id = active.at(i).get(name).to_text()) active_.insert(*id);
  }

  Json write() {
    Json facets = Json::array();
    for (const FacetRow& row : module_.facets)
      if (Json facet = write(row); !facet.is_missing()) facets.append(std::move(facet));
    return facets;
  }

 private:
  /// A missing Json: not now.
  Json write(const FacetRow& row) {
    switch (row.kind) {
      case FacetKind::Text:
        return words_.empty() ? Json() : write_text(row);
      case FacetKind::Person:
        return words_.empty() ? Json() : write_persons(row);
      case FacetKind::Choice:
        return write_choices(row, row.choices);
      case FacetKind::Date:
        return write_choices(row, date_choices());
      case FacetKind::FolderType:
        return active_.contains("folder") ? Json() : write_choices(row, folder_type_choices());
      default:
        return {};
    }
  }

  [[nodiscard]] Json write_text(const FacetRow& row) const {
    Json facet = start_facet(row, "simple");
    if (row.name.empty()) {
      facet.set("name", Json::string(prefix_));
    } else {
      Json item = Json::object();
      item.set("name", Json::string(prefix_)).set("detail", Json::string(row.name));
      facet.set("item", std::move(item));
    }
    return facet.set("flags", Json::array()).set("filter", write_filter(row.field, words_));
  }

  Json write_choices(const FacetRow& row, std::span<const FacetChoice> choices) {
    if (active_.contains(std::string(row.id))) return {};
    Json options = Json::array();
    for (const FacetChoice& choice : choices) {
      if (row.kind == FacetKind::FolderType && choice.id == kSharedType &&
          !invocation_.caller().modules.has(model::Module::ReadCreateSharedFolders))
        continue;
      Json option = Json::object();
      option.set("id", Json::string(choice.id)).set("name", Json::string(choice.name));
      options.append(option.set("filter", write_filter(row.field, {std::string(choice.id)})));
    }
    Json flags = Json::array();
    if (row.kind == FacetKind::FolderType) flags.append(Json::string("conflicts:folder"));
    Json facet = start_facet(row, "exclusive");
    facet.set("name", Json::string(row.name)).set("flags", std::move(flags));
    return facet.set("options", std::move(options));
  }

  Json write_persons(const FacetRow& row) {
    if (!persons_) persons_ = find_persons(invocation_, prefix_, limit_, asks_for_admin(invocation_.body));
    Json values = Json::array();
    for (const FoundPerson& person : *persons_) {
      const std::vector<std::string> queries =
          row.field == kContactField ? std::vector{person.contact} : person.queries;
      if (queries.empty()) continue;
      Json item = Json::object();
      item.set("name", Json::string(person.name));
      if (!person.detail.empty()) item.set("detail", Json::string(person.detail));
      if (!person.picture.empty()) item.set("image_url", Json::string(person.picture));
      values.append(write_person(row, person.id, std::move(item), queries));
    }
    if (row.field != kContactField) {
      Json item = Json::object();
      item.set("name", Json::string(prefix_));
      values.append(write_person(row, prefix_, std::move(item), {std::string(prefix_)}));
    }
    if (values.size() == 0) return {};
    Json facet = start_facet(row, "default");
    facet.set("name", Json::string(row.name)).set("flags", Json::array());
    return facet.set("values", std::move(values));
  }

  static Json write_person(const FacetRow& row, std::string_view id, Json item,
                           const std::vector<std::string>& queries) {
    Json value = Json::object();
    value.set("id", Json::string(id)).set("item", std::move(item));
    if (row.choices.empty()) return value.set("filter", write_filter(row.field, queries));
    Json options = Json::array();
    for (const FacetChoice& choice : row.choices) {
      Json option = Json::object();
      option.set("id", Json::string(choice.id)).set("name", Json::string(choice.name));
      options.append(option.set("filter", write_filter(choice.fields, queries)));
    }
    return value.set("options", std::move(options));
  }

  Invocation& invocation_;
  const SearchModule& module_;
  std::string_view prefix_;
  std::vector<std::string> words_;
  std::size_t limit_ = kDefaultFacetValues;
  std::set<std::string> active_;
  std::optional<std::vector<FoundPerson>> persons_;
};

}  // namespace

Json write_facets(Invocation& invocation, const SearchModule& module, std::string_view prefix) {
  return FacetWriter(invocation, module, prefix).write();
}

}  // namespace gw::ajax

#include "ajax/find/find_request.hpp"

#include <algorithm>

#include "core/errors/find.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/text_pattern.hpp"

namespace gw::ajax {
namespace {

constexpr std::int64_t kDefaultPage = 20;
constexpr std::int64_t kMillisOfDay = 86'400'000;
/// Of the store of files that this server keeps itself.
constexpr std::string_view kOwnFiles = "com.openexchange.infostore://infostore";

std::vector<std::string> text_list(const Json& value, std::string_view facet, const ErrorCode& none) {
  std::vector<std::string> texts;
  if (value.is_array() && value.size() > kMostFilterValues)
    throw ApiError(errors::svl::kBodyIllegal, {"a filter with too many values"});
  for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
    const auto text = value.at(i).to_text();
    if (!text || count_characters(*text) > kLongestQuery)
      throw ApiError(errors::svl::kBadParameter, {"filter", std::string(facet)});
    if (!trim(*text).empty()) texts.emplace_back(trim(*text));
  }
  if (texts.empty()) throw ApiError(none, {std::string(facet)});
  return texts;
}

class QueryParser {
 public:
  QueryParser(const Invocation& invocation, const SearchModule& module)
      : module_(module),
        now_(invocation.work.now()),
        shortest_(std::max(0, invocation.work.settings().limits.minimum_search_characters)) {}

  FindQuery parse(const Json& body) {
    const Json facets = body.get("facets");
    if (facets.is_array() && facets.size() > kMostFacets)
      throw ApiError(errors::svl::kBodyIllegal, {"too many facets"});
    for (std::size_t i = 0; facets.is_array() && i < facets.size(); ++i) take_facet(facets.at(i));
    if (module_.needs_folder && !query_.folder) throw ApiError(errors::find::kFacetMissing, {"folder"});
    if (query_.criteria.empty() && !query_.since && !query_.before) throw ApiError(errors::find::kNoFilter);
    query_.start = page_number(body, "start", 0, INT32_MAX);
    query_.size = page_number(body, "size", kDefaultPage, kLargestPage);
    query_.with_admin = asks_for_admin(body);
    return std::move(query_);
  }

 private:
  static std::size_t page_number(const Json& body, const char* name, std::int64_t fallback,
                                 std::int64_t most) {
    const Json value = body.get(name);
    if (value.is_missing() || value.is_null()) return static_cast<std::size_t>(fallback);
    const auto number = value.to_integer();
    if (!number || *number < 0 || *number > most)
      throw ApiError(errors::svl::kBadParameter, {name, value.dump()});
    return static_cast<std::size_t>(*number);
  }

  void take_facet(const Json& facet) {
    if (!facet.is_object()) throw ApiError(errors::svl::kBodyIllegal, {"facets are objects"});
    // Answers of autocomplete call it `id`.
    const Json name = facet.get("facet");
    const std::string id = (name.is_missing() ? facet.get("id") : name).to_text().value_or("");
    const FacetRow* row = find_facet(module_, id);
    if (row == nullptr) throw ApiError(errors::find::kUnknownFacet, {id, std::string(module_.name)});
    const std::string value(trim(facet.get("value").to_text().value_or("")));
    if (count_characters(value) > kLongestQuery) throw ApiError(errors::svl::kBadParameter, {"value", id});
    const Json filter = facet.get("filter");
    // Clients say so that a facet is switched off.
    if (value.empty() && !filter.is_object()) return;
    if (row->kind == FacetKind::Folder || row->kind == FacetKind::Account) return take_place(*row, value);
    FindCriterion criterion{row, {std::string(row->field)}, {value}};
    if (filter.is_object()) {
      criterion.fields = text_list(filter.get("fields"), id, errors::find::kNoFields);
      criterion.queries = text_list(filter.get("queries"), id, errors::find::kNoQueries);
    }
    values_ += criterion.queries.size();
    if (values_ > kMostFilterValues) throw ApiError(errors::svl::kBodyIllegal, {"too many filters"});
    for (const std::string& field : criterion.fields)
      if (!is_field_of(*row, field)) throw ApiError(errors::find::kUnknownField, {field});
    check_exclusive(*row);
    take_criterion(std::move(criterion));
  }

  /// Texts may be looked for in what other texts of the module are looked for in.
  [[nodiscard]] bool is_field_of(const FacetRow& row, std::string_view field) const {
    if (row.kind == FacetKind::Text)
      return std::any_of(module_.facets.begin(), module_.facets.end(), [&](const FacetRow& other) {
        return other.kind == FacetKind::Text && other.field == field;
      });
    return field == row.field ||
           std::any_of(row.choices.begin(), row.choices.end(), [&](const FacetChoice& choice) {
             const auto fields = split(choice.fields, ',');
             return std::find(fields.begin(), fields.end(), field) != fields.end();
           });
  }

  void take_place(const FacetRow& row, const std::string& value) {
    if (value.empty()) return;
    if (row.kind == FacetKind::Account) {
      if (value != kOwnFiles) throw ApiError(errors::find::kBadAccount, {value, std::string(module_.name)});
      return;
    }
    check_exclusive(row);
    query_.folder = value;
  }

  /// Folder and folder type exclude each other, and each exclusive facet itself.
  void check_exclusive(const FacetRow& row) {
    if (row.kind == FacetKind::Text || row.kind == FacetKind::Person) return;
    for (const FacetRow* taken : exclusive_) {
      const auto is_place = [](const FacetRow& facet) {
        return facet.kind == FacetKind::Folder || facet.kind == FacetKind::FolderType;
      };
      if (taken == &row || (is_place(*taken) && is_place(row)))
        throw ApiError(errors::find::kFacetConflict, {std::string(taken->id), std::string(row.id)});
    }
    exclusive_.push_back(&row);
  }

  void take_criterion(FindCriterion criterion) {
    const FacetRow& row = *criterion.facet;
    const std::string& first = criterion.queries.front();
    switch (row.kind) {
      case FacetKind::Text:
        for (const std::string& text : criterion.queries)
          if (model::count_literal_characters(text) < static_cast<std::size_t>(shortest_))
            throw ApiError(errors::find::kTooShort, {std::to_string(shortest_)});
        break;
      case FacetKind::Person:
        break;
      case FacetKind::Date: {
        const TimeFrame frame =
            find_choice(row, first) != nullptr ? frame_of_choice(first, now_) : parse_time_frame(first);
        query_.since = frame.since;
        query_.before = frame.before;
        return;
      }
      case FacetKind::FolderType:
        if (find_choice(row, first) == nullptr) throw ApiError(errors::find::kBadFolderType, {first});
        query_.folder_type = first;
        return;
      default:
        for (const std::string& text : criterion.queries)
          if (find_choice(row, text) == nullptr)
            throw ApiError(errors::find::kUnknownQuery, {text, std::string(row.field)});
    }
    query_.criteria.push_back(std::move(criterion));
  }

  const SearchModule& module_;
  Millis now_;
  int shortest_;
  FindQuery query_;
  std::size_t values_ = 0;
  std::vector<const FacetRow*> exclusive_;
};

std::optional<Millis> frame_end(std::string_view word, std::string_view whole) {
  if (word == "*") return std::nullopt;
  const auto number = parse_integer(word);
  constexpr std::int64_t kFarthest = 253'402'300'799'000;  // year 9999
  if (!number) throw ApiError(errors::find::kUnreadable, {std::string(whole)});
  return Millis{std::clamp(*number, -kFarthest, kFarthest)};
}

}  // namespace

const SearchModule& asked_search_module(const Invocation& invocation) {
  const std::string name(invocation.arguments.text("module"));
  const SearchModule* module = find_search_module(name);
  if (module == nullptr) throw ApiError(errors::svl::kBadParameter, {"module", name});
  if (!may_search(invocation, *module)) throw ApiError(errors::find::kModuleDisabled, {name});
  return *module;
}

FindQuery parse_find_query(Invocation& invocation, const SearchModule& module) {
  take_timezone(invocation);
  return QueryParser(invocation, module).parse(invocation.body);
}

void take_timezone(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with facets"});
  const Json value = invocation.body.get("options").get("timezone");
  const std::string name = value.to_text().value_or("");
  if (name.empty()) return;
  const auto zone = TimeZone::find(name);
  if (!zone) throw ApiError(errors::svl::kBadParameter, {"timezone", name});
  invocation.format.zone = *zone;
}

bool asks_for_admin(const Json& body) { return body.get("options").get("admin").to_boolean().value_or(true); }

TimeFrame parse_time_frame(std::string_view text) {
  const bool is_closed = text.starts_with('[') && text.ends_with(']');
  const bool is_open = text.starts_with('{') && text.ends_with('}');
  constexpr std::string_view kTo = " TO ";
  const std::size_t middle = text.find(kTo);
  if ((!is_closed && !is_open) || middle == std::string_view::npos)
    throw ApiError(errors::find::kUnreadable, {std::string(text)});
  const auto from = frame_end(trim(text.substr(1, middle - 1)), text);
  const std::size_t rest = middle + kTo.size();
  const auto to = frame_end(trim(text.substr(rest, text.size() - rest - 1)), text);
  TimeFrame frame{from, to};
  if (frame.since && is_open) ++frame.since->value;
  if (frame.before && is_closed) ++frame.before->value;
  return frame;
}

TimeFrame frame_of_choice(std::string_view id, Millis now) {
  const std::int64_t days = id == "last_week" ? 7 : id == "last_month" ? 31 : 366;
  return {Millis{now.value - days * kMillisOfDay}, Millis{now.value + 1}};
}

}  // namespace gw::ajax

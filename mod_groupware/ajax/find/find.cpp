#include "ajax/find/find.hpp"

#include "ajax/find/facet_json.hpp"
#include "ajax/find/find_request.hpp"
#include "core/errors/find.hpp"
#include "core/errors/servlet.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

Response find_autocomplete(Invocation& invocation) {
  const SearchModule& module = asked_search_module(invocation);
  take_timezone(invocation);
  const Json prefix = invocation.body.get("prefix");
  if (prefix.is_missing()) throw ApiError(errors::svl::kMissing, {"prefix"});
  const std::string text(trim(prefix.to_text().value_or("")));
  if (count_characters(text) > kLongestQuery)
    throw ApiError(errors::svl::kBadParameter, {"prefix", std::string(first_characters(text, 40)) + "…"});
  Json data = Json::object();
  data.set("facets", write_facets(invocation, module, text));
  return Response::with_data(std::move(data));
}

Response find_query(Invocation& invocation) {
  const SearchModule& module = asked_search_module(invocation);
  const FindQuery query = parse_find_query(invocation, module);
  const FindResults found = module.search(invocation, query);
  std::string text = "{\"num_found\":";
  append_json_integer(text, static_cast<std::int64_t>(found.total));
  text += ",\"start\":";
  append_json_integer(text, static_cast<std::int64_t>(query.start));
  text += ",\"size\":";
  append_json_integer(text, static_cast<std::int64_t>(found.objects.size()));
  text += ",\"results\":[";
  text += join(found.objects, ",");
  text += "]}";
  Response response = Response::with_text(std::move(text));
  response.warnings = found.warnings;
  return response;
}

/// What a client has to know before it shows a search box.
Response find_config(Invocation& invocation) {
  Json modules = Json::array(), folder = Json::array();
  for (const SearchModule* module : search_modules()) {
    if (!may_search(invocation, *module)) continue;
    modules.append(Json::string(module->name));
    if (module->needs_folder) folder.append(Json::string(module->name));
  }
  Json mandatory = Json::object();
  mandatory.set("folder", std::move(folder)).set("account", Json::array());
  Json data = Json::object();
  data.set("modules", std::move(modules)).set("mandatory", std::move(mandatory));
  return Response::with_data(std::move(data));
}

constexpr Parameter kAutocompleteParameters[] = {{"module", Type::Text, true}, {"limit", Type::Integer}};
constexpr Parameter kQueryParameters[] = {
    {"module", Type::Text, true}, {"columns", Type::List}, {"fields", Type::List}, {"headers", Type::List}};

constexpr Action kFindActions[] = {
    {"autocomplete", kPut, find_autocomplete, kBody, kAutocompleteParameters},
    {"config", kGet, find_config},
    {"query", kPut, find_query, kBody, kQueryParameters},
};

}  // namespace

const ApiModule kFindModule{"find", kFindActions};

}  // namespace gw::ajax

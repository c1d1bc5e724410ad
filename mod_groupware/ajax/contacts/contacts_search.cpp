// contacts: search, advancedSearch, autocomplete, birthdays, anniversaries.
#include "ajax/contacts/contacts_actions.hpp"
#include "ajax/contacts/contacts_input.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_search.hpp"

namespace gw::ajax::contacts_actions {
namespace {

namespace contacts = model::contacts;
using StringMember = std::optional<std::string> contacts::Contact::*;

/// Every member that is named like a String field is a pattern for it.
void parse_patterns(const Json& body, contacts::SearchQuery& query) {
  const auto table = contacts::contact_fields();
  body.for_each_member([&](std::string_view name, const Json& value) {
    const int row = model::find_json(table, name);
    if (row < 0 || value.is_null()) return;
    const auto& field = table[static_cast<std::size_t>(row)];
    if (field.codec != nullptr || !std::holds_alternative<StringMember>(field.member)) return;
    const auto text = value.to_text();
    if (!text) throw ApiError(errors::svl::kBadParameter, {std::string(name), value.dump()});
    query.patterns.emplace_back(static_cast<std::size_t>(row), *text);
  });
}

std::optional<FolderId> asked_folder(const Arguments& arguments) {
  const std::string_view text = trim(arguments.text("folder"));
  return text.empty() ? std::nullopt : std::optional(parse_contact_folder(text));
}

Response find_dates(Invocation& invocation, contacts::Anniversary kind) {
  ContactRows rows(invocation, {.limits = false});
  const Arguments& arguments = invocation.arguments;
  const Date start = Date::from_millis(arguments.integer("start"));
  const Date end = Date::from_millis(arguments.integer("end"));
  return rows.answer(contacts::find_anniversaries(invocation.work, kind, start, end, asked_folder(arguments),
                                                  rows.request(), rows.visitor()));
}

}  // namespace

Response search(Invocation& invocation) {
  ContactRows rows(invocation, {.admin = true});
  return rows.answer(contacts::search(invocation.work, parse_contact_search(invocation.body), rows.request(),
                                      rows.visitor()));
}

Response advanced_search(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with filter"});
  ContactRows rows(invocation, {.admin = true});
  const auto term = contacts::SearchTerm::parse(body.get("filter"));
  const Json folders = body.get("folders");
  const auto named = parse_contact_folders(folders.is_missing() ? body.get("folder") : folders);
  return rows.answer(contacts::advanced_search(invocation.work, term, named, rows.request(), rows.visitor()));
}

Response autocomplete(Invocation& invocation) {
  ContactRows rows(invocation, {});
  const Arguments& arguments = invocation.arguments;
  // Present but empty is a query that finds nothing, so the parameter is not declared as mandatory text.
  if (!arguments.has("query")) throw HttpError(400, "Missing the following request parameter: query");
  contacts::AutocompleteQuery query{
      std::string(arguments.text("query")), arguments.boolean("email", true), {}};
  if (const auto folder = asked_folder(arguments)) query.folders = {*folder};
  return rows.answer(contacts::autocomplete(invocation.work, query, rows.request(), rows.visitor()));
}

Response birthdays(Invocation& invocation) { return find_dates(invocation, contacts::Anniversary::Birthday); }

Response anniversaries(Invocation& invocation) {
  return find_dates(invocation, contacts::Anniversary::Anniversary);
}

}  // namespace gw::ajax::contacts_actions

namespace gw::ajax {

model::contacts::SearchQuery parse_contact_search(const Json& body) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const auto flag = [&](const char* name) { return body.get(name).to_boolean().value_or(false); };
  model::contacts::SearchQuery query;
  query.pattern = body.get("pattern").to_text();
  query.start_letter = flag("startletter");
  query.folders = parse_contact_folders(body.get("folder"));
  query.excluded_folders = parse_contact_folders(body.get("exclude_folders"));
  query.any_field = flag("orSearch");
  query.email_required = flag("emailAutoComplete");
  query.exact = flag("exactMatch");
  contacts_actions::parse_patterns(body, query);
  return query;
}

}  // namespace gw::ajax

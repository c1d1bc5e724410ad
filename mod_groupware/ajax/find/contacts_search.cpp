// The search box in address books. Its conditions are terms of advancedSearch.
#include "ajax/find/persons.hpp"
#include "ajax/find/result_page.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_search.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

constexpr std::string_view kContactColumns = "1,20,500,501,502,505,555,556,557,569,592,602,606";

constexpr FacetChoice kContactTypes[] = {{"contact", "Contact"}, {"distribution list", "Distribution list"}};

constexpr FacetRow kContactFacets[] = {
    {"global", FacetKind::Text, "global"},
    {"name", FacetKind::Text, "name", "in name"},
    {"email", FacetKind::Text, "email", "in email"},
    {"phone", FacetKind::Text, "phone", "in phone"},
    {"address", FacetKind::Text, "address", "in address"},
    {"note", FacetKind::Text, "note", "in note"},
    {"contact", FacetKind::Person, kContactField, "Contact"},
    {"contact_type", FacetKind::Choice, "contact_type", "Type", kContactTypes},
    {"folder_type", FacetKind::FolderType, "folder_type", "Folder type"},
    {"folder", FacetKind::Folder, "folder"},
};

struct ContactTextRow {
  std::string_view field;
  std::string_view members;  ///< of a contact, separated by commas
};
constexpr ContactTextRow kContactTexts[] = {
    {"global",
     "display_name,last_name,first_name,nickname,company,department,position,email1,email2,email3,"
     "cellular_telephone1,telephone_business1,telephone_home1,city_business,city_home,categories,note"},
    {"name", "display_name,last_name,first_name,second_name,nickname,company"},
    {"email", "email1,email2,email3"},
    {"phone",
     "telephone_business1,telephone_business2,fax_business,telephone_callback,telephone_car,telephone_"
     "company,"
     "telephone_home1,telephone_home2,fax_home,cellular_telephone1,cellular_telephone2,telephone_other,"
     "fax_other,telephone_isdn,telephone_pager,telephone_primary,telephone_radio,telephone_telex,"
     "telephone_ttytdd,telephone_ip,telephone_assistant"},
    {"address",
     "street_home,postal_code_home,city_home,state_home,country_home,street_business,postal_code_business,"
     "city_business,state_business,country_business,street_other,postal_code_other,city_other,state_other,"
     "country_other"},
    {"note", "note"},
};

Json comparison(std::string_view member, Json value) {
  Json field = Json::object();
  field.set("field", Json::string(member));
  return Json::array().append(Json::string("=")).append(std::move(field)).append(std::move(value));
}

/// Each text must be in one of the members.
void add_text_terms(Json& terms, const FindCriterion& criterion) {
  for (const std::string& text : criterion.queries) {
    Json any = Json::array().append(Json::string("or"));
    for (const std::string& field : criterion.fields)
      for (const ContactTextRow& row : kContactTexts)
        if (row.field == field)
          for (const std::string_view member : split(row.members, ','))
            any.append(comparison(member, Json::string("*" + text + "*")));
    terms.append(std::move(any));
  }
}

void add_contact_term(Json& terms, const FindCriterion& criterion) {
  Json any = Json::array().append(Json::string("or"));
  for (const std::string& id : criterion.queries)
    any.append(comparison("id", Json::integer(parse_integer(id).value_or(0))));
  terms.append(std::move(any));
}

contacts::SearchTerm make_contact_term(const FindQuery& query) {
  Json terms = Json::array().append(Json::string("and"));
  for (const FindCriterion& criterion : query.criteria) {
    if (criterion.facet->kind == FacetKind::Text)
      add_text_terms(terms, criterion);
    else if (criterion.facet->kind == FacetKind::Person)
      add_contact_term(terms, criterion);
    else if (criterion.queries.size() == 1)
      terms.append(comparison("mark_as_distributionlist",
                              Json::boolean(criterion.queries.front() != kContactTypes[0].id)));
  }
  return contacts::SearchTerm::parse(terms);
}

FindResults search_contacts_by_facets(Invocation& invocation, const FindQuery& query) {
  const auto columns = asked_columns(invocation, kContactColumns);
  const auto folders = asked_folders(invocation, query, kContactsSearch, model::ObjectModule::Contact);
  if (folders && folders->empty()) return {};
  const auto table = contacts::contact_fields();
  const contacts::ListRequest request{
      .fields = rows_of(table, columns), .sort = {}, .right = {}, .without_admin = !query.with_admin};
  ArrivedObjects objects;
  const auto found = contacts::advanced_search(
      invocation.work, make_contact_term(query), folders.value_or(std::vector<FolderId>()), request,
      [&](std::size_t arrival, const contacts::Contact& contact) {
        objects.add(arrival, write_members(contact, table, columns, invocation.format));
      });
  return objects.page(found.order, query);
}

}  // namespace

const SearchModule kContactsSearch{"contacts",     {},    model::Module::Contacts,
                                   kContactFacets, false, search_contacts_by_facets};

}  // namespace gw::ajax

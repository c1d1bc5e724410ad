// Module `halo/contact`: what is known about a person. Only the provider that reads address books has
// content; calendar and mail providers come with those modules. Source: spec mail-push-and-extras section 8.
#include <array>

#include "ajax/contacts/contacts.hpp"
#include "ajax/contacts/contacts_input.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_search.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

constexpr std::string_view kContactsProvider = "com.openexchange.halo.contacts";

Response services(Invocation&) {
  Json data = Json::array();
  data.append(Json::string(kContactsProvider));
  return Response::with_data(std::move(data));
}

struct Person {
  std::int64_t user = 0;
  std::vector<std::string> addresses;
};

Person parse_person(const Invocation& invocation) {
  Person person;
  const Json& body = invocation.body;
  if (!body.is_missing() && !body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const auto read = [&](const char* name) {
    return body.is_missing() ? std::string(invocation.arguments.text(name))
                             : body.get(name).to_text().value_or("");
  };
  for (const char* name : {"email1", "email2", "email3"})
    if (std::string address = read(name); !address.empty()) person.addresses.push_back(std::move(address));
  person.user = body.is_missing() ? invocation.arguments.integer("internal_userid")
                                  : body.get("internal_userid").to_integer().value_or(0);
  return person;
}

Response investigate(Invocation& invocation) {
  const std::string_view provider = invocation.arguments.text("provider");
  if (provider != kContactsProvider)
    throw ApiError(errors::svl::kBadParameter, {"provider", std::string(provider)});
  const Person person = parse_person(invocation);
  ContactRows rows(invocation, {.limits = false});
  if (person.user > 0)
    return rows.answer(contacts::list_users(invocation.work, std::array{UserId(person.user)}, rows.request(),
                                            rows.visitor()));
  return rows.answer(
      contacts::find_by_addresses(invocation.work, person.addresses, rows.request(), rows.visitor()));
}

constexpr Parameter kInvestigate[] = {
    {"provider", Type::Text, true},     {"columns", Type::List, true}, {"email1"}, {"email2"},   {"email3"},
    {"internal_userid", Type::Integer}, {"sort", Type::Integer},       {"order"},  {"collation"}};

constexpr Action kHaloActions[] = {
    {"investigate", kGet, investigate, 0, kInvestigate, model::Module::Contacts},
    {"investigate", kPut, investigate, kBody, kInvestigate, model::Module::Contacts},
    {"services", kGet, services, 0, {}, model::Module::Contacts},
};

}  // namespace

const ApiModule kHaloContactModule{"halo/contact", kHaloActions};

}  // namespace gw::ajax

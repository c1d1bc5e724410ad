#include "ajax/find/persons.hpp"

#include <array>

#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

constexpr std::string_view kUser = "user:", kMail = "mail:";
constexpr int kPictureColumn = 606;
/// Users that one text may mean.
constexpr std::size_t kMostMeant = 100;

std::vector<contacts::Contact> complete(Invocation& invocation, std::string_view text, std::size_t most,
                                        bool with_admin) {
  contacts::ListRequest request{
      .fields = contacts::fields_of(std::array{1, 20, 500, 524, 555, 556, 557, kPictureColumn}),
      .sort = {},
      .right = static_cast<std::int64_t>(most),
      .without_admin = !with_admin};
  contacts::ContactCollector collector;
  const contacts::AutocompleteQuery query{std::string(text), false, {}};
  return collector.take(contacts::autocomplete(invocation.work, query, request, collector.visitor()));
}

std::string picture_of(const contacts::Contact& contact, const model::WireFormat& format) {
  const auto table = contacts::contact_fields();
  const int row = model::find_column(table, kPictureColumn);
  return row < 0 ? std::string()
                 : std::string(model::write_field(contact, table[static_cast<std::size_t>(row)], format)
                                   .to_text()
                                   .value_or(""));
}

FoundPerson describe(const contacts::Contact& contact, const model::WireFormat& format) {
  FoundPerson person;
  person.contact = std::to_string(contact.id);
  person.id = "contact/" + std::to_string(contact.folder_id) + "/" + person.contact;
  if (contact.user_id != 0) person.queries.push_back(std::string(kUser) + std::to_string(contact.user_id));
  for (const auto* address : {&contact.email1, &contact.email2, &contact.email3}) {
    if (!*address) continue;
    if (person.detail.empty()) person.detail = **address;
    person.queries.push_back(std::string(kMail) + **address);
  }
  person.name = contact.display_name.value_or(person.detail);
  person.picture = picture_of(contact, format);
  return person;
}

}  // namespace

std::vector<FoundPerson> find_persons(Invocation& invocation, std::string_view text, std::size_t most,
                                      bool with_admin) {
  std::vector<FoundPerson> persons;
  for (const contacts::Contact& contact : complete(invocation, text, most, with_admin))
    persons.push_back(describe(contact, invocation.format));
  return persons;
}

model::ParticipantCondition participants_of(Invocation& invocation, const FindCriterion& criterion) {
  model::ParticipantCondition condition;
  const auto add_user = [&](std::int64_t user) {
    if (user > 0 && condition.users.size() < model::kMostParticipantValues) condition.users.push_back(user);
  };
  for (const std::string& query : criterion.queries) {
    if (query.starts_with(kUser)) {
      add_user(parse_integer(std::string_view(query).substr(kUser.size())).value_or(0));
    } else if (query.starts_with(kMail)) {
      condition.add_address(std::string_view(query).substr(kMail.size()));
    } else {
      condition.add_piece(query);
      for (const contacts::Contact& contact : complete(invocation, query, kMostMeant, true))
        add_user(contact.user_id);
    }
  }
  return condition;
}

std::vector<std::string> addresses_of(const FindCriterion& criterion) {
  std::vector<std::string> texts;
  for (const std::string& query : criterion.queries)
    if (query.starts_with(kMail))
      texts.push_back(query.substr(kMail.size()));
    else if (!query.starts_with(kUser))
      texts.push_back(query);
  return texts;
}

}  // namespace gw::ajax

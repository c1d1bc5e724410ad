// Module `contacts`: single contacts, and the table of all its actions. Source: spec
// contacts-users-groups-resources section 3.
#include "ajax/contacts/contacts.hpp"

#include "ajax/contacts/contacts_actions.hpp"
#include "ajax/contacts/contacts_input.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

Response answer(const contacts::Contact& contact, const Invocation& invocation) {
  return Response::with_data(model::write_object(contact, contacts::contact_fields(), invocation.format),
                             contact.last_modified);
}

Response get(Invocation& invocation) {
  return answer(contacts::get(invocation.work, asked_contact(invocation)), invocation);
}

Response get_user(Invocation& invocation) {
  return answer(contacts::get_user(invocation.work, UserId(invocation.arguments.integer("id"))), invocation);
}

constexpr Parameter kColumns[] = {{"columns", Type::List, true}};
constexpr Parameter kAll[] = {{"folder", Type::Id, true},
                              {"columns", Type::List, true},
                              {"sort", Type::Integer},
                              {"order"},
                              {"collation"},
                              {"admin", Type::Boolean},
                              {"limit"},
                              {"left_hand_limit", Type::Integer},
                              {"right_hand_limit", Type::Integer}};
constexpr Parameter kUpdates[] = {{"folder", Type::Id, true},
                                  {"columns", Type::List, true},
                                  {"timestamp", Type::Timestamp, true},
                                  {"ignore"},
                                  {"sort", Type::Integer},
                                  {"order"},
                                  {"collation"}};
constexpr Parameter kGetContact[] = {{"id", Type::Id, true}, {"folder", Type::Id, true}};
constexpr Parameter kGetUser[] = {{"id", Type::Integer, true}};
constexpr Parameter kUpdate[] = {
    {"id", Type::Id, true}, {"folder", Type::Id, true}, {"timestamp", Type::Timestamp, true}};
constexpr Parameter kDelete[] = {{"timestamp", Type::Timestamp, true}};
constexpr Parameter kSearch[] = {{"columns", Type::List, true},
                                 {"sort", Type::Integer},
                                 {"order"},
                                 {"collation"},
                                 {"admin", Type::Boolean},
                                 {"left_hand_limit", Type::Integer},
                                 {"right_hand_limit", Type::Integer}};
constexpr Parameter kAutocomplete[] = {{"query", Type::Text},
                                       {"columns", Type::List, true},
                                       {"email", Type::Boolean},
                                       {"folder"},
                                       {"sort", Type::Integer},
                                       {"order"},
                                       {"collation"},
                                       {"left_hand_limit", Type::Integer},
                                       {"right_hand_limit", Type::Integer}};
constexpr Parameter kDates[] = {{"start", Type::Timestamp, true},
                                {"end", Type::Timestamp, true},
                                {"columns", Type::List, true},
                                {"folder"},
                                {"sort", Type::Integer},
                                {"order"},
                                {"collation"}};

constexpr auto kModule = model::Module::Contacts;

namespace action = contacts_actions;
constexpr Action kContactsActions[] = {
    {"advancedSearch", kPut, action::advanced_search, kBody, kSearch, kModule},
    {"all", kGet, action::all, 0, kAll, kModule},
    {"anniversaries", kGet, action::anniversaries, 0, kDates, kModule},
    {"autocomplete", kGet, action::autocomplete, 0, kAutocomplete, kModule},
    {"birthdays", kGet, action::birthdays, 0, kDates, kModule},
    {"copy", kPut, action::copy, kBody | kSerial, kGetContact, kModule},
    {"delete", kPut, action::remove, kBody | kSerial, kDelete, kModule},
    {"get", kGet, get, 0, kGetContact, kModule},
    {"getuser", kGet, get_user, 0, kGetUser, kModule},
    {"list", kPut, action::list, kBody, kColumns, kModule},
    {"listuser", kPut, action::list_user, kBody, kColumns, kModule},
    {"new", kPut, action::create, kBody | kSerial, {}, kModule},
    {"new", kPost, action::create, kUpload | kSerial | kNotInMultiple, {}, kModule},
    {"search", kPut, action::search, kBody, kSearch, kModule},
    {"update", kPut, action::update, kBody | kSerial, kUpdate, kModule},
    {"update", kPost, action::update, kUpload | kSerial | kNotInMultiple, kUpdate, kModule},
    {"updates", kGet, action::updates, 0, kUpdates, kModule},
};

}  // namespace

const ApiModule kContactsModule{"contacts", kContactsActions};

}  // namespace gw::ajax

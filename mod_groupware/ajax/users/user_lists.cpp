#include "ajax/users/user_lists.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ajax/contacts/contacts_input.hpp"
#include "ajax/users/group_body.hpp"
#include "ajax/users/user_columns.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/folders/folder_access.hpp"
#include "model/users/user_service.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;
using model::users::User;

constexpr int kUserIdField = 524;

std::string sort_text(const UserColumn& column, const User& user, const model::Caller& caller) {
  const Json value = column.write(user, caller);
  return value.is_string() ? std::string(value.as_string()) : value.is_missing() ? "" : value.dump();
}

/// Orders by a column that only the account knows; contacts cannot.
void sort_by_account(std::vector<User>& users, const contacts::Sort& sort, const model::Caller& caller) {
  const UserColumn* column = find_user_column(sort.column);
  const auto is_before = [&](const User& a, const User& b) {
    if (column->column == 1) return a.id < b.id;
    return sort_text(*column, a, caller) < sort_text(*column, b, caller);
  };
  std::stable_sort(users.begin(), users.end(), [&](const User& a, const User& b) {
    return sort.descending ? is_before(b, a) : is_before(a, b);
  });
}

/// Collects rows while contacts arrive, then puts them into the order of the result.
class RowCollector {
 public:
  RowCollector(Invocation& invocation, std::vector<User> users)
      : invocation_(invocation), columns_(invocation.arguments.text("columns")) {
    for (User& user : users) users_.emplace(user.id.value, std::move(user));
  }

  contacts::ListRequest request(contacts::Sort sort) const {
    contacts::ListRequest request;
    const int own[] = {kUserIdField};
    request.fields = columns_.contact_fields() | contacts::fields_of(own);
    request.sort = std::move(sort);
    return request;
  }

  contacts::Visitor visitor() {
    return [this](std::size_t arrival, const contacts::Contact& contact) {
      const auto user = users_.find(contact.user_id);
      if (arrival >= rows_.size()) rows_.resize(arrival + 1);
      if (user != users_.end())
        rows_[arrival] = columns_.write_row(user->second, contact, invocation_.caller(), invocation_.format);
    };
  }

  Response answer(const contacts::ListResult& result) const {
    Json data = Json::array();
    for (const std::size_t arrival : result.order)
      if (arrival < rows_.size() && !rows_[arrival].is_missing()) data.append(rows_[arrival]);
    return Response::with_data(std::move(data), result.timestamp);
  }

 private:
  Invocation& invocation_;
  UserColumns columns_;
  std::map<std::int64_t, User> users_;
  std::vector<Json> rows_;
};

Response answer_users(Invocation& invocation, std::vector<User> users, contacts::Sort sort) {
  if (sort.column != 0 && find_user_column(sort.column) != nullptr) {
    sort_by_account(users, sort, invocation.caller());
    sort = {};
  }
  std::vector<UserId> ids;
  for (const User& user : users) ids.push_back(user.id);
  RowCollector collector(invocation, std::move(users));
  return collector.answer(
      contacts::list_users(invocation.work, ids, collector.request(std::move(sort)), collector.visitor()));
}

/// In the global address book; a pattern goes before the single fields.
contacts::SearchQuery parse_search(const Json& body) {
  contacts::SearchQuery query = parse_contact_search(body);
  query.folders = {model::folders::system_folder::kGlobalAddressBook};
  query.excluded_folders.clear();
  if (query.pattern) query.patterns.clear();
  return query;
}

/// Finds first and lists then: contacts cannot be ordered by what only the account knows.
Response search_by_account(Invocation& invocation, const contacts::SearchQuery& query,
                           std::vector<User> users, contacts::Sort sort) {
  std::set<std::int64_t> found;
  contacts::ListRequest request;
  request.fields = contacts::fields_of(std::array{kUserIdField});
  contacts::search(invocation.work, query, request,
                   [&](std::size_t, const contacts::Contact& contact) { found.insert(contact.user_id); });
  std::erase_if(users, [&](const User& user) { return !found.contains(user.id.value); });
  return answer_users(invocation, std::move(users), std::move(sort));
}

}  // namespace

Response list_all_users(Invocation& invocation) {
  return answer_users(invocation, model::users::list_visible(invocation.work),
                      parse_contact_sort(invocation.arguments));
}

Response list_users_by_id(Invocation& invocation) {
  if (!invocation.body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  std::map<std::int64_t, User> visible;
  for (User& user : model::users::list_visible(invocation.work))
    visible.emplace(user.id.value, std::move(user));
  Json ids = Json::array();
  for (std::size_t i = 0; i < invocation.body.size(); ++i) {
    const Json element = invocation.body.at(i);
    ids.append(element.is_null() ? Json::integer(invocation.caller().user.value) : element);
  }
  std::vector<User> users;
  for (const std::int64_t id : parse_body_ids(ids))
    if (const auto user = visible.find(id); user != visible.end()) users.push_back(user->second);
  return answer_users(invocation, std::move(users), {});
}

Response search_users(Invocation& invocation) {
  contacts::SearchQuery query = parse_search(invocation.body);
  // Without the global address book people find themselves only.
  query.only_self = !invocation.caller().modules.has(model::Module::GlobalAddressBook);
  contacts::Sort sort = parse_contact_sort(invocation.arguments);
  std::vector<User> users = model::users::list_visible(invocation.work);
  if (find_user_column(sort.column) != nullptr)
    return search_by_account(invocation, query, std::move(users), std::move(sort));
  RowCollector collector(invocation, std::move(users));
  return collector.answer(
      contacts::search(invocation.work, query, collector.request(std::move(sort)), collector.visitor()));
}

}  // namespace gw::ajax

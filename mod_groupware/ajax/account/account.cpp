// Module `account`: the account of the configuration, and those that the user entered. Source: spec mail
// section 13, columns section 10.
#include "ajax/account/account.hpp"

#include <algorithm>

#include "ajax/account/account_check_actions.hpp"
#include "ajax/account/account_input.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail_account.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mailbox/accounts/account_service.hpp"
#include "mailbox/unified/unified_folders.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {
namespace {

namespace accounts = mailbox::accounts;
using accounts::AccountRecord;

constexpr std::size_t kMaxDeletes = 1'000;

bool names_folder(int number) {
  const AccountColumn* column = find_account_column(number);
  return column != nullptr && std::string_view(column->name).ends_with("_fullname");
}

std::vector<int> asked_columns(const Invocation& invocation) {
  const std::string_view text = trim(invocation.arguments.text("columns"));
  if (text != "all") return model::parse_column_numbers(text);
  std::vector<int> numbers;
  for (const AccountColumn& column : account_columns()) numbers.push_back(column.number);
  return numbers;
}

Json write_row(const AccountView& view, const std::vector<int>& columns) {
  Json row = Json::array();
  for (const int number : columns) {
    const AccountColumn* column = find_account_column(number);
    row.append(column == nullptr ? Json::null() : column->write(view));
  }
  return row;
}

Response account_all(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const std::vector<int> columns = asked_columns(invocation);
  const bool names_folders = std::any_of(columns.begin(), columns.end(), names_folder);
  Json rows = Json::array();
  rows.append(write_row(view_primary(*mailbox, names_folders), columns));
  // Only what is stored: a list must not wait for the servers of all accounts.
  for (const AccountRecord& each : mailbox->records())
    if (each.id != 0) rows.append(write_row(view_further(*mailbox, each, false), columns));
  return Response::with_data(std::move(rows));
}

Response account_get(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  return Response::with_data(write_account(view_account(*mailbox, invocation.arguments.integer("id"), true)));
}

/// Names are resolved without a database connection.
void require_reachable(const Invocation& invocation, const mailbox::Mailbox& mailbox,
                       const AccountRecord& record) {
  invocation.work.release();
  if (!record.store.host.empty()) mailbox.reach().require_resolved(record.store);
  if (!record.transport.host.empty()) mailbox.reach().require_resolved(record.transport);
}

/// The account as it is now. A further one's server was asked before, or need not be.
Response answer_account(Invocation& invocation, const AccountRecord& record) {
  const auto mailbox = open_mailbox(invocation);
  Response response = Response::with_data(write_account(view_account(*mailbox, record.id, record.id == 0)),
                                          record.last_modified);
  if (record.id != 0) add_warnings(response, accounts::find_warnings(record));
  return response;
}

/// Lists show them without asking the server.
void keep_fullnames(Invocation& invocation, mailbox::Mailbox& before, std::int64_t id) {
  const auto mailbox = open_mailbox(invocation);
  const mail::FolderNames found = find_fullnames(*mailbox, id);
  if (found.trash.empty()) return;
  accounts::change_account(invocation.work, before.reach(), id, before.own_addresses(),
                           [&](AccountRecord& record) {
                             if (record.fullnames.trash.empty()) record.fullnames = found;
                           });
}

Response account_new(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  accounts::require_allowed(invocation.work);
  AccountRecord record;
  apply_account(record, invocation.body);
  accounts::check_record(record);
  const std::vector<std::string> own = mailbox->own_addresses();
  require_reachable(invocation, *mailbox, record);
  const AccountRecord made = accounts::create_account(invocation.work, mailbox->reach(), record, own);
  keep_fullnames(invocation, *mailbox, made.id);
  return answer_account(invocation, made);
}

AccountRecord update_primary(Invocation& invocation, mailbox::Mailbox& mailbox) {
  const auto columns = account_columns();
  const bool names_folders = std::any_of(columns.begin(), columns.end(), [&](const AccountColumn& column) {
    return names_folder(column.number) && invocation.body.get(column.name).is_string();
  });
  const AccountView view = view_primary(mailbox, names_folders);
  return accounts::change_account(invocation.work, mailbox.reach(), 0, {}, [&](AccountRecord& record) {
    apply_primary_account(record, invocation.body, view);
  });
}

AccountRecord update_further(Invocation& invocation, mailbox::Mailbox& mailbox, std::int64_t id) {
  AccountRecord wanted = view_account(mailbox, id, false).record;
  apply_account(wanted, invocation.body);
  const std::vector<std::string> own = mailbox.own_addresses();
  if (!wanted.is_given) require_reachable(invocation, mailbox, wanted);
  return accounts::change_account(invocation.work, mailbox.reach(), id, own,
                                  [&](AccountRecord& record) { apply_account(record, invocation.body); });
}

/// Errors: ACC-0012.
void refuse_unified(std::int64_t id) {
  if (id == mailbox::unified::kAccount) throw ApiError(errors::acc::kUnifiedChange);
}

Response account_update(Invocation& invocation) {
  const auto id = invocation.body.get("id").to_integer();
  if (!id) throw ApiError(errors::svl::kMissing, {"id"});
  refuse_unified(*id);
  const auto mailbox = open_mailbox(invocation);
  const AccountRecord changed =
      *id == 0 ? update_primary(invocation, *mailbox) : update_further(invocation, *mailbox, *id);
  // They know the old names of folders.
  mailbox::forget_connections(mailbox->registry(), mailbox->session());
  return answer_account(invocation, changed);
}

Response account_delete(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_array() || body.size() > kMaxDeletes)
    throw ApiError(errors::svl::kBodyType, {"an array of at most 1000 account ids"});
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto id = body.at(i).to_integer();
    if (!id) throw ApiError(errors::svl::kBadParameter, {"id", body.at(i).dump().substr(0, 100)});
    refuse_unified(*id);
    ids.push_back(*id);
  }
  const auto mailbox = open_mailbox(invocation);
  Json removed = Json::array();
  for (const std::int64_t id : accounts::remove_accounts(invocation.work, ids))
    removed.append(Json::integer(id));
  mailbox::forget_connections(mailbox->registry(), mailbox->session());
  return Response::with_data(std::move(removed));
}

constexpr Parameter kAccountList[] = {{"columns", Type::List, true}};
constexpr Parameter kAccountId[] = {{"id", Type::Integer, true}};
constexpr Parameter kStatusOf[] = {{"id", Type::Integer}};
constexpr Parameter kValidate[] = {{"tree", Type::Boolean}};
constexpr auto kNeededModule = model::Module::Webmail;

constexpr Action kAccountActions[] = {
    {"all", kGet, account_all, 0, kAccountList, kNeededModule},
    {"delete", kPut, account_delete, kBody | kSerial, {}, kNeededModule},
    {"get", kGet, account_get, 0, kAccountId, kNeededModule},
    {"new", kPut, account_new, kBody | kSerial, {}, kNeededModule},
    {"status", kGet, account_status, 0, kStatusOf, kNeededModule},
    {"update", kPut, account_update, kBody | kSerial, {}, kNeededModule},
    {"validate", kPut, validate_account, kBody, kValidate, kNeededModule},
};

}  // namespace

const ApiModule kAccountModule{"account", kAccountActions};

}  // namespace gw::ajax

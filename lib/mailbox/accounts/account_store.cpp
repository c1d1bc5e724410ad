#include "mailbox/accounts/account_store.hpp"

#include "core/json.hpp"
#include "model/marked_cache.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::accounts {
namespace {

constexpr std::string_view kSelectAccounts =
    "SELECT id, name, address, personal, reply_to, store_protocol, store_host, store_port, store_tls, "
    "store_login, store_secret, transport_protocol, transport_host, transport_port, transport_tls, "
    "transport_auth, transport_login, transport_secret, folders, options, last_modified FROM mail_accounts "
    "WHERE cid=? AND user_id=? ORDER BY id";
constexpr std::string_view kSelectOwners =
    "SELECT DISTINCT user_id FROM mail_accounts WHERE cid=? AND id<>0 ORDER BY user_id";
constexpr std::string_view kInsertAccount =
    "INSERT INTO mail_accounts (cid, user_id, id, name, address, personal, reply_to, store_protocol, "
    "store_host, store_port, store_tls, store_login, store_secret, transport_protocol, transport_host, "
    "transport_port, transport_tls, transport_auth, transport_login, transport_secret, folders, options, "
    "last_modified) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kDeleteAccount = "DELETE FROM mail_accounts WHERE cid=? AND user_id=? AND id=?";

constexpr std::size_t kCachedUsers = 2'048;

using Records = std::vector<AccountRecord>;

/// By user; passwords in it are sealed. Never freed: exit handlers of forked processes must find nothing to
/// run (craft 2.1).
model::MarkedCache<Records>& record_cache() {
  static auto* const cache = new model::MarkedCache<Records>(kCachedUsers);
  return *cache;
}

struct FolderKey {
  const char* name;
  std::string mail::FolderNames::*member;
};
// Keys of the column `folders`, never to be renamed; with "_fullname" behind them for full names.
constexpr FolderKey kFolderKeys[] = {{"drafts", &mail::FolderNames::drafts},
                                     {"sent", &mail::FolderNames::sent},
                                     {"spam", &mail::FolderNames::spam},
                                     {"trash", &mail::FolderNames::trash},
                                     {"confirmed_spam", &mail::FolderNames::confirmed_spam},
                                     {"confirmed_ham", &mail::FolderNames::confirmed_ham},
                                     {"archive", &mail::FolderNames::archive}};

std::string fullname_key(const FolderKey& key) { return std::string(key.name) + "_fullname"; }

std::string write_folders(const AccountRecord& record) {
  Json folders = Json::object();
  for (const FolderKey& key : kFolderKeys) {
    if (const std::string& name = record.names.*key.member; !name.empty())
      folders.set(key.name, Json::string(name));
    if (const std::string& name = record.fullnames.*key.member; !name.empty())
      folders.set(fullname_key(key), Json::string(name));
  }
  return folders.dump();
}

void read_folders(AccountRecord& record, std::string_view text) {
  const auto folders = Json::parse(text);
  if (!folders) return;
  for (const FolderKey& key : kFolderKeys) {
    record.names.*key.member = folders->get(key.name).as_string();
    record.fullnames.*key.member = folders->get(fullname_key(key).c_str()).as_string();
  }
}

std::string write_options(const AccountRecord& record) {
  Json options = Json::object();
  if (!record.meta.empty()) options.set("meta", Json::string(record.meta));
  if (record.is_unified) options.set("unified", Json::boolean(true));
  if (record.is_given) options.set("given", Json::boolean(true));
  if (record.is_at_primary) options.set("at_primary", Json::boolean(true));
  if (record.store.protocol == "pop3")
    options.set("pop3_refresh_rate", Json::integer(record.pop3.refresh_rate))
        .set("pop3_expunge_on_quit", Json::boolean(record.pop3.expunges_on_quit))
        .set("pop3_delete_write_through", Json::boolean(record.pop3.deletes_write_through))
        .set("pop3_storage", Json::string(record.pop3.storage))
        .set("pop3_path", Json::string(record.pop3.path));
  return options.dump();
}

void read_options(AccountRecord& record, std::string_view text) {
  const auto options = Json::parse(text);
  if (!options) return;
  record.meta = options->get("meta").as_string();
  record.is_unified = options->get("unified").is_true();
  record.is_given = options->get("given").is_true();
  record.is_at_primary = options->get("at_primary").is_true();
  if (record.store.protocol != "pop3") return;
  record.pop3.refresh_rate = options->get("pop3_refresh_rate").as_integer();
  record.pop3.expunges_on_quit = options->get("pop3_expunge_on_quit").is_true();
  record.pop3.deletes_write_through = options->get("pop3_delete_write_through").is_true();
  record.pop3.storage = options->get("pop3_storage").as_string();
  record.pop3.path = options->get("pop3_path").as_string();
}

AccountRecord read_record(const sql::Query& row) {
  AccountRecord record;
  record.id = row.integer(0);
  record.name = row.string(1);
  record.address = row.string(2);
  record.personal = row.string(3);
  record.reply_to = row.string(4);
  record.store = {
      row.string(5), row.string(6), static_cast<int>(row.integer(7)), static_cast<Tls>(row.integer(8)),
      row.string(9), row.string(10)};
  record.transport = {
      row.string(11), row.string(12), static_cast<int>(row.integer(13)), static_cast<Tls>(row.integer(14)),
      row.string(16), row.string(17)};
  record.auth = static_cast<TransportAuth>(row.integer(15));
  read_folders(record, row.text(18));
  read_options(record, row.text(19));
  record.last_modified = row.millis(20);
  return record;
}

}  // namespace

std::vector<AccountRecord> list_records(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<AccountRecord> records;
  sql::Query rows = connection.query(kSelectAccounts, context, user);
  while (rows.next()) records.push_back(read_record(rows));
  return records;
}

std::shared_ptr<const Records> known_records(model::UnitOfWork& work) {
  const model::Caller& caller = work.caller();
  const model::CacheKey key{caller.context, caller.user.value};
  const model::Marks accounts{caller.marks.accounts, 0};
  if (accounts.accounts != 0)
    if (auto known = record_cache().find(key, accounts)) return known;
  auto made = std::make_shared<const Records>(list_records(work.connection(), caller.context, caller.user));
  if (accounts.accounts != 0) record_cache().store(key, accounts, *made);
  return made;
}

std::vector<UserId> list_owners(sql::Connection& connection, ContextId context) {
  std::vector<UserId> owners;
  sql::Query rows = connection.query(kSelectOwners, context);
  while (rows.next()) owners.push_back(rows.id<UserId>(0));
  return owners;
}

void store_record(model::Transaction& transaction, UserId user, const AccountRecord& record) {
  delete_record(transaction, user, record.id);
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  const ServerRecord& store = record.store;
  const ServerRecord& transport = record.transport;
  connection.execute(kInsertAccount, context, user, record.id, record.name, record.address, record.personal,
                     record.reply_to, store.protocol, store.host, store.port, static_cast<int>(store.tls),
                     store.login, store.sealed_password, transport.protocol, transport.host, transport.port,
                     static_cast<int>(transport.tls), static_cast<int>(record.auth), transport.login,
                     transport.sealed_password, write_folders(record), write_options(record),
                     record.last_modified);
}

bool delete_record(model::Transaction& transaction, UserId user, std::int64_t id) {
  const ContextId context = transaction.work().context();
  model::users::touch_accounts(transaction, context, transaction.stamp());
  return transaction.connection().execute(kDeleteAccount, context, user, id) > 0;
}

}  // namespace gw::mailbox::accounts

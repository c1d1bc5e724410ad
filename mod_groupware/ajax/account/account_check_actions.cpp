#include "ajax/account/account_check_actions.hpp"

#include <map>
#include <set>

#include "ajax/account/account_input.hpp"
#include "ajax/mail/mail_call.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/accounts/account_check.hpp"
#include "mailbox/accounts/account_service.hpp"
#include "mailbox/mail_folders.hpp"

namespace gw::ajax {
namespace {

namespace accounts = mailbox::accounts;

/// Folders of one tree that is told.
constexpr std::size_t kMaxTreeFolders = 10'000;
constexpr int kMaxTreeDepth = 100;

using Children = std::map<std::string, std::vector<const mail::Folder*>, std::less<>>;

Json write_tree(const Children& children, std::string_view fullname, const Json& node, int depth) {
  Json object = node.deep_copy();
  const auto found = children.find(fullname);
  const bool has_children = found != children.end() && depth < kMaxTreeDepth;
  Json list = Json::array();
  if (has_children)
    for (const mail::Folder* folder : found->second) {
      Json child = Json::object();
      child.set("id", Json::string(folder->fullname))
          .set("folder_id", Json::string(folder->parent))
          .set("title", Json::string(folder->name))
          .set("module", Json::string("mail"))
          .set("subscribed", Json::boolean(folder->is_subscribed))
          .set("standard_folder_type", Json::integer(mailbox::standard_type(folder->default_kind)));
      list.append(write_tree(children, folder->fullname, child, depth + 1));
    }
  object.set("subfolders", Json::boolean(has_children));
  object.set("subfolder_array", has_children ? std::move(list) : Json::null());
  return object;
}

/// An account that is only tried keeps no connection.
struct TrialKey {
  mail::Provider& provider;
  std::string text;
  ~TrialKey() { provider.forget(text); }
};

/// What the account's server has. Errors: those of Provider::connect.
Json load_tree(const mailbox::Mailbox& mailbox, const mail::Account& account) {
  mail::Provider& provider = mailbox.registry().store(account.store.protocol);
  const TrialKey key{provider, mailbox::connection_key(mailbox.session()) + "/validate"};
  const auto place = mailbox.registry().places().take(account.store);
  std::vector<mail::Folder> folders = provider.connect(account, key.text)->folders().list_all({});
  if (folders.size() > kMaxTreeFolders) folders.resize(kMaxTreeFolders);
  Children children;
  // The server is anybody's: a name that came twice on every level would double the tree each time.
  std::set<std::string_view> known;
  for (const mail::Folder& folder : folders)
    if (!folder.fullname.empty() && known.insert(folder.fullname).second)
      children[folder.parent].push_back(&folder);
  Json root = Json::object();
  root.set("id", Json::string("default")).set("title", Json::string(account.name));
  root.set("module", Json::string("mail"));
  return write_tree(children, "", root, 0);
}

/// Overwrites the secrets at the end of its life.
struct TriedAccount {
  mail::Account account;
  ~TriedAccount() {
    mail::net::wipe(account.store.secret);
    mail::net::wipe(account.transport.secret);
  }
};

Response answer_check(mailbox::Mailbox& mailbox, const TriedAccount& tried, accounts::Warnings warnings,
                      bool wants_tree) {
  const accounts::CheckResult result = accounts::check_servers(mailbox.registry(), tried.account);
  warnings.insert(warnings.end(), result.warnings.begin(), result.warnings.end());
  const bool works = result.store_works && result.transport_works;
  Json data = Json::boolean(works);
  if (wants_tree) data = result.store_works ? load_tree(mailbox, tried.account) : Json::null();
  Response response = Response::with_data(std::move(data));
  add_warnings(response, warnings);
  return response;
}

Json write_state(const accounts::AccountState& state) {
  Json object = Json::object();
  object.set("status", Json::string(state.word));
  if (!state.message.empty()) object.set("message", Json::string(state.message));
  return object;
}

Json find_state(mailbox::Mailbox& mailbox, std::int64_t id) {
  try {
    const mail::Account& account = mailbox.account(id);
    mailbox.work().release();
    const auto place = mailbox.registry().places().take(account.store);
    mailbox.registry().store(account.store.protocol).ping(account);
    return write_state({});
  } catch (const ApiError& error) {
    return write_state(accounts::to_state(error));
  }
}

}  // namespace

void add_warnings(Response& response, const accounts::Warnings& warnings) {
  for (const auto& [code, arguments] : warnings) response.warnings.push_back({code, arguments});
}

Response validate_account(Invocation& invocation) {
  const bool wants_tree = invocation.arguments.boolean("tree");
  const auto mailbox = open_mailbox(invocation);
  const std::int64_t id = invocation.body.get("id").to_integer().value_or(-1);
  const accounts::AccountRecord* known = id == 0 ? nullptr : mailbox->find_record(id);
  // Of a given one, too, as it is: its password goes nowhere else.
  if (id == 0 || (known != nullptr && known->is_given)) {
    const TriedAccount primary{mailbox->account(id)};
    invocation.work.release();
    return answer_check(*mailbox, primary, {}, wants_tree);
  }
  accounts::require_allowed(invocation.work);
  accounts::AccountRecord record;
  if (known != nullptr) record = *known;
  apply_account(record, invocation.body);
  if (record.name.empty()) record.name = record.address.empty() ? "-" : record.address;
  accounts::check_record(record);
  try {
    const TriedAccount tried{accounts::make_account(invocation.work, mailbox->reach(), record)};
    invocation.work.release();
    return answer_check(*mailbox, tried, accounts::find_warnings(record, true), wants_tree);
  } catch (const ApiError& error) {
    Response response = Response::with_data(wants_tree ? Json::null() : Json::boolean(false));
    add_warnings(response, {{&error.code(), error.arguments()}});
    return response;
  }
}

Response account_status(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  if (const auto id = invocation.arguments.optional_integer("id")) {
    view_account(*mailbox, *id, false);
    return Response::with_data(find_state(*mailbox, *id));
  }
  Json states = Json::object();
  states.set("0", find_state(*mailbox, 0));
  for (const accounts::AccountRecord& each : mailbox->records())
    if (each.id != 0) states.set(std::to_string(each.id), find_state(*mailbox, each.id));
  return Response::with_data(std::move(states));
}

}  // namespace gw::ajax

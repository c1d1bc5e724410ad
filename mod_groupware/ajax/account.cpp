// Module `account`, reading: every user has the account of the configuration; further ones come later.
// Source: spec mail section 13, columns section 10.
#include "ajax/account.hpp"

#include <algorithm>
#include <map>

#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail_account.hpp"
#include "core/text.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {
namespace {

using mail::DefaultFolder;

/// An account on its way to a client.
struct AccountView {
  const mail::Account& account;
  const std::vector<std::string>& addresses;
  /// Full names; empty when they were not asked for.
  const std::map<DefaultFolder, std::string>& folders;
};

struct AccountColumn {
  int number = 0;
  const char* name = nullptr;
  Json (*write)(const AccountView& view) = nullptr;
};

std::string url_of(const mail::Server& server) {
  if (server.host.empty()) return {};
  const bool is_address = server.host.find(':') != std::string::npos;
  return server.protocol + (server.encryption == mail::Encryption::Tls ? "s://" : "://") +
         (is_address ? "[" + server.host + "]" : server.host) + ":" + std::to_string(server.port);
}

Json is_tls(const mail::Server& server) { return Json::boolean(server.encryption == mail::Encryption::Tls); }
Json is_starttls(const mail::Server& server) {
  return Json::boolean(server.encryption == mail::Encryption::StartTls);
}

Json full_name(const AccountView& view, DefaultFolder kind) {
  const auto found = view.folders.find(kind);
  return found == view.folders.end() || found->second.empty()
             ? Json::null()
             : Json::string(mailbox::format_folder_path(view.account.id, found->second));
}

template <DefaultFolder Kind>
Json folder_path(const AccountView& view) {
  return full_name(view, Kind);
}

template <std::string mail::FolderNames::*Name>
Json folder_name(const AccountView& view) {
  return Json::string(view.account.fallback_names.*Name);
}

Json no_value(const AccountView&) { return Json::null(); }
Json no_flag(const AccountView&) { return Json::boolean(false); }

constexpr AccountColumn kTable[] = {
    {1001, "id", [](const AccountView& v) { return Json::integer(v.account.id); }},
    {1002, "login", [](const AccountView& v) { return Json::string(v.account.store.login); }},
    {1003, "password", no_value},
    {1004, "mail_url", [](const AccountView& v) { return Json::string(url_of(v.account.store)); }},
    {1005, "transport_url", [](const AccountView& v) { return Json::string(url_of(v.account.transport)); }},
    {1006, "name", [](const AccountView& v) { return Json::string(v.account.name); }},
    {1007, "primary_address", [](const AccountView& v) { return Json::string(v.account.primary_address); }},
    {1008, "spam_handler", [](const AccountView&) { return Json::string("NoSpamHandler"); }},
    {1009, "trash", folder_name<&mail::FolderNames::trash>},
    {1010, "sent", folder_name<&mail::FolderNames::sent>},
    {1011, "drafts", folder_name<&mail::FolderNames::drafts>},
    {1012, "spam", folder_name<&mail::FolderNames::spam>},
    {1013, "confirmed_spam", folder_name<&mail::FolderNames::confirmed_spam>},
    {1014, "confirmed_ham", folder_name<&mail::FolderNames::confirmed_ham>},
    {1015, "mail_server", [](const AccountView& v) { return Json::string(v.account.store.host); }},
    {1016, "mail_port", [](const AccountView& v) { return Json::integer(v.account.store.port); }},
    {1017, "mail_protocol", [](const AccountView& v) { return Json::string(v.account.store.protocol); }},
    {1018, "mail_secure", [](const AccountView& v) { return is_tls(v.account.store); }},
    {1019, "transport_server", [](const AccountView& v) { return Json::string(v.account.transport.host); }},
    {1020, "transport_port", [](const AccountView& v) { return Json::integer(v.account.transport.port); }},
    {1021, "transport_protocol",
     [](const AccountView& v) { return Json::string(v.account.transport.protocol); }},
    {1022, "transport_secure", [](const AccountView& v) { return is_tls(v.account.transport); }},
    {1023, "transport_login", [](const AccountView& v) { return Json::string(v.account.transport.login); }},
    {1024, "transport_password", no_value},
    {1025, "unified_inbox_enabled", no_flag},
    {1026, "trash_fullname", folder_path<DefaultFolder::Trash>},
    {1027, "sent_fullname", folder_path<DefaultFolder::Sent>},
    {1028, "drafts_fullname", folder_path<DefaultFolder::Drafts>},
    {1029, "spam_fullname", folder_path<DefaultFolder::Spam>},
    {1030, "confirmed_spam_fullname", folder_path<DefaultFolder::ConfirmedSpam>},
    {1031, "confirmed_ham_fullname", folder_path<DefaultFolder::ConfirmedHam>},
    {1037, "personal", [](const AccountView& v) { return Json::string(v.account.personal); }},
    {1039, "addresses", [](const AccountView& v) { return Json::string(join(v.addresses, ",")); }},
    {1041, "archive", folder_name<&mail::FolderNames::archive>},
    {1042, "archive_fullname", folder_path<DefaultFolder::Archive>},
    {1043, "transport_auth",
     [](const AccountView& v) {
       return Json::string(v.account.transport.mechanism == mail::Mechanism::None ? "none" : "mail");
     }},
    {1044, "mail_starttls", [](const AccountView& v) { return is_starttls(v.account.store); }},
    {1045, "transport_starttls", [](const AccountView& v) { return is_starttls(v.account.transport); }},
};

constexpr DefaultFolder kKinds[] = {
    DefaultFolder::Trash,         DefaultFolder::Sent,         DefaultFolder::Drafts, DefaultFolder::Spam,
    DefaultFolder::ConfirmedSpam, DefaultFolder::ConfirmedHam, DefaultFolder::Archive};

bool names_folder(const AccountColumn& column) {
  return std::string_view(column.name).ends_with("_fullname");
}

const AccountColumn* find_account_column(int number) {
  const auto found = std::find_if(std::begin(kTable), std::end(kTable),
                                  [&](const AccountColumn& column) { return column.number == number; });
  return found == std::end(kTable) ? nullptr : &*found;
}

/// A mail server that does not answer takes the full names away, not the account.
std::map<DefaultFolder, std::string> load_folders(mailbox::Mailbox& mailbox) {
  std::map<DefaultFolder, std::string> folders;
  try {
    for (const DefaultFolder kind : kKinds) folders[kind] = mailbox.default_folder(0, kind);
  } catch (const ApiError&) {
    folders.clear();
  }
  return folders;
}

std::vector<int> asked_columns(const Invocation& invocation) {
  const std::string_view text = trim(invocation.arguments.text("columns"));
  if (text != "all") return model::parse_column_numbers(text);
  std::vector<int> numbers;
  for (const AccountColumn& column : kTable) numbers.push_back(column.number);
  return numbers;
}

Response all(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const std::vector<int> columns = asked_columns(invocation);
  const bool needs_folders = std::any_of(columns.begin(), columns.end(), [](int number) {
    const AccountColumn* column = find_account_column(number);
    return column != nullptr && names_folder(*column);
  });
  const auto folders = needs_folders ? load_folders(*mailbox) : std::map<DefaultFolder, std::string>();
  const AccountView view{mailbox->account(0), mailbox->own_addresses(), folders};
  Json row = Json::array();
  for (const int number : columns) {
    const AccountColumn* column = find_account_column(number);
    row.append(column == nullptr ? Json::null() : column->write(view));
  }
  return Response::with_data(Json::array().append(std::move(row)));
}

Response get(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const auto id = invocation.arguments.integer("id");
  const mail::Account& account = mailbox->account(id);
  const auto folders = load_folders(*mailbox);
  const AccountView view{account, mailbox->own_addresses(), folders};
  Json object = Json::object();
  for (const AccountColumn& column : kTable) {
    Json value = column.write(view);
    if (!value.is_null()) object.set(column.name, std::move(value));
  }
  object.set("root_folder", Json::string(mailbox::format_folder_path(account.id, "")));
  return Response::with_data(std::move(object));
}

constexpr Parameter kColumns[] = {{"columns", Type::List, true}};
constexpr Parameter kId[] = {{"id", Type::Integer, true}};
constexpr auto kModule = model::Module::Webmail;

constexpr Action kAccountActions[] = {
    {"all", kGet, all, 0, kColumns, kModule},
    {"get", kGet, get, 0, kId, kModule},
};

}  // namespace

const ApiModule kAccountModule{"account", kAccountActions};

}  // namespace gw::ajax

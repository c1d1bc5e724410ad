#include "ajax/account/account_columns.hpp"

#include <algorithm>

#include "core/errors/mail_account.hpp"
#include "core/text.hpp"
#include "mailbox/accounts/account_rules.hpp"

namespace gw::ajax {
namespace {

namespace accounts = mailbox::accounts;
using accounts::AccountRecord;
using accounts::ServerRecord;
using accounts::Tls;
using Names = mail::FolderNames;
using Name = std::string Names::*;

struct FolderKind {
  mail::DefaultFolder kind;
  Name name;
};
constexpr FolderKind kFolderKinds[] = {{mail::DefaultFolder::Trash, &Names::trash},
                                       {mail::DefaultFolder::Sent, &Names::sent},
                                       {mail::DefaultFolder::Drafts, &Names::drafts},
                                       {mail::DefaultFolder::Spam, &Names::spam},
                                       {mail::DefaultFolder::ConfirmedSpam, &Names::confirmed_spam},
                                       {mail::DefaultFolder::ConfirmedHam, &Names::confirmed_ham},
                                       {mail::DefaultFolder::Archive, &Names::archive}};

template <std::string AccountRecord::*Member>
Json text_of(const AccountView& view) {
  return Json::string(view.record.*Member);
}

template <ServerRecord AccountRecord::*Server, std::string ServerRecord::*Member>
Json server_text(const AccountView& view) {
  return Json::string(view.record.*Server.*Member);
}

template <ServerRecord AccountRecord::*Server>
Json server_port(const AccountView& view) {
  return Json::integer((view.record.*Server).port);
}

template <ServerRecord AccountRecord::*Server>
Json server_url(const AccountView& view) {
  return Json::string(accounts::format_url(view.record.*Server));
}

template <ServerRecord AccountRecord::*Server, Tls Wanted>
Json has_tls(const AccountView& view) {
  return Json::boolean((view.record.*Server).tls == Wanted);
}

template <Name Member>
Json folder_name(const AccountView& view) {
  return Json::string(view.record.names.*Member);
}

template <Name Member>
Json folder_path(const AccountView& view) {
  const std::string& name = view.record.fullnames.*Member;
  return name.empty() ? Json::null() : Json::string(mailbox::format_folder_path(view.record.id, name));
}

bool is_pop3(const AccountView& view) { return view.record.store.protocol == "pop3"; }

Json transport_login(const AccountView& view) {
  const AccountRecord& record = view.record;
  return Json::string(record.auth == accounts::TransportAuth::AsStore ? record.store.login
                                                                      : record.transport.login);
}

Json transport_auth(const AccountView& view) {
  switch (view.record.auth) {
    case accounts::TransportAuth::Own:
      return Json::string("custom");
    case accounts::TransportAuth::None:
      return Json::string("none");
    case accounts::TransportAuth::AsStore:
      break;
  }
  return Json::string("mail");
}

Json client_data(const AccountView& view) {
  if (view.record.meta.empty()) return Json::null();
  return Json::parse(view.record.meta).value_or(Json::null());
}

Json no_value(const AccountView&) { return Json::null(); }

constexpr auto kStore = &AccountRecord::store;
constexpr auto kTransport = &AccountRecord::transport;

constexpr AccountColumn kAccountColumns[] = {
    {1001, "id", [](const AccountView& v) { return Json::integer(v.record.id); }},
    {1002, "login", server_text<kStore, &ServerRecord::login>},
    {1003, "password", no_value},
    {1004, "mail_url", server_url<kStore>},
    {1005, "transport_url", server_url<kTransport>},
    {1006, "name", text_of<&AccountRecord::name>, true},
    {1007, "primary_address", text_of<&AccountRecord::address>},
    {1008, "spam_handler", [](const AccountView&) { return Json::string("NoSpamHandler"); }},
    {1009, "trash", folder_name<&Names::trash>},
    {1010, "sent", folder_name<&Names::sent>},
    {1011, "drafts", folder_name<&Names::drafts>},
    {1012, "spam", folder_name<&Names::spam>},
    {1013, "confirmed_spam", folder_name<&Names::confirmed_spam>},
    {1014, "confirmed_ham", folder_name<&Names::confirmed_ham>},
    {1015, "mail_server", server_text<kStore, &ServerRecord::host>},
    {1016, "mail_port", server_port<kStore>},
    {1017, "mail_protocol", server_text<kStore, &ServerRecord::protocol>},
    {1018, "mail_secure", has_tls<kStore, Tls::Always>},
    {1019, "transport_server", server_text<kTransport, &ServerRecord::host>},
    {1020, "transport_port", server_port<kTransport>},
    {1021, "transport_protocol", server_text<kTransport, &ServerRecord::protocol>},
    {1022, "transport_secure", has_tls<kTransport, Tls::Always>},
    {1023, "transport_login", transport_login},
    {1024, "transport_password", no_value},
    {1025, "unified_inbox_enabled", [](const AccountView& v) { return Json::boolean(v.record.is_unified); },
     true},
    {1026, "trash_fullname", folder_path<&Names::trash>},
    {1027, "sent_fullname", folder_path<&Names::sent>},
    {1028, "drafts_fullname", folder_path<&Names::drafts>},
    {1029, "spam_fullname", folder_path<&Names::spam>},
    {1030, "confirmed_spam_fullname", folder_path<&Names::confirmed_spam>},
    {1031, "confirmed_ham_fullname", folder_path<&Names::confirmed_ham>},
    {1032, "pop3_refresh_rate",
     [](const AccountView& v) {
       return is_pop3(v) ? Json::integer(v.record.pop3.refresh_rate) : Json::null();
     }},
    {1033, "pop3_expunge_on_quit",
     [](const AccountView& v) {
       return is_pop3(v) ? Json::boolean(v.record.pop3.expunges_on_quit) : Json::null();
     }},
    {1034, "pop3_delete_write_through",
     [](const AccountView& v) {
       return is_pop3(v) ? Json::boolean(v.record.pop3.deletes_write_through) : Json::null();
     }},
    {1035, "pop3_storage",
     [](const AccountView& v) { return is_pop3(v) ? Json::string(v.record.pop3.storage) : Json::null(); }},
    {1036, "pop3_path",
     [](const AccountView& v) { return is_pop3(v) ? Json::string(v.record.pop3.path) : Json::null(); }},
    {1037, "personal", text_of<&AccountRecord::personal>, true},
    {1038, "reply_to", text_of<&AccountRecord::reply_to>, true},
    {1039, "addresses",
     [](const AccountView& v) {
       return v.record.id == 0 ? Json::string(join(v.addresses, ",")) : Json::null();
     }},
    {1040, "meta", client_data, true},
    {1041, "archive", folder_name<&Names::archive>},
    {1042, "archive_fullname", folder_path<&Names::archive>},
    {1043, "transport_auth", transport_auth},
    {1044, "mail_starttls", has_tls<kStore, Tls::StartTls>},
    {1045, "transport_starttls", has_tls<kTransport, Tls::StartTls>},
};

ServerRecord to_record(const mail::Server& server) {
  const Tls tls = server.encryption == mail::Encryption::Tls        ? Tls::Always
                  : server.encryption == mail::Encryption::StartTls ? Tls::StartTls
                                                                    : Tls::Offered;
  return {server.protocol, server.host, server.port, tls, server.login, {}, {}};
}

}  // namespace

std::span<const AccountColumn> account_columns() { return kAccountColumns; }

const AccountColumn* find_account_column(int number) {
  const auto found = std::find_if(std::begin(kAccountColumns), std::end(kAccountColumns),
                                  [&](const AccountColumn& column) { return column.number == number; });
  return found == std::end(kAccountColumns) ? nullptr : &*found;
}

mail::FolderNames find_fullnames(mailbox::Mailbox& mailbox, std::int64_t account) {
  Names names;
  try {
    for (const FolderKind& each : kFolderKinds) names.*each.name = mailbox.default_folder(account, each.kind);
  } catch (const ApiError&) {
    return {};
  }
  return names;
}

AccountView view_primary(mailbox::Mailbox& mailbox, bool asks_server) {
  const mail::Account& account = mailbox.account(0);
  AccountView view;
  AccountRecord& record = view.record;
  if (const AccountRecord* changed = mailbox.find_record(0)) record = *changed;
  record.name = account.name;
  record.address = account.primary_address;
  record.personal = account.personal;
  record.store = to_record(account.store);
  record.transport = to_record(account.transport);
  record.auth = account.transport.mechanism == mail::Mechanism::None ? accounts::TransportAuth::None
                                                                     : accounts::TransportAuth::AsStore;
  record.names = account.fallback_names;
  view.addresses = mailbox.own_addresses();
  if (asks_server) record.fullnames = find_fullnames(mailbox, 0);
  return view;
}

AccountView view_further(mailbox::Mailbox& mailbox, const AccountRecord& record, bool asks_server) {
  AccountView view{record, {}};
  const Names usual = mail::Account().fallback_names;
  for (const FolderKind& each : kFolderKinds)
    if (std::string& name = view.record.names.*each.name; name.empty()) name = usual.*each.name;
  if (asks_server && record.fullnames.trash.empty())
    view.record.fullnames = find_fullnames(mailbox, record.id);
  return view;
}

AccountView view_account(mailbox::Mailbox& mailbox, std::int64_t id, bool asks_server) {
  if (id == 0) return view_primary(mailbox, asks_server);
  const AccountRecord* record = mailbox.find_record(id);
  if (record == nullptr) throw ApiError(errors::acc::kNotFound, {std::to_string(id)});
  return view_further(mailbox, *record, asks_server);
}

Json write_account(const AccountView& view) {
  Json object = Json::object();
  for (const AccountColumn& column : kAccountColumns) {
    Json value = column.write(view);
    if (!value.is_null()) object.set(column.name, std::move(value));
  }
  object.set("root_folder", Json::string(mailbox::format_folder_path(view.record.id, "")));
  return object;
}

}  // namespace gw::ajax

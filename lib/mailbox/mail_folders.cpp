#include "mailbox/mail_folders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/mail_account.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "mailbox/unified/participants.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::mailbox {
namespace {

using mail::DefaultFolder;
using model::ObjectModule;
using model::folders::Node;
using model::folders::TreeView;

constexpr std::string_view kPrivate = "1";
constexpr std::string_view kInboxName = "INBOX";
constexpr std::int64_t kMailType = 7;

struct DefaultRow {
  DefaultFolder kind;
  std::int64_t number;
  int rank;  ///< place in lists
};
constexpr DefaultRow kDefaults[] = {
    {DefaultFolder::Inbox, 7, 0},        {DefaultFolder::Drafts, 9, 1},  {DefaultFolder::Sent, 10, 2},
    {DefaultFolder::Spam, 11, 3},        {DefaultFolder::Trash, 12, 4},  {DefaultFolder::ConfirmedSpam, 0, 5},
    {DefaultFolder::ConfirmedHam, 0, 5}, {DefaultFolder::Archive, 0, 5},
};
constexpr int kNoRank = 6;

int rank_of_kind(DefaultFolder kind) {
  for (const DefaultRow& row : kDefaults)
    if (row.kind == kind) return row.rank;
  return kNoRank;
}

/// Beside INBOX instead of below it, in tree 1.
bool is_lifted(const TreeView& view, std::int64_t account, const mail::Folder& folder) {
  return view.tree == 1 && account == 0 && folder.parent == kInboxName &&
         standard_type(folder.default_kind) > 0;
}

std::string parent_of(const TreeView& view, std::int64_t account, const mail::Folder& folder) {
  const bool is_top = folder.parent.empty() || is_lifted(view, account, folder);
  if (!is_top) return format_folder_path(account, folder.parent);
  return view.tree == 1 && account == 0 ? std::string(kPrivate) : format_folder_path(account, "");
}

struct Supported {
  std::int64_t bits = 0;
  std::vector<std::string> names;
};
Supported supported_by(const mail::Capabilities& known) {
  Supported supported;
  const auto add = [&](bool is_there, std::int64_t bit, const char* name) {
    if (!is_there) return;
    supported.bits |= bit;
    if (name != nullptr) supported.names.emplace_back(name);
  };
  add(known.permissions, 1, "permissions");
  add(known.threads, 2, nullptr);
  add(known.quota, 4, "quota");
  add(known.sort, 8, "sort");
  add(known.subscription, 16, "subscription");
  return supported;
}

void sort_like_clients(std::vector<mail::Folder>& folders, std::string_view locale) {
  const Collator collator(locale);
  std::vector<std::pair<std::pair<int, std::string>, std::size_t>> order;
  for (std::size_t i = 0; i < folders.size(); ++i)
    order.push_back({{rank_of_kind(folders[i].default_kind), collator.sort_key(folders[i].name)}, i});
  std::sort(order.begin(), order.end());
  std::vector<mail::Folder> sorted;
  for (const auto& entry : order) sorted.push_back(std::move(folders[entry.second]));
  folders = std::move(sorted);
}

}  // namespace

model::Rights to_rights(std::string_view letters) {
  const auto has = [&](char letter) { return letters.find(letter) != letters.npos; };
  const bool makes_folders = has('c') || (has('k') && has('x'));
  model::Rights rights;
  if (has('l')) rights.folder = 1;
  if (has('l') && has('i')) rights.folder = makes_folders ? 4 : 2;
  rights.read = has('r') ? 2 : 0;
  rights.write = has('w') ? 2 : 0;
  rights.remove = has('d') || (has('e') && has('t')) ? 2 : 0;
  rights.admin = has('a') && has('l') && makes_folders;
  return rights;
}

std::int64_t standard_type(DefaultFolder kind) {
  for (const DefaultRow& row : kDefaults)
    if (row.kind == kind) return row.number;
  return 0;
}

Node MailFolders::make_node(const TreeView& view, std::int64_t account, const mail::Folder& folder) const {
  Node node;
  node.id = format_folder_path(account, folder.fullname);
  node.parent = parent_of(view, account, folder);
  node.created_by = node.modified_by = mailbox_.work().caller().user.value;
  node.title = folder.default_kind == DefaultFolder::Inbox ? "Inbox" : folder.name;
  node.module = ObjectModule::Mail;
  node.type = kMailType;
  node.rights = to_rights(folder.own_rights);
  node.own_bits = model::to_bits(node.rights);
  node.has_subfolders = folder.has_subfolders;
  node.has_subscribed_subfolders = folder.has_subscribed_subfolders;
  node.standard_type = standard_type(folder.default_kind);
  node.is_standard = node.standard_type > 0;
  // INBOX and the default folders are always there.
  node.is_subscribed = folder.is_subscribed || node.is_standard;
  if (folder.counters) {
    node.total = folder.counters->total;
    node.unread = folder.counters->unread;
    node.recent = folder.counters->recent;
    node.deleted = folder.counters->deleted;
  }
  mail::Capabilities known = mailbox_.access(account).capabilities();
  known.permissions = has_access_lists(mailbox_, account);
  Supported supported = supported_by(known);
  node.capabilities = supported.bits;
  node.supported = std::move(supported.names);
  if (mailbox_.account(account).has_attachment_marker) node.supported.emplace_back("ATTACHMENT_MARKER");
  node.account = format_folder_path(account, "");
  if (folder.permissions && wish_.permissions && known.permissions)
    node.permissions = logins().entries_of(*folder.permissions);
  else
    node.permissions = {{mailbox_.work().caller().user.value, false, node.rights}};
  node.knows_permissions = true;
  if (known.permissions && folder.is_shared && !folder.owner.empty())
    if (const auto owner = logins().user_of(folder.owner)) node.created_by = owner->value;
  return node;
}

/// An account whose password cannot be opened has its root, too.
std::string MailFolders::title_of(std::int64_t account) const {
  if (account == 0) return mailbox_.account(0).name;
  const accounts::AccountRecord* record = mailbox_.find_record(account);
  if (record == nullptr) throw ApiError(errors::acc::kNotFound, {std::to_string(account)});
  return record->name;
}

mail::ListRequest MailFolders::request() const {
  return {.subscribed_only = false,
          .counters = wish_.counters,
          .own_rights = true,
          .permissions = wish_.permissions};
}

const MailLogins& MailFolders::logins() const {
  if (!logins_) logins_.emplace(mailbox_);
  return *logins_;
}

Node MailFolders::make_root(std::int64_t account) const {
  Node node;
  node.id = node.account = format_folder_path(account, "");
  node.parent = kPrivate;
  node.created_by = node.modified_by = mailbox_.work().caller().user.value;
  node.title = title_of(account);
  node.module = ObjectModule::Mail;
  node.type = kMailType;
  node.rights = {.folder = 4, .admin = true};
  node.own_bits = model::to_bits(node.rights);
  node.has_subfolders = node.has_subscribed_subfolders = true;
  node.permissions = {{mailbox_.work().caller().user.value, false, node.rights}};
  node.knows_permissions = true;
  return node;
}

Node MailFolders::make_unified_root() const {
  Node node;
  node.id = node.account = format_folder_path(unified::kAccount, "");
  node.parent = kPrivate;
  node.created_by = node.modified_by = mailbox_.work().caller().user.value;
  node.title = "Unified mail";
  node.module = ObjectModule::Mail;
  node.type = kMailType;
  node.rights = {.folder = 1};
  node.own_bits = model::to_bits(node.rights);
  node.has_subfolders = node.has_subscribed_subfolders = true;
  node.permissions = {{mailbox_.work().caller().user.value, false, node.rights}};
  node.knows_permissions = true;
  return node;
}

Node MailFolders::make_unified(const FolderPath& path) const {
  const unified::Place place = unified::parse_place(path.fullname);
  Node node = make_unified_root();
  node.id = format_folder_path(path);
  if (place.account) {
    const auto ids = unified::participants(mailbox_);
    if (std::find(ids.begin(), ids.end(), *place.account) == ids.end())
      throw ApiError(errors::acc::kNotFound, {std::to_string(*place.account)});
    node.parent = format_folder_path(unified::kAccount, place.name);
    node.title = title_of(*place.account);
    node.has_subfolders = node.has_subscribed_subfolders = false;
  } else {
    node.parent = node.account;
    node.title = place.kind == DefaultFolder::Inbox ? "Inbox" : std::string(place.name);
    node.standard_type = standard_type(place.kind);
    node.is_standard = true;
  }
  // Nothing is stored in it, only where the mails really are.
  node.rights = {.folder = 1, .read = 2, .write = 2, .remove = 2};
  node.own_bits = model::to_bits(node.rights);
  node.permissions = {{mailbox_.work().caller().user.value, false, node.rights}};
  node.is_subscribed = true;
  if (wish_.counters) {
    const mail::Counters counters = unified::UnifiedMail(mailbox_, path).counters();
    node.total = counters.total;
    node.unread = counters.unread;
    node.recent = counters.recent;
    node.deleted = counters.deleted;
  }
  return node;
}

std::vector<Node> MailFolders::below_unified(const FolderPath& parent) const {
  unified::require_participants(mailbox_);
  std::vector<Node> nodes;
  if (parent.fullname.empty()) {
    for (const unified::Place& place : unified::places())
      nodes.push_back(make_unified({unified::kAccount, std::string(place.name)}));
    return nodes;
  }
  const unified::Place place = unified::parse_place(parent.fullname);
  if (place.account) return nodes;
  for (const std::int64_t id : unified::participants(mailbox_))
    nodes.push_back(make_unified({unified::kAccount, unified::format_place(place.name, id)}));
  return nodes;
}

std::vector<Node> MailFolders::below(const TreeView& view, const FolderPath& parent) const {
  mail::FolderStorage& storage = mailbox_.folders(parent.account);
  std::vector<mail::Folder> folders = storage.children(parent.fullname, request());
  const bool is_top = parent.account == 0 && parent.fullname.empty() && view.tree == 1;
  if (is_top) {
    for (mail::Folder& folder : storage.children(kInboxName, request()))
      if (is_lifted(view, parent.account, folder)) folders.push_back(std::move(folder));
  } else {
    std::erase_if(folders,
                  [&](const mail::Folder& folder) { return is_lifted(view, parent.account, folder); });
  }
  sort_like_clients(folders, view.locale);
  std::vector<Node> nodes;
  for (const mail::Folder& folder : folders) nodes.push_back(make_node(view, parent.account, folder));
  return nodes;
}

MailFolders::Children MailFolders::children(model::UnitOfWork&, const TreeView& view,
                                            std::string_view parent) const {
  Children found;
  if (!view.allows(ObjectModule::Mail)) return found;
  if (parent != kPrivate) {
    if (!is_mail_folder(parent)) return found;
    const FolderPath path = parse_folder_path(parent);
    found.appended = unified::is_unified(path) ? below_unified(path) : below(view, path);
    return found;
  }
  if (view.tree == 0) {
    found.appended.push_back(make_root(0));
  } else {
    try {
      found.appended = below(view, {});
    } catch (const ApiError& error) {
      log(LogLevel::Info, "GW0400",
          fmt::format("the folder list goes without mail folders: {}", format_code(error.code())));
    }
  }
  // No server is asked for these, so one that is away hurts nobody.
  if (!unified::participants(mailbox_).empty()) found.appended.push_back(make_unified_root());
  for (const accounts::AccountRecord& each : mailbox_.records())
    if (each.id != 0) found.appended.push_back(make_root(each.id));
  return found;
}

std::optional<Node> MailFolders::find(model::UnitOfWork&, const TreeView& view, std::string_view id) const {
  if (!is_mail_folder(id)) return std::nullopt;
  const FolderPath path = parse_folder_path(id);
  if (unified::is_unified(path)) {
    unified::require_participants(mailbox_);
    return path.fullname.empty() ? make_unified_root() : make_unified(path);
  }
  if (path.fullname.empty()) return make_root(path.account);
  return make_node(view, path.account, mailbox_.folders(path.account).get(path.fullname, wish_.counters));
}

std::vector<Node> MailFolders::all(const TreeView& view) const {
  std::vector<Node> nodes;
  for (const mail::Folder& folder : mailbox_.folders(0).list_all(request()))
    nodes.push_back(make_node(view, 0, folder));
  return nodes;
}

}  // namespace gw::mailbox

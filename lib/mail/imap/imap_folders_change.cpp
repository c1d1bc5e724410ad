// Changes of folders: create, rename, move, remove, empty, subscribe, share. Source: spec mail sections 12.2
// and 12.3.
#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/acl.hpp"
#include "mail/imap/default_folders.hpp"
#include "mail/imap/imap_folders.hpp"
#include "mail/imap/mailbox_name.hpp"
#include "mail/imap/message_change.hpp"
#include "mail/imap/message_search.hpp"

namespace gw::mail::imap {
namespace {

namespace msg = errors::msg;

constexpr std::size_t kLongestName = 255;  ///< bytes of UTF-8: what file systems below servers take
constexpr std::size_t kClearBlock = 1'000;
constexpr int kMostTrashNames = 1'000;

void require_name(std::string_view name, char separator) {
  if (trim(name).empty()) throw ApiError(msg::kFolderNameEmpty);
  const bool has_control =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; });
  if (has_control || !is_valid_utf8(name) || name.find(separator) != std::string_view::npos)
    throw ApiError(msg::kFolderNameInvalid, {std::string(name)});
  if (name.size() > kLongestName) throw ApiError(msg::kFolderNameTooLong, {std::to_string(kLongestName)});
}

void set_subscription(Session& session, const std::string& folder, bool on) {
  Command command(on ? "SUBSCRIBE" : "UNSUBSCRIBE");
  command.add_string(session.to_wire(folder));
  session.connection().run(command);
}

bool is_below(std::string_view folder, const Folder& parent) {
  return folder.starts_with(parent.fullname + parent.separator);
}

}  // namespace

std::string ImapFolders::child_name(std::string_view parent, std::string_view name) {
  if (parent.empty()) return imap::default_prefix(session_) + std::string(name);
  return std::string(parent) + separator_of(session_, parent) + std::string(name);
}

std::string ImapFolders::create(std::string_view parent, std::string_view name,
                                const std::optional<std::vector<FolderPermission>>& permissions) {
  const std::string parent_name = parent == "default" ? "" : normalize_mailbox(parent);
  require_name(name, separator_of(session_, parent_name));
  if (!parent_name.empty()) {
    ListRequest request;
    request.own_rights = true;
    const Folder above = require_folder(parent_name, request);
    if (!above.holds_folders) throw ApiError(errors::imap::kNoSubfolders, {parent_name});
    if (above.exists && !has_right(above.own_rights, 'k')) throw ApiError(msg::kNoCreateRight, {parent_name});
  }
  const std::string fullname = child_name(parent_name, name);
  if (exists(fullname)) throw ApiError(msg::kFolderExists, {std::string(name)});
  Command command("CREATE");
  command.add_string(session_.to_wire(fullname));
  Connection& line = session_.connection();
  const Response answer = line.run(command);
  if (answer.word == "NO" && answer.code.empty() && !is_over_quota(answer))
    throw ApiError(errors::imap::kCreateFailed, {fullname, answer.text});
  require_ok(answer, line.host(),
             {answer.code == "NOPERM" ? parent_name : std::string(name), &msg::kNoCreateRight});
  set_subscription(session_, fullname, true);
  if (permissions) {
    try {
      apply_permissions(fullname, *permissions);
    } catch (const ApiError&) {
      if (session_.connection().is_broken()) throw;
      throw ApiError(errors::imap::kRightsNotApplied, {fullname});
    }
  }
  return fullname;
}

std::string ImapFolders::rename(const Folder& folder, const std::string& target) {
  // What is subscribed under the old names shall be under the new ones.
  std::vector<std::string> subscribed;
  for (const ListedFolder& each : list_folders(session_, folder.fullname, Depth::Tree, {})) {
    if (each.folder.is_subscribed) subscribed.push_back(each.folder.fullname);
  }
  // Some servers refuse to rename what is selected.
  session_.leave(folder.fullname);
  Connection& line = session_.connection();
  line.unselect();
  Command command("RENAME");
  command.add_string(session_.to_wire(folder.fullname)).add_string(session_.to_wire(target));
  const Response answer = line.run(command);
  if (answer.word == "NO" && answer.code.empty() && !is_over_quota(answer))
    throw ApiError(exists(target) ? msg::kFolderExists : msg::kFolderMoveRefused,
                   {exists(target) ? target : folder.fullname});
  require_ok(answer, line.host(),
             {answer.code == "ALREADYEXISTS" ? target : folder.fullname, &msg::kFolderMoveRefused});
  session_.memory().forget(folder.fullname);
  for (const std::string& name : subscribed) {
    set_subscription(session_, name, false);
    set_subscription(session_, target + name.substr(folder.fullname.size()), true);
  }
  return target;
}

std::string ImapFolders::move(std::string_view folder, std::string_view new_parent,
                              std::string_view new_name) {
  const std::string name = normalize_mailbox(folder);
  const std::string parent = new_parent == "default" ? "" : normalize_mailbox(new_parent);
  if (name.empty()) throw ApiError(msg::kRootFolder);
  if (default_kind(name) != DefaultFolder::None) throw ApiError(msg::kDefaultFolderRename, {name});
  const Folder moved = require_folder(name, {});
  require_name(new_name, moved.separator);
  if (parent == name || is_below(parent, moved)) throw ApiError(errors::imap::kIntoChild, {name});
  if (!parent.empty() && !require_folder(parent, {}).holds_folders)
    throw ApiError(errors::imap::kNoSubfolders, {parent});
  const std::string target =
      parent == moved.parent && parent.empty() ? std::string(new_name) : child_name(parent, new_name);
  if (target == name) return name;
  if (exists(target)) throw ApiError(msg::kFolderExists, {std::string(new_name)});
  return rename(moved, target);
}

bool ImapFolders::is_in_trash(std::string_view folder) {
  const DefaultFolders known = find_default_folders(session_);
  const auto trash = known.find(DefaultFolder::Trash);
  if (trash == known.end()) return false;
  return folder == trash->second || folder.starts_with(trash->second + separator_of(session_, folder));
}

void ImapFolders::remove_tree(const Folder& folder) {
  std::vector<std::string> names;
  for (const ListedFolder& each : list_folders(session_, folder.fullname, Depth::Tree, {})) {
    if (each.folder.exists) names.push_back(each.folder.fullname);
  }
  // Children before their parents.
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  Connection& line = session_.connection();
  line.unselect();
  for (const std::string& name : names) {
    Command command("DELETE");
    command.add_string(session_.to_wire(name));
    const Response answer = line.run(command);
    if (answer.word == "NO" && answer.code.empty()) throw ApiError(msg::kFolderDeleteRefused, {name});
    if (answer.code != "NONEXISTENT") require_ok(answer, line.host(), {name, &msg::kNoDeleteRight});
    set_subscription(session_, name, false);
    session_.memory().forget(name);
  }
}

std::string ImapFolders::move_to_trash(const Folder& folder, const Folder& trash) {
  std::string target = trash.fullname + trash.separator + folder.name;
  for (int number = 2; exists(target); ++number) {
    if (number > kMostTrashNames) throw ApiError(msg::kFolderDeleteRefused, {folder.fullname});
    target = trash.fullname + trash.separator + folder.name + std::to_string(number);
  }
  return rename(folder, target);
}

std::string ImapFolders::remove(std::string_view folder, bool hard) {
  const std::string name = normalize_mailbox(folder);
  if (name.empty()) throw ApiError(msg::kRootFolder);
  if (default_kind(name) != DefaultFolder::None) throw ApiError(msg::kDefaultFolderDelete, {name});
  ListRequest request;
  request.own_rights = true;
  const Folder doomed = require_folder(name, request);
  if (doomed.exists && !has_right(doomed.own_rights, 'x')) throw ApiError(msg::kNoDeleteRight, {name});
  if (hard || is_in_trash(name)) {
    remove_tree(doomed);
    return "";
  }
  const std::string trash_name = default_folder(DefaultFolder::Trash);
  if (trash_name.empty()) throw ApiError(errors::imap::kDefaultFolderMissing, {"trash"});
  const Folder trash = require_folder(trash_name, {});
  if (!trash.holds_folders) throw ApiError(msg::kFolderDeleteRefused, {name});
  return move_to_trash(doomed, trash);
}

void ImapFolders::clear(std::string_view folder, bool hard) {
  const std::string name = normalize_mailbox(folder);
  const bool for_good = hard || is_in_trash(name);
  const std::string trash = for_good ? "" : default_folder(DefaultFolder::Trash);
  if (!for_good && trash.empty()) throw ApiError(errors::imap::kDefaultFolderMissing, {"trash"});
  const std::vector<Uid> uids = search_uids(session_, name, {});
  for (std::size_t begin = 0; begin < uids.size(); begin += kClearBlock) {
    const auto block = std::span(uids).subspan(begin, std::min(kClearBlock, uids.size() - begin));
    if (for_good) {
      remove_messages(session_, name, block);
      continue;
    }
    try {
      move_messages(session_, name, trash, block);
    } catch (const ApiError& error) {
      if (error.code() != msg::kServerOverQuota) throw;
      throw ApiError(msg::kDeleteOverQuota);
    }
  }
}

void ImapFolders::subscribe(std::string_view folder, bool on) {
  const std::string name = normalize_mailbox(folder);
  if (!on && default_kind(name) != DefaultFolder::None) throw ApiError(msg::kDefaultFolderUpdate, {name});
  Command command(on ? "SUBSCRIBE" : "UNSUBSCRIBE");
  command.add_string(session_.to_wire(name));
  session_.read([&](Connection&) { return session_.require(command, {name, &msg::kFolderUpdateRefused}); });
}

std::vector<std::pair<std::string, std::string>> ImapFolders::access_list(std::string_view folder) {
  return session_.read([&](Connection&) {
    std::vector<std::pair<std::string, std::string>> rights;
    Command command("GETACL");
    command.add_string(session_.to_wire(folder));
    session_.require(command, {std::string(folder), &errors::imap::kNoAdminister}, [&](Response& response) {
      if (response.word == "ACL") rights = parse_acl(response.text).rights;
    });
    return rights;
  });
}

void ImapFolders::apply_permissions(std::string_view folder,
                                    const std::vector<FolderPermission>& permissions) {
  const bool is_administered = std::any_of(permissions.begin(), permissions.end(),
                                           [](const FolderPermission& each) { return each.admin; });
  if (!is_administered) throw ApiError(errors::imap::kNoAdminLeft, {std::string(folder)});
  const auto old = access_list(folder);
  // Old servers know neither the new letters nor the capability that tells them.
  const bool knows_new = session_.connection().has("RIGHTS=TEXK") ||
                         session_.connection().has("RIGHTS=KXTE") || session_.connection().has("RIGHTS=KXET");
  const auto run = [&](const std::string& verb, const std::string& identifier, const std::string& rights) {
    Command command(verb);
    command.add_string(session_.to_wire(folder)).add_string(identifier);
    if (verb == "SETACL") command.add_string(rights);
    session_.require(command, {std::string(folder), &errors::imap::kNoAdminister});
  };
  // Rights are given before others are taken, so that nobody is locked out half-way.
  for (const FolderPermission& each : permissions) {
    const auto before = std::find_if(old.begin(), old.end(), [&](const auto& entry) {
      return equal_ignoring_ascii_case(entry.first, each.identifier);
    });
    const std::string rights = rights_of(each, knows_new);
    const bool is_same =
        before != old.end() && rights_of(permission_of(before->first, before->second), knows_new) == rights;
    if (!is_same) run("SETACL", before == old.end() ? each.identifier : before->first, rights);
  }
  for (const auto& [identifier, rights] : old) {
    const bool is_kept = std::any_of(
        permissions.begin(), permissions.end(),
        [&](const FolderPermission& each) { return equal_ignoring_ascii_case(each.identifier, identifier); });
    if (!is_kept && is_login_identifier(identifier)) run("DELETEACL", identifier, "");
  }
}

void ImapFolders::set_permissions(std::string_view folder, const std::vector<FolderPermission>& permissions) {
  const std::string name = normalize_mailbox(folder);
  if (!session_.connection().has("ACL")) return;
  ListRequest request;
  request.own_rights = true;
  if (!has_right(require_folder(name, request).own_rights, 'a'))
    throw ApiError(errors::imap::kNoAdminister, {name});
  const Server& store = session_.account().store;
  const std::string& login = store.authorize_as.empty() ? store.login : store.authorize_as;
  const auto own = std::find_if(permissions.begin(), permissions.end(), [&](const FolderPermission& each) {
    return equal_ignoring_ascii_case(each.identifier, login);
  });
  // The owner of a default folder must keep it usable.
  const bool is_reduced =
      own == permissions.end() || !own->admin || own->read < 4 || own->write < 4 || own->remove < 4;
  if (is_reduced && default_kind(name) != DefaultFolder::None)
    throw ApiError(msg::kDefaultFolderUpdate, {name});
  apply_permissions(name, permissions);
}

}  // namespace gw::mail::imap

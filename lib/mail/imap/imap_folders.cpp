// Reading: lists, counters, quota, default folders. Changes are in imap_folders_change.cpp.
#include "mail/imap/imap_folders.hpp"

#include <algorithm>

#include "mail/imap/acl.hpp"
#include "mail/imap/default_folders.hpp"
#include "mail/imap/mailbox_name.hpp"

namespace gw::mail::imap {
namespace {

/// "default" is the API's word for the root.
std::string normalized(std::string_view folder) {
  return folder == "default" ? "" : normalize_mailbox(folder);
}

void mark_default_kinds(const DefaultFolders& known, std::vector<Folder>& folders) {
  for (Folder& folder : folders) {
    for (const auto& [kind, name] : known) {
      if (name == folder.fullname) folder.default_kind = kind;
    }
  }
}

}  // namespace

std::vector<Folder> ImapFolders::list(std::string_view folder, Depth depth, const ListRequest& request) {
  const DefaultFolders known = find_default_folders(session_);
  std::vector<Folder> folders;
  for (ListedFolder& each : list_folders(session_, folder, depth, request))
    folders.push_back(std::move(each.folder));
  mark_default_kinds(known, folders);
  return folders;
}

Folder ImapFolders::require_folder(std::string_view folder, const ListRequest& request) {
  const std::vector<Folder> found = list(folder, Depth::Itself, request);
  if (found.empty() || !found.front().exists) {
    // The path to other users' folders is shown, though no mailbox has that name.
    const bool is_path = !list_folders(session_, folder, Depth::Children, {}).empty();
    if (!is_path || found.empty()) {
      if (!is_path) throw ApiError(errors::msg::kFolderNotFound, {std::string(folder)});
      Folder path;
      path.fullname = folder;
      path.separator = separator_of(session_, folder);
      const std::size_t cut = path.fullname.rfind(path.separator);
      path.name = cut == std::string::npos ? path.fullname : path.fullname.substr(cut + 1);
      path.parent = cut == std::string::npos ? "" : path.fullname.substr(0, cut);
      path.exists = path.holds_messages = path.holds_folders = false;
      path.has_subfolders = true;
      mark_shared(session_, path);
      return path;
    }
  }
  return found.front();
}

Folder ImapFolders::root() {
  Folder folder;
  folder.name = session_.account().name;
  folder.separator = separator_of(session_, "");
  folder.holds_messages = false;
  folder.has_subfolders = folder.is_subscribed = folder.has_subscribed_subfolders = true;
  folder.own_rights = kAllRights;
  return folder;
}

bool ImapFolders::exists(std::string_view folder) {
  const std::string name = normalized(folder);
  if (name.empty()) return true;
  const auto found = list_folders(session_, name, Depth::Itself, {});
  return !found.empty() && found.front().folder.exists;
}

Folder ImapFolders::get(std::string_view folder, bool counters) {
  const std::string name = normalized(folder);
  if (name.empty()) return root();
  ListRequest request;
  request.counters = counters;
  request.own_rights = request.permissions = true;
  Folder found = require_folder(name, request);
  // The answer about a folder alone does not speak of subscriptions below it.
  if (found.has_subfolders && !found.has_subscribed_subfolders) {
    const auto below = list_folders(session_, name, Depth::Children, {});
    found.has_subscribed_subfolders = std::any_of(below.begin(), below.end(), [](const ListedFolder& each) {
      return each.folder.is_subscribed || each.folder.has_subscribed_subfolders;
    });
  }
  return found;
}

std::vector<Folder> ImapFolders::children(std::string_view parent, const ListRequest& request) {
  const std::string name = normalized(parent);
  std::vector<Folder> found = list(name, Depth::Children, request);
  if (found.empty() && !name.empty()) require_folder(name, {});
  return found;
}

std::vector<Folder> ImapFolders::list_all(const ListRequest& request) {
  return list("", Depth::Tree, request);
}

std::string ImapFolders::default_folder(DefaultFolder kind) {
  const DefaultFolders known = find_default_folders(session_);
  if (const auto found = known.find(kind); found != known.end()) return found->second;
  return kind == DefaultFolder::None ? "" : make_default_folder(session_, kind);
}

DefaultFolder ImapFolders::default_kind(std::string_view folder) {
  const std::string name = normalized(folder);
  for (const auto& [kind, known] : find_default_folders(session_)) {
    if (known == name) return kind;
  }
  return DefaultFolder::None;
}

std::string ImapFolders::default_prefix() { return imap::default_prefix(session_); }

StatusEntry ImapFolders::status(std::string_view folder, std::string_view items) {
  const std::string name = normalized(folder);
  if (name.empty()) throw ApiError(errors::msg::kHoldsNoMessages, {session_.account().name});
  return session_.read([&](Connection& line) {
    // STATUS of the selected mailbox may be old.
    session_.leave(name);
    Command command("STATUS");
    command.add_string(session_.to_wire(name)).add("(" + std::string(items) + ")");
    StatusEntry found;
    const Response answer = line.run(command, [&](Response& response) {
      if (response.word == "STATUS") found = parse_status(response.text);
    });
    if (answer.word == "NO" && answer.code.empty()) throw ApiError(errors::msg::kFolderNotFound, {name});
    require_ok(answer, line.host(), {name, &errors::imap::kNoLookup});
    return found;
  });
}

Counters ImapFolders::counters(std::string_view folder) {
  const StatusEntry found = status(folder, "MESSAGES UNSEEN RECENT");
  Counters counters;
  counters.total = static_cast<std::int64_t>(found.value("MESSAGES"));
  counters.unread = static_cast<std::int64_t>(found.value("UNSEEN"));
  counters.recent = static_cast<std::int64_t>(found.value("RECENT"));
  return counters;
}

Validity ImapFolders::validity(std::string_view folder) {
  const bool has_modseq = session_.connection().has("CONDSTORE") || session_.connection().has("QRESYNC");
  const StatusEntry found =
      status(folder, has_modseq ? "UIDVALIDITY UIDNEXT HIGHESTMODSEQ" : "UIDVALIDITY UIDNEXT");
  return {static_cast<std::uint32_t>(found.value("UIDVALIDITY")),
          static_cast<std::uint32_t>(found.value("UIDNEXT")), found.value("HIGHESTMODSEQ")};
}

Quota ImapFolders::quota(std::string_view folder) {
  const std::string name = normalized(folder).empty() ? "INBOX" : normalized(folder);
  return session_.read([&](Connection& line) {
    Quota quota;
    if (!line.has("QUOTA")) return quota;
    Command command("GETQUOTAROOT");
    command.add_string(session_.to_wire(name));
    const Response answer = line.run(command, [&](Response& response) {
      if (response.word != "QUOTA") return;
      const QuotaEntry entry = parse_quota(response.text);
      static constexpr std::uint64_t kUnit = 1'024, kMost = INT64_MAX / kUnit;
      const auto number = [](std::uint64_t value, std::uint64_t unit) {
        return static_cast<std::int64_t>(std::min(value, kMost) * unit);
      };
      if (const auto found = entry.resources.find("STORAGE"); found != entry.resources.end()) {
        quota.storage_use = number(found->second.first, kUnit);
        quota.storage_limit = number(found->second.second, kUnit);
      }
      if (const auto found = entry.resources.find("MESSAGE"); found != entry.resources.end()) {
        quota.message_use = number(found->second.first, 1);
        quota.message_limit = number(found->second.second, 1);
      }
    });
    // A mailbox without a quota root, or a server that says NO: unlimited.
    if (answer.word != "NO") require_ok(answer, line.host(), {name});
    return quota;
  });
}

}  // namespace gw::mail::imap

#include "mail/imap/default_folders.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/folder_listing.hpp"

namespace gw::mail::imap {
namespace {

using Name = std::string FolderNames::*;
struct KindRow {
  DefaultFolder kind;
  Name name;
  std::string_view use;  ///< RFC 6154; empty: none
  bool is_made_by_check;
};
constexpr KindRow kKinds[] = {
    {DefaultFolder::Drafts, &FolderNames::drafts, "\\Drafts", true},
    {DefaultFolder::Sent, &FolderNames::sent, "\\Sent", true},
    {DefaultFolder::Spam, &FolderNames::spam, "\\Junk", true},
    {DefaultFolder::Trash, &FolderNames::trash, "\\Trash", true},
    {DefaultFolder::ConfirmedSpam, &FolderNames::confirmed_spam, "", false},
    {DefaultFolder::ConfirmedHam, &FolderNames::confirmed_ham, "", false},
    {DefaultFolder::Archive, &FolderNames::archive, "\\Archive", false},
};

const KindRow* row_of(DefaultFolder kind) {
  const auto row = std::find_if(std::begin(kKinds), std::end(kKinds),
                                [&](const KindRow& each) { return each.kind == kind; });
  return row == std::end(kKinds) ? nullptr : row;
}

std::string prefix_from(Session& session, const std::vector<ListedFolder>& folders) {
  const Namespaces& known = session.connection().namespaces();
  if (!known.personal.empty()) return session.from_wire(known.personal.front().prefix);
  const auto is_root = [](const ListedFolder& each) {
    return each.folder.parent.empty() && each.folder.fullname != "INBOX";
  };
  if (std::any_of(folders.begin(), folders.end(), is_root)) return "";
  const auto inbox = std::find_if(folders.begin(), folders.end(),
                                  [](const ListedFolder& each) { return each.folder.fullname == "INBOX"; });
  if (inbox != folders.end() && inbox->folder.has_subfolders)
    return "INBOX" + std::string(1, inbox->folder.separator);
  return "";
}

/// Names of the account: a stored full name, then the name to look for below the prefix.
struct Wanted {
  std::string stored, configured;
};

Wanted wanted_names(const Account& account, const KindRow& row, const std::string& prefix) {
  const std::string& own = account.folders.*row.name;
  // The primary account's row holds names, not full names.
  const bool is_name = account.id == 0;
  const std::string& name = is_name && !own.empty() ? own : account.fallback_names.*row.name;
  return {is_name ? "" : own, name.empty() ? "" : prefix + name};
}

std::string find_existing(const std::vector<ListedFolder>& folders, const KindRow& row,
                          const Wanted& wanted) {
  const auto usable = [](const ListedFolder& each) {
    return each.folder.holds_messages && !each.folder.is_shared;
  };
  std::string marked, same, similar;
  int marks = 0;
  for (const ListedFolder& each : folders) {
    if (!usable(each)) continue;
    const std::string& name = each.folder.fullname;
    if (!wanted.stored.empty() && name == wanted.stored) return name;
    if (each.marked == row.kind) {
      ++marks;
      marked = name;
    }
    if (name == wanted.configured) same = name;
    if (similar.empty() && fold(name) == fold(wanted.configured)) similar = name;
  }
  if (marks == 1) return marked;
  if (!same.empty()) return same;
  return wanted.configured.empty() ? "" : similar;
}

bool exists_now(Session& session, const std::string& name) {
  const auto found = list_folders(session, name, Depth::Itself, {});
  return !found.empty() && found.front().folder.holds_messages;
}

std::string create_folder(Session& session, const KindRow& row, const std::string& name) {
  Command create("CREATE");
  create.add_string(session.to_wire(name));
  if (session.connection().has("CREATE-SPECIAL-USE") && !row.use.empty())
    create.add("(USE (" + std::string(row.use) + "))");
  const Response answer = session.connection().run(create);
  // Another process may have been faster.
  if (!answer.is_ok() && !exists_now(session, name)) {
    const bool is_full = answer.code == "LIMIT" || is_over_quota(answer);
    throw ApiError(is_full ? errors::msg::kTooManyFolders : errors::msg::kDefaultFolderCheck, {answer.text});
  }
  Command subscribe("SUBSCRIBE");
  subscribe.add_string(session.to_wire(name));
  session.connection().run(subscribe);
  return name;
}

std::string make_folder(Session& session, const KindRow& row, const std::vector<ListedFolder>& folders) {
  const std::string prefix = prefix_from(session, folders);
  const Wanted wanted = wanted_names(session.account(), row, prefix);
  const std::string& name = wanted.stored.empty() ? wanted.configured : wanted.stored;
  if (name.empty()) return "";
  try {
    return create_folder(session, row, name);
  } catch (const ApiError&) {
    // Old servers allow folders below INBOX only, and do not say so.
    if (!session.connection().namespaces().personal.empty() || !prefix.empty()) throw;
  }
  return create_folder(session, row, "INBOX" + std::string(1, separator_of(session, "INBOX")) + name);
}

}  // namespace

DefaultFolders find_default_folders(Session& session) {
  FolderMemory& memory = session.memory();
  if (auto known = memory.default_folders()) return *known;
  const std::lock_guard lock(memory.default_folder_check());
  if (auto known = memory.default_folders()) return *known;
  const std::vector<ListedFolder> folders = list_folders(session, "", Depth::Tree, {});
  const std::string prefix = prefix_from(session, folders);
  DefaultFolders found{{DefaultFolder::Inbox, "INBOX"}};
  for (const KindRow& row : kKinds) {
    std::string name = find_existing(folders, row, wanted_names(session.account(), row, prefix));
    if (name.empty() && row.is_made_by_check) {
      try {
        name = make_folder(session, row, folders);
      } catch (const ApiError&) {
        // Lists must work with a full mailbox; whoever needs the folder gets the error.
        if (session.connection().is_broken()) throw;
      }
    }
    if (!name.empty()) found[row.kind] = name;
  }
  memory.remember(found);
  return found;
}

std::string make_default_folder(Session& session, DefaultFolder kind) {
  const KindRow* row = row_of(kind);
  if (row == nullptr || row->use.empty()) return "";
  std::string name = make_folder(session, *row, list_folders(session, "", Depth::Tree, {}));
  session.memory().forget_default_folders();
  return name;
}

std::string default_prefix(Session& session) {
  const Namespaces& known = session.connection().namespaces();
  if (!known.personal.empty()) return session.from_wire(known.personal.front().prefix);
  return prefix_from(session, list_folders(session, "", Depth::Tree, {}));
}

}  // namespace gw::mail::imap

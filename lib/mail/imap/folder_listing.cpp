#include "mail/imap/folder_listing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "mail/imap/acl.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::size_t kMostFolders = 100'000;

struct SpecialUse {
  std::string_view attribute;
  DefaultFolder kind;
};
/// SPECIAL-USE and the words of XLIST.
constexpr SpecialUse kSpecialUses[] = {
    {"\\drafts", DefaultFolder::Drafts}, {"\\sent", DefaultFolder::Sent},
    {"\\junk", DefaultFolder::Spam},     {"\\spam", DefaultFolder::Spam},
    {"\\trash", DefaultFolder::Trash},   {"\\archive", DefaultFolder::Archive}};

DefaultFolder marked_kind(const ListEntry& entry) {
  for (const SpecialUse& each : kSpecialUses) {
    if (entry.has(each.attribute)) return each.kind;
  }
  return DefaultFolder::None;
}

std::vector<Namespace> all_namespaces(const Namespaces& known) {
  std::vector<Namespace> all = known.personal;
  all.insert(all.end(), known.others.begin(), known.others.end());
  all.insert(all.end(), known.shared.begin(), known.shared.end());
  if (all.empty()) all.push_back({});
  return all;
}

/// Wire patterns that cover what was asked for.
std::vector<std::string> patterns_for(Session& session, std::string_view folder, Depth depth) {
  const std::string name = session.to_wire(folder);
  if (depth == Depth::Itself) return {name};
  const std::string wildcard = depth == Depth::Tree ? "*" : "%";
  if (!folder.empty()) {
    std::vector<std::string> patterns{name + separator_of(session, folder) + wildcard};
    if (depth == Depth::Tree) patterns.insert(patterns.begin(), name);
    return patterns;
  }
  std::vector<std::string> patterns;
  for (const Namespace& each : all_namespaces(session.connection().namespaces()))
    patterns.push_back(each.prefix + wildcard);
  if (std::find(patterns.begin(), patterns.end(), wildcard) == patterns.end())
    patterns.insert(patterns.begin(), "INBOX");
  return patterns;
}

class Lister {
 public:
  Lister(Session& session, const ListRequest& request) : session_(session), request_(request) {}

  void run(const std::vector<std::string>& patterns) {
    Connection& line = session_.connection();
    std::vector<Command> commands;
    for (const std::string& pattern : patterns) {
      commands.push_back(list_command(line, pattern));
      if (!line.has("LIST-EXTENDED")) {
        commands.emplace_back("LSUB");
        commands.back().add_string("").add_string(pattern);
      } else if (request_.subscribed_only) {
        commands.emplace_back("LIST (SUBSCRIBED RECURSIVEMATCH)");
        commands.back().add_string("").add_string(pattern);
      }
    }
    const auto answers = line.run_all(commands, [&](Response& response) { take(response); });
    for (const Response& answer : answers) require_ok(answer, line.host(), {"", &errors::imap::kNoLookup});
  }

  void make_up_parents() {
    for (std::size_t i = 0; i < found_.size() && found_.size() < kMostFolders; ++i) {
      const Folder folder = found_[i].folder;
      if (folder.parent.empty() || index_.contains(folder.parent)) continue;
      ListEntry entry;
      entry.separator = folder.separator;
      entry.attributes = {"\\nonexistent", "\\haschildren"};
      add(entry, folder.parent);
    }
  }

  void ask_children() {
    Connection& line = session_.connection();
    std::vector<Command> commands;
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (knows_children_.contains(i) || !found_[i].folder.holds_folders) continue;
      asked.push_back(i);
      commands.emplace_back("LIST");
      commands.back().add_string("").add_string(session_.to_wire(found_[i].folder.fullname) +
                                                found_[i].folder.separator + "%");
    }
    std::set<std::string> parents;
    line.run_all(commands, [&](Response& response) {
      if (response.word != "LIST") return;
      const ListEntry entry = parse_list(response.text);
      const std::string name = session_.from_wire(entry.name);
      const std::size_t cut = name.rfind(entry.separator);
      if (entry.separator != '\0' && cut != std::string::npos) parents.insert(name.substr(0, cut));
    });
    for (const std::size_t i : asked)
      found_[i].folder.has_subfolders = parents.contains(found_[i].folder.fullname);
  }

  void ask_counters() {
    Connection& line = session_.connection();
    if (!line.has("LIST-STATUS")) {
      // STATUS of the selected mailbox may be old.
      line.unselect();
      std::vector<Command> commands;
      for (const ListedFolder& each : found_) {
        if (!each.folder.holds_messages) continue;
        commands.emplace_back("STATUS");
        commands.back().add_string(session_.to_wire(each.folder.fullname)).add("(MESSAGES UNSEEN RECENT)");
      }
      line.run_all(commands, [&](Response& response) { take(response); });
    }
    for (ListedFolder& each : found_) {
      if (const auto status = counters_.find(each.folder.fullname); status != counters_.end())
        each.folder.counters = status->second;
    }
  }

  void ask_rights() {
    Connection& line = session_.connection();
    std::vector<Command> commands;
    if (line.has("ACL")) {
      for (const ListedFolder& each : found_) {
        if (!each.folder.exists) continue;
        commands.emplace_back("MYRIGHTS");
        commands.back().add_string(session_.to_wire(each.folder.fullname));
      }
    }
    std::map<std::string, std::string> rights;
    line.run_all(commands, [&](Response& response) {
      if (response.word != "MYRIGHTS") return;
      auto [name, letters] = parse_my_rights(response.text);
      rights[session_.from_wire(name)] = std::move(letters);
    });
    for (ListedFolder& each : found_)
      each.folder.own_rights = line.has("ACL") ? rights[each.folder.fullname] : std::string(kAllRights);
  }

  void ask_permissions() {
    Connection& line = session_.connection();
    if (!line.has("ACL")) return;
    std::vector<Command> commands;
    std::map<std::string, Folder*> asked;
    for (ListedFolder& each : found_) {
      Folder& folder = each.folder;
      if (!folder.exists || !has_right(folder.own_rights, 'a')) continue;
      commands.emplace_back("GETACL");
      commands.back().add_string(session_.to_wire(folder.fullname));
      asked.emplace(folder.fullname, &folder);
    }
    line.run_all(commands, [&](Response& response) {
      if (response.word != "ACL") return;
      const AclEntry entry = parse_acl(response.text);
      const auto folder = asked.find(session_.from_wire(entry.name));
      if (folder == asked.end()) return;
      auto& permissions = folder->second->permissions.emplace();
      for (const auto& [identifier, rights] : entry.rights)
        if (is_login_identifier(identifier)) permissions.push_back(permission_of(identifier, rights));
    });
  }

  std::vector<ListedFolder> take_found() {
    mark_subscribed();
    return std::move(found_);
  }

 private:
  Command list_command(const Connection& line, const std::string& pattern) const {
    std::string options;
    const auto add_option = [&](std::string_view option) {
      options += (options.empty() ? "" : " ") + std::string(option);
    };
    if (line.has("LIST-EXTENDED")) {
      add_option("SUBSCRIBED CHILDREN");
      if (line.has("SPECIAL-USE")) add_option("SPECIAL-USE");
      if (request_.counters && line.has("LIST-STATUS")) add_option("STATUS (MESSAGES UNSEEN RECENT)");
    }
    // Without RETURN a server may show special uses anyway; XLIST shows its own words.
    Command command(options.empty() && line.has("XLIST") && !line.has("SPECIAL-USE") ? "XLIST" : "LIST");
    command.add_string("").add_string(pattern);
    if (!options.empty()) command.add("RETURN (" + options + ")");
    return command;
  }

  void take(const Response& response) {
    if (response.word == "STATUS") {
      const StatusEntry entry = parse_status(response.text);
      Counters counters;
      counters.total = static_cast<std::int64_t>(entry.value("MESSAGES"));
      counters.unread = static_cast<std::int64_t>(entry.value("UNSEEN"));
      counters.recent = static_cast<std::int64_t>(entry.value("RECENT"));
      counters_[session_.from_wire(entry.name)] = counters;
    } else if (response.word == "LSUB") {
      const ListEntry entry = parse_list(response.text);
      const std::string name = session_.from_wire(entry.name);
      if (entry.has("\\noselect"))
        subscribed_below_.insert(name);
      else
        subscribed_.insert(name);
    } else if (response.word == "LIST" || response.word == "XLIST") {
      const ListEntry entry = parse_list(response.text);
      const std::string name = session_.from_wire(entry.name);
      if (entry.has("\\subscribed")) subscribed_.insert(name);
      if (entry.has_subscribed_children) subscribed_below_.insert(name);
      add(entry, name);
    }
  }

  void add(const ListEntry& entry, std::string name) {
    if (entry.separator != '\0' && name.size() > 1 && name.ends_with(entry.separator)) name.pop_back();
    if (name.empty() || found_.size() >= kMostFolders || index_.contains(name)) return;
    ListedFolder listed;
    Folder& folder = listed.folder;
    folder.separator = entry.separator == '\0' ? '/' : entry.separator;
    const std::size_t cut = entry.separator == '\0' ? std::string::npos : name.rfind(entry.separator);
    folder.name = cut == std::string::npos ? name : name.substr(cut + 1);
    folder.parent = cut == std::string::npos ? "" : name.substr(0, cut);
    folder.exists = !entry.has("\\nonexistent");
    folder.holds_messages = folder.exists && !entry.has("\\noselect");
    folder.holds_folders = entry.separator != '\0' && !entry.has("\\noinferiors");
    folder.has_subfolders = entry.has("\\haschildren");
    if (folder.has_subfolders || entry.has("\\hasnochildren") || !folder.holds_folders)
      knows_children_.insert(found_.size());
    listed.marked = marked_kind(entry);
    index_.insert(name);
    folder.fullname = std::move(name);
    mark_shared(session_, folder);
    found_.push_back(std::move(listed));
  }

  void mark_subscribed() {
    for (ListedFolder& each : found_) {
      Folder& folder = each.folder;
      // INBOX counts always, as no client could get on without it.
      folder.is_subscribed = subscribed_.contains(folder.fullname) || folder.fullname == "INBOX";
      const std::string below = folder.fullname + folder.separator;
      const auto next = subscribed_.lower_bound(below);
      folder.has_subscribed_subfolders = subscribed_below_.contains(folder.fullname) ||
                                         (next != subscribed_.end() && next->starts_with(below));
    }
  }

  Session& session_;
  const ListRequest& request_;
  std::vector<ListedFolder> found_;
  std::set<std::string> index_, subscribed_, subscribed_below_;
  std::set<std::size_t> knows_children_;
  std::map<std::string, Counters> counters_;
};

bool is_wanted(const Folder& folder, std::string_view asked, Depth depth) {
  if (depth == Depth::Itself) return folder.fullname == asked;
  if (depth == Depth::Children) return folder.parent == asked;
  return asked.empty() || folder.fullname == asked ||
         folder.fullname.starts_with(std::string(asked) + folder.separator);
}

}  // namespace

std::vector<ListedFolder> list_folders(Session& session, std::string_view folder, Depth depth,
                                       const ListRequest& request) {
  return session.read([&](Connection&) {
    Lister lister(session, request);
    lister.run(patterns_for(session, folder, depth));
    if (depth != Depth::Itself) lister.make_up_parents();
    lister.ask_children();
    if (request.counters) lister.ask_counters();
    if (request.own_rights) lister.ask_rights();
    if (request.permissions) lister.ask_permissions();
    std::vector<ListedFolder> found = lister.take_found();
    // Names may hold wildcards, and namespaces may show more than was asked for.
    std::erase_if(found, [&](const ListedFolder& each) {
      if (!is_wanted(each.folder, folder, depth)) return true;
      return request.subscribed_only && !each.folder.is_subscribed && !each.folder.has_subscribed_subfolders;
    });
    return found;
  });
}

char separator_of(Session& session, std::string_view folder) {
  Connection& line = session.connection();
  const Namespace* best = nullptr;
  const std::vector<Namespace> all = all_namespaces(line.namespaces());
  for (const Namespace& each : all) {
    const bool fits = folder.starts_with(session.from_wire(each.prefix));
    if (each.separator != '\0' && fits && (best == nullptr || each.prefix.size() > best->prefix.size()))
      best = &each;
  }
  if (best != nullptr) return best->separator;
  char separator = '\0';
  Command command("LIST");
  command.add_string("").add_string("");
  line.run(command, [&](Response& response) {
    if (response.word == "LIST") separator = parse_list(response.text).separator;
  });
  return separator == '\0' ? '/' : separator;
}

void mark_shared(Session& session, Folder& folder) {
  const Namespaces& known = session.connection_namespaces();
  for (const auto* list : {&known.others, &known.shared}) {
    for (const Namespace& each : *list) {
      const std::string prefix = session.from_wire(each.prefix);
      if (prefix.empty()) continue;
      if (folder.fullname + folder.separator == prefix) folder.is_shared = true;
      if (!folder.fullname.starts_with(prefix)) continue;
      folder.is_shared = true;
      if (list == &known.others)
        folder.owner = folder.fullname.substr(
            prefix.size(), folder.fullname.find(folder.separator, prefix.size()) - prefix.size());
    }
  }
}

}  // namespace gw::mail::imap

#include "unit/lib/filestore/support/simulated_disk.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>

namespace gw::filestore::test {
namespace {

constexpr std::uint64_t kTop = 1;
/// 3 to this power would be the worst number of survivors.
constexpr std::size_t kMostPending = 16;

int failed(int error) {
  errno = error;
  return -1;
}

using Choice = std::vector<std::function<void(Disk&)>>;

void add_pending_entries(std::vector<Choice>& pending, std::uint64_t inode, const Node& node) {
  std::map<std::string, bool> names;
  for (const auto& [name, target] : node.entries) names[name] = true;
  for (const auto& [name, target] : node.synced_entries) names[name] = true;
  for (const auto& [name, unused] : names) {
    const auto now = node.entries.find(name);
    const auto before = node.synced_entries.find(name);
    const std::uint64_t new_target = now == node.entries.end() ? 0 : now->second;
    const std::uint64_t old_target = before == node.synced_entries.end() ? 0 : before->second;
    if (new_target == old_target) continue;
    const auto set = [inode, &entry = name](std::uint64_t target) {
      return [inode, name = entry, target](Disk& disk) {
        auto& entries = disk.nodes[inode].entries;
        if (target == 0)
          entries.erase(name);
        else
          entries[name] = target;
      };
    };
    pending.push_back({set(new_target), set(old_target)});
  }
}

void add_pending_bytes(std::vector<Choice>& pending, std::uint64_t inode, const Node& node) {
  if (node.bytes == node.synced_bytes) return;
  const auto set = [inode](std::string bytes) {
    return [inode, bytes = std::move(bytes)](Disk& disk) { disk.nodes[inode].bytes = bytes; };
  };
  pending.push_back(
      {set(node.bytes), set(node.synced_bytes), set(node.bytes.substr(0, node.bytes.size() / 2))});
}

}  // namespace

Disk Disk::with_root() {
  Disk disk;
  disk.nodes[kTop].is_folder = true;
  disk.nodes[kTop].entries["root"] = disk.next_inode;
  disk.nodes[disk.next_inode++].is_folder = true;
  disk.nodes[kTop].synced_entries = disk.nodes[kTop].entries;
  return disk;
}

void Disk::each_survivor(const std::function<void(const Disk&)>& visit) const {
  std::vector<Choice> pending;
  for (const auto& [inode, node] : nodes) {
    add_pending_entries(pending, inode, node);
    add_pending_bytes(pending, inode, node);
  }
  if (pending.size() > kMostPending) throw std::logic_error("too many changes without a sync");
  const std::function<void(std::size_t, const Disk&)> choose = [&](std::size_t next, const Disk& disk) {
    if (next == pending.size()) {
      Disk survivor = disk;
      for (auto& [inode, node] : survivor.nodes) {
        node.synced_bytes = node.bytes;
        node.synced_entries = node.entries;
      }
      visit(survivor);
      return;
    }
    for (const auto& apply : pending[next]) {
      Disk chosen = disk;
      apply(chosen);
      choose(next + 1, chosen);
    }
  };
  choose(0, *this);
}

std::vector<std::string> SimulatedCalls::all_files() const {
  std::vector<std::string> files;
  const std::function<void(std::uint64_t, const std::string&)> walk = [&](std::uint64_t inode,
                                                                          const std::string& path) {
    for (const auto& [name, target] : disk_.nodes.at(inode).entries) {
      if (disk_.nodes.at(target).is_folder)
        walk(target, path + "/" + name);
      else
        files.push_back(path + "/" + name);
    }
  };
  walk(kTop, "");
  return files;
}

void SimulatedCalls::sync_everything() {
  for (auto& [inode, node] : disk_.nodes) {
    node.synced_bytes = node.bytes;
    node.synced_entries = node.entries;
  }
}

bool SimulatedCalls::may_change() {
  ++changes_;
  if (last_change_ != 0 && changes_ >= last_change_) {
    errno = EIO;
    return false;
  }
  if (changes_ == failing_change_) {
    errno = error_;
    return false;
  }
  return true;
}

Node* SimulatedCalls::parent_of(const std::string& path, std::string& name) {
  const std::size_t slash = path.rfind('/');
  name = path.substr(slash + 1);
  const std::uint64_t inode = slash == 0 ? kTop : find(path.substr(0, slash));
  if (inode == 0 || !disk_.nodes[inode].is_folder) return nullptr;
  return &disk_.nodes[inode];
}

std::uint64_t SimulatedCalls::find(const std::string& path) {
  std::string name;
  Node* folder = parent_of(path, name);
  if (folder == nullptr) return 0;
  if (name == ".") return find(path.substr(0, path.size() - 2));
  const auto entry = folder->entries.find(name);
  return entry == folder->entries.end() ? 0 : entry->second;
}

int SimulatedCalls::open(const std::string& path, int flags, mode_t) {
  std::string name;
  if ((flags & O_CREAT) != 0) {
    if (!may_change()) return -1;
    Node* folder = parent_of(path, name);
    if (folder == nullptr) return failed(ENOENT);
    if (folder->entries.contains(name)) return failed(EEXIST);
    folder->entries[name] = disk_.next_inode;
    disk_.nodes[disk_.next_inode++];
  }
  const std::uint64_t inode = find(path);
  if (inode == 0) return failed(ENOENT);
  open_[next_file_] = inode;
  return next_file_++;
}

int SimulatedCalls::close(int file) { return open_.erase(file) == 1 ? 0 : failed(EBADF); }

// At most seven bytes at once, so that there are steps within a file.
ssize_t SimulatedCalls::write(int file, const char* data, std::size_t size) {
  if (!may_change()) return -1;
  size = std::min<std::size_t>(size, 7);
  disk_.nodes[open_.at(file)].bytes.append(data, size);
  return static_cast<ssize_t>(size);
}

ssize_t SimulatedCalls::read_at(int file, char* data, std::size_t size, std::int64_t offset) {
  const std::string& bytes = disk_.nodes[open_.at(file)].bytes;
  const std::size_t from = std::min(static_cast<std::size_t>(offset), bytes.size());
  return static_cast<ssize_t>(bytes.copy(data, size, from));
}

ssize_t SimulatedCalls::copy(int from, std::int64_t offset, int to, std::size_t size) {
  char buffer[7];
  const ssize_t count = read_at(from, buffer, std::min(size, sizeof buffer), offset);
  return count <= 0 ? count : write(to, buffer, static_cast<std::size_t>(count));
}

int SimulatedCalls::sync(int file) {
  if (!may_change()) return -1;
  if (++syncs_ == lying_sync_) return 0;
  Node& node = disk_.nodes[open_.at(file)];
  node.synced_bytes = node.bytes;
  node.synced_entries = node.entries;
  return 0;
}

int SimulatedCalls::rename(const std::string& from, const std::string& to) {
  if (!may_change()) return -1;
  std::string old_name, new_name;
  Node* source = parent_of(from, old_name);
  Node* target = parent_of(to, new_name);
  if (source == nullptr || target == nullptr || !source->entries.contains(old_name)) return failed(ENOENT);
  target->entries[new_name] = source->entries[old_name];
  source->entries.erase(old_name);
  return 0;
}

int SimulatedCalls::make_folder(const std::string& path, mode_t) {
  if (!may_change()) return -1;
  std::string name;
  Node* folder = parent_of(path, name);
  if (folder == nullptr) return failed(ENOENT);
  if (folder->entries.contains(name)) return failed(EEXIST);
  folder->entries[name] = disk_.next_inode;
  disk_.nodes[disk_.next_inode++].is_folder = true;
  return 0;
}

int SimulatedCalls::remove_folder(const std::string& path) {
  if (!may_change()) return -1;
  std::string name;
  Node* folder = parent_of(path, name);
  if (folder == nullptr || !folder->entries.contains(name)) return failed(ENOENT);
  if (!disk_.nodes[folder->entries[name]].entries.empty()) return failed(ENOTEMPTY);
  folder->entries.erase(name);
  return 0;
}

int SimulatedCalls::unlink(const std::string& path) {
  if (!may_change()) return -1;
  std::string name;
  Node* folder = parent_of(path, name);
  if (folder == nullptr || !folder->entries.contains(name)) return failed(ENOENT);
  folder->entries.erase(name);
  return 0;
}

int SimulatedCalls::inspect(const std::string& path, FileInfo& info) {
  const std::uint64_t inode = find(path);
  if (inode == 0) return failed(ENOENT);
  const Node& node = disk_.nodes[inode];
  info.kind = node.is_folder ? FileInfo::Kind::Folder : FileInfo::Kind::File;
  info.size = static_cast<std::int64_t>(node.bytes.size());
  info.modified = {0};
  info.inode = inode;
  return 0;
}

int SimulatedCalls::inspect(int file, FileInfo& info) {
  info.kind = FileInfo::Kind::File;
  info.size = static_cast<std::int64_t>(disk_.nodes[open_.at(file)].bytes.size());
  return 0;
}

int SimulatedCalls::read_folder(const std::string& path, std::vector<std::string>& names) {
  const std::uint64_t inode = find(path);
  if (inode == 0) return failed(ENOENT);
  names.clear();
  for (const auto& [name, target] : disk_.nodes[inode].entries) names.push_back(name);
  return 0;
}

}  // namespace gw::filestore::test

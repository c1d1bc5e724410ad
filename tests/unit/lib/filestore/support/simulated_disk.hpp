// A file system in memory that knows what the loss of power leaves: the bytes of a file and the entries of a
// folder as they were at their last fsync, and of everything later any part or nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "filestore/local/system_calls.hpp"

namespace gw::filestore::test {

struct Node {
  bool is_folder = false;
  std::string bytes;
  std::string synced_bytes;
  std::map<std::string, std::uint64_t> entries;
  std::map<std::string, std::uint64_t> synced_entries;
};

struct Disk {
  std::map<std::uint64_t, Node> nodes;
  std::uint64_t next_inode = 2;

  /// With an empty folder `/root`, all of it synced.
  static Disk with_root();
  /// Every disk that the loss of power now may leave: each change of a folder that was not synced happened or
  /// did not, each file that was not synced has its old bytes, half of the new ones or all of them.
  void each_survivor(const std::function<void(const Disk&)>& visit) const;
};

/// Counts the calls that change something; at one of them the power is lost, or it fails, or a sync lies.
class SimulatedCalls : public SystemCalls {
 public:
  explicit SimulatedCalls(Disk disk) : disk_(std::move(disk)) {}

  /// From this change on (1 is the first) nothing has an effect any more.
  void lose_power_at(int change) { last_change_ = change; }
  /// This change fails, once.
  void fail_at(int change, int error) {
    failing_change_ = change;
    error_ = error;
  }
  /// This sync (1 is the first) says that it succeeded and did nothing.
  void lie_at_sync(int sync) { lying_sync_ = sync; }
  [[nodiscard]] int changes() const { return changes_; }
  [[nodiscard]] int syncs() const { return syncs_; }
  [[nodiscard]] bool has_power() const { return last_change_ == 0 || changes_ < last_change_; }
  [[nodiscard]] const Disk& disk() const { return disk_; }
  /// As `sync` of the system's shell: whatever was done reaches the disk.
  void sync_everything();
  /// Names of all files below `/root`, temporary ones too.
  [[nodiscard]] std::vector<std::string> all_files() const;
  [[nodiscard]] std::size_t open_files() const { return open_.size(); }

  int open(const std::string& path, int flags, mode_t mode) override;
  int close(int file) override;
  ssize_t write(int file, const char* data, std::size_t size) override;
  ssize_t read_at(int file, char* data, std::size_t size, std::int64_t offset) override;
  ssize_t copy(int from, std::int64_t offset, int to, std::size_t size) override;
  int sync(int file) override;
  int rename(const std::string& from, const std::string& to) override;
  int make_folder(const std::string& path, mode_t mode) override;
  int remove_folder(const std::string& path) override;
  int unlink(const std::string& path) override;
  int inspect(const std::string& path, FileInfo& info) override;
  int inspect(int file, FileInfo& info) override;
  int read_folder(const std::string& path, std::vector<std::string>& names) override;

 private:
  /// The folder that holds the last part of `path`, and that part. Null when a folder on the way is missing.
  Node* parent_of(const std::string& path, std::string& name);
  /// 0 when nothing is there.
  std::uint64_t find(const std::string& path);
  /// Counts; true when the change may happen.
  bool may_change();

  Disk disk_;
  std::map<int, std::uint64_t> open_;
  int next_file_ = 100;
  int changes_ = 0;
  int syncs_ = 0;
  int last_change_ = 0;
  int failing_change_ = 0;
  int error_ = 0;
  int lying_sync_ = 0;
};

}  // namespace gw::filestore::test

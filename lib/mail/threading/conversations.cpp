#include "mail/threading/conversations.hpp"

#include <string_view>
#include <unordered_map>

namespace gw::mail::threading {
namespace {

/// Sets that are joined, each named by one of its members.
class Sets {
 public:
  std::size_t add() {
    parent_.push_back(parent_.size());
    return parent_.size() - 1;
  }
  std::size_t find(std::size_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  void join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[b] = a;
  }

 private:
  std::vector<std::size_t> parent_;
};

/// For each entry whether it is shown, or stands behind another one with its Message-ID.
std::vector<bool> choose_copies(std::span<const Entry> entries) {
  std::vector<bool> is_kept(entries.size(), true);
  std::unordered_map<std::string_view, std::size_t> kept;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].message_id.empty()) continue;
    const auto [found, is_new] = kept.emplace(entries[i].message_id, i);
    if (is_new) continue;
    const bool is_better = entries[i].is_own && !entries[found->second].is_own;
    is_kept[is_better ? found->second : i] = false;
    if (is_better) found->second = i;
  }
  return is_kept;
}

}  // namespace

std::vector<std::vector<std::size_t>> group_conversations(std::span<const Entry> entries) {
  Sets sets;
  std::unordered_map<std::string_view, std::size_t> containers;
  const auto container = [&](std::string_view id) {
    const auto [found, is_new] = containers.emplace(id, 0);
    if (is_new) found->second = sets.add();
    return found->second;
  };
  std::vector<std::size_t> set_of(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    set_of[i] = entry.message_id.empty() ? sets.add() : container(entry.message_id);
    for (const std::string& id : entry.references) {
      if (!id.empty()) sets.join(container(id), set_of[i]);
    }
    if (entry.references.empty() && !entry.in_reply_to.empty())
      sets.join(container(entry.in_reply_to), set_of[i]);
  }
  const std::vector<bool> is_kept = choose_copies(entries);
  std::vector<std::vector<std::size_t>> groups;
  std::vector<bool> has_own;
  std::unordered_map<std::size_t, std::size_t> group_of;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!is_kept[i]) continue;
    const auto [found, is_new] = group_of.emplace(sets.find(set_of[i]), groups.size());
    if (is_new) {
      groups.emplace_back();
      has_own.push_back(false);
    }
    groups[found->second].push_back(i);
    if (entries[i].is_own) has_own[found->second] = true;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (has_own[i]) groups[kept++].swap(groups[i]);
  }
  groups.resize(kept);
  return groups;
}

}  // namespace gw::mail::threading

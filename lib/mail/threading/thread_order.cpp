#include "mail/threading/thread_order.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace gw::mail::threading {
namespace {

using KnownIds = std::unordered_map<std::string_view, std::size_t>;

std::optional<std::size_t> find_parent(const Message& message, std::size_t self, const KnownIds& known) {
  const auto look = [&](std::string_view id) -> std::optional<std::size_t> {
    const auto found = known.find(id);
    return found == known.end() || found->second == self ? std::nullopt : std::optional(found->second);
  };
  for (auto id = message.references.rbegin(); id != message.references.rend(); ++id)
    if (const auto parent = look(*id)) return parent;
  return look(message.in_reply_to);
}

}  // namespace

std::vector<Placed> order_thread(std::span<const Message> conversation) {
  std::vector<std::size_t> by_time(conversation.size());
  std::iota(by_time.begin(), by_time.end(), std::size_t{0});
  const auto time_of = [&](std::size_t i) {
    return std::pair(conversation[i].received.value_or(Millis{}), conversation[i].uid);
  };
  std::stable_sort(by_time.begin(), by_time.end(),
                   [&](std::size_t a, std::size_t b) { return time_of(a) < time_of(b); });
  KnownIds known;
  for (const std::size_t i : by_time)
    if (!conversation[i].message_id.empty()) known.try_emplace(conversation[i].message_id, i);
  std::vector<std::vector<std::size_t>> answers(conversation.size());
  std::vector<std::size_t> roots, below;
  for (const std::size_t i : by_time) {
    const auto parent = find_parent(conversation[i], i, known);
    if (parent) answers[*parent].push_back(i);
    (parent ? below : roots).push_back(i);
  }
  // Members of a loop hang on no root: the oldest one becomes one.
  roots.insert(roots.end(), below.begin(), below.end());
  std::vector<Placed> order;
  std::vector<bool> is_placed(conversation.size(), false);
  for (const std::size_t root : roots) {
    std::vector<Placed> open{{root, 0}};
    while (!open.empty()) {
      const Placed next = open.back();
      open.pop_back();
      if (is_placed[next.index]) continue;
      is_placed[next.index] = true;
      order.push_back(next);
      const auto& children = answers[next.index];
      for (auto child = children.rbegin(); child != children.rend(); ++child)
        open.push_back({*child, next.level + 1});
    }
  }
  return order;
}

}  // namespace gw::mail::threading

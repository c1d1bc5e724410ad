#include "push/topics.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "push/event_record.hpp"

namespace gw::push {
namespace {

constexpr std::size_t kLongestTopic = 128;

struct TopicRow {
  std::int32_t module;
  std::string_view topic;
};
// Names that end in "changed" are ours: clients ignore topics that they do not know.
constexpr TopicRow kTopics[] = {
    {kAppointment, kTopicCalendar}, {kTask, "ox:tasks:changed"},     {kContact, "ox:contacts:changed"},
    {kMail, kTopicNewMail},         {kFolder, "ox:folders:changed"}, {kInfostore, "ox:files:changed"},
};

constexpr bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string_view topic_of(std::int32_t module) noexcept {
  for (const TopicRow& row : kTopics)
    if (row.module == module) return row.topic;
  return {};
}

bool is_interest(std::string_view text) noexcept {
  if (text == "*") return true;
  if (text.ends_with(":*")) text.remove_suffix(2);
  if (text.empty() || text.size() > kLongestTopic || text.front() == ':' || text.back() == ':') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == ':'; }) &&
         text.find("::") == text.npos;
}

bool is_connection_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kLongestToken &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '.' || c == '~'; });
}

std::optional<Interests> Interests::parse(std::string_view list) {
  Interests interests;
  if (trim(list).empty()) return interests;
  interests.everything_ = false;
  std::size_t count = 0;
  for (const std::string_view entry : split(list, ',')) {
    if (!is_interest(entry) || ++count > kMost) return std::nullopt;
    if (entry == "*")
      interests.everything_ = true;
    else if (entry.ends_with('*'))
      interests.prefixes_.emplace_back(entry.substr(0, entry.size() - 1));
    else
      interests.exact_.emplace_back(entry);
  }
  return interests;
}

bool Interests::match(std::string_view topic) const noexcept {
  return everything_ || std::find(exact_.begin(), exact_.end(), topic) != exact_.end() ||
         std::any_of(prefixes_.begin(), prefixes_.end(),
                     [topic](const std::string& prefix) { return topic.starts_with(prefix); });
}

}  // namespace gw::push

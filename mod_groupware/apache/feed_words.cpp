#include "apache/feed_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "apache/words.hpp"
#include "core/text.hpp"
#include "mailbox/accounts/reach.hpp"

namespace gw::apache {
namespace {

constexpr std::string_view kFeedForm =
    "off, or on and then ports=80,443, deny=internal or hosts=news.example.org,.example.com";

std::vector<std::string> parse_feed_networks(std::string_view name, std::string_view value) {
  std::vector<std::string> networks;
  if (value == "none") return networks;
  for (const std::string_view word : split(value, ',')) networks.emplace_back(word);
  try {
    mailbox::accounts::denied_networks(networks);
  } catch (const std::invalid_argument& word) {
    throw DirectiveError(fmt::format("{} deny= \"{}\": write networks such as 10.0.0.0/8, internal, or none",
                                     name, word.what()));
  }
  return networks;
}

std::vector<int> parse_feed_ports(std::string_view name, std::string_view value) {
  std::vector<int> ports;
  if (value == "any") return ports;
  for (const std::string_view word : split(value, ','))
    ports.push_back(static_cast<int>(parse_number(name, word, 1, 65'535)));
  return ports;
}

std::vector<std::string> parse_feed_hosts(std::string_view name, std::string_view value) {
  std::vector<std::string> hosts;
  for (const std::string_view word : split(value, ',')) {
    const bool is_host =
        !word.empty() && word != "." && std::all_of(word.begin(), word.end(), [](unsigned char c) {
          return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
        });
    if (!is_host)
      throw DirectiveError(fmt::format("{} hosts= \"{}\": write hosts such as news.example.org", name, word));
    hosts.push_back(to_lower_ascii(word));
  }
  return hosts;
}

}  // namespace

void set_feeds(FeedSettings& feeds, std::string_view name, std::span<const std::string_view> words) {
  const bool is_off = words.size() == 1 && equal_ignoring_ascii_case(words.front(), "off");
  if (!is_off && (words.empty() || !equal_ignoring_ascii_case(words.front(), "on")))
    throw DirectiveError(fmt::format("{}: write {}", name, kFeedForm));
  FeedSettings wanted;
  wanted.enabled = !is_off;
  for (const std::string_view word : words.subspan(1)) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view key = word.substr(0, equals),
                           value = word.substr(std::min(equals + 1, word.size()));
    if (key == "ports")
      wanted.ports = parse_feed_ports(name, value);
    else if (key == "deny")
      wanted.denied_networks = parse_feed_networks(name, value);
    else if (key == "hosts")
      wanted.hosts = parse_feed_hosts(name, value);
    else
      throw DirectiveError(fmt::format("{}: unknown word \"{}\"; write {}", name, word, kFeedForm));
  }
  feeds = std::move(wanted);
}

}  // namespace gw::apache

#include "apache/calendar_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "apache/mail_server_words.hpp"
#include "apache/words.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"

namespace gw::apache {
namespace {

constexpr std::string_view kNoReplyForm =
    "an address, then perhaps submission://host, login= and secret= (itself or file:/path)";
constexpr std::string_view kJobForm = "off, or on and then interval=1m tombstones=90d";
constexpr std::string_view kBusyForm = "off, or on and then default=on, contexts=1,example";

/// The first word, which is on or off; off stands alone. Errors: DirectiveError.
bool read_switch(std::string_view name, std::span<const std::string_view> words, std::string_view form) {
  const bool is_off = words.size() == 1 && equal_ignoring_ascii_case(words.front(), "off");
  if (!is_off && (words.empty() || !equal_ignoring_ascii_case(words.front(), "on")))
    throw DirectiveError(fmt::format("{}: write {}", name, form));
  return !is_off;
}

}  // namespace

void set_no_reply(NoReplySettings& no_reply, std::string_view name, std::span<const std::string_view> words) {
  const bool is_plain = !words.empty() && words[0].find('@') != words[0].npos &&
                        words[0].find_first_of(" <>\"") == words[0].npos &&
                        mail::mime::is_plausible_address(words[0]);
  if (!is_plain) throw DirectiveError(fmt::format("{}: write {}", name, kNoReplyForm));
  NoReplySettings wanted;
  wanted.address = words[0];
  std::vector<std::string_view> server;
  for (const std::string_view word : words.subspan(1)) {
    const auto [key, value] = split_word(word);
    if (key == "login")
      wanted.login = value;
    else if (key == "secret")
      wanted.secret = read_value_or_file(name, value);
    else if (key == "auth")
      throw DirectiveError(fmt::format("{}: without login= nobody signs in: remove auth=", name));
    else
      server.push_back(word);
  }
  if (!server.empty()) wanted.transport = parse_mail_server(name, server, transport_schemes());
  if (wanted.login.empty() != wanted.secret.empty())
    throw DirectiveError(fmt::format("{}: login= and secret= belong together", name));
  no_reply = std::move(wanted);
}

void set_jobs(JobSettings& jobs, std::string_view name, std::span<const std::string_view> words) {
  using namespace std::chrono_literals;
  JobSettings wanted;
  wanted.enabled = read_switch(name, words, kJobForm);
  if (words.size() > 1) {
    Words others(name, words.subspan(1));
    others.duration("interval", wanted.interval, 1s, 10min);
    others.duration("tombstones", wanted.tombstones, 0ms, 24h * 3'650);
    others.finish();
  }
  jobs = wanted;
}

void set_public_busy(PublicBusySettings& busy, std::string_view name,
                     std::span<const std::string_view> words) {
  PublicBusySettings wanted;
  wanted.enabled = read_switch(name, words, kBusyForm);
  for (const std::string_view word : words.subspan(1)) {
    const auto [key, value] = split_word(word);
    const bool is_on = equal_ignoring_ascii_case(value, "on");
    if (key == "default" && (is_on || equal_ignoring_ascii_case(value, "off"))) {
      wanted.is_default = is_on;
    } else if (key == "contexts" && !value.empty()) {
      for (const std::string_view context : split(value, ','))
        wanted.contexts.push_back(to_lower_ascii(trim(context)));
    } else {
      throw DirectiveError(fmt::format("{}: unknown word \"{}\"; write {}", name, word, kBusyForm));
    }
  }
  busy = std::move(wanted);
}

}  // namespace gw::apache

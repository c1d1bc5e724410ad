#include "mailbox/filters/filter_policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"
#include "mail/imap/mailbox_name.hpp"
#include "mailbox/folder_path.hpp"

namespace gw::mailbox::filters {
namespace {

namespace errors = gw::errors::mail_filter;
namespace sieve = mail::sieve;

std::vector<std::string> redirects_of(const sieve::Rule& rule) {
  std::vector<std::string> addresses;
  if (!rule.is_active || !rule.body) return addresses;
  for (const sieve::Command& action : rule.body->actions)
    if (action.name == "redirect" && !action.arguments.empty())
      addresses.push_back(action.arguments.back().text);
  return addresses;
}

struct Redirects {
  std::vector<std::string> all;
  std::vector<std::string> most;  ///< of the rule with the most
};

Redirects redirects_of(const sieve::Script& script) {
  Redirects found;
  for (const sieve::Rule& rule : script.rules) {
    std::vector<std::string> addresses = redirects_of(rule);
    found.all.insert(found.all.end(), addresses.begin(), addresses.end());
    if (addresses.size() > found.most.size()) found.most = std::move(addresses);
  }
  return found;
}

void check_count(const std::vector<std::string>& before, const std::vector<std::string>& after,
                 std::size_t limit) {
  if (limit > 0 && after.size() > limit && after.size() > before.size())
    throw ApiError(errors::kRedirectDenied, {after.back()});
}

}  // namespace

std::string folder_to_script(std::string_view id, bool is_utf7) {
  const FolderPath path = parse_folder_path(id);
  if (path.account != 0 || path.fullname.empty())
    throw ApiError(errors::kInvalidRule, {"mails cannot be moved to " + std::string(id)});
  return is_utf7 ? mail::imap::encode_mailbox(path.fullname) : path.fullname;
}

std::string folder_to_json(std::string_view name, bool is_utf7) {
  return format_folder_path(0, is_utf7 ? mail::imap::decode_mailbox(name) : std::string(name));
}

bool may_redirect(const SieveSettings& settings, std::string_view address) {
  const std::string folded = to_lower_ascii(address);
  return std::none_of(settings.denied_redirects.begin(), settings.denied_redirects.end(),
                      [&](const std::string& denied) {
                        if (denied.find('@') != std::string::npos) return folded == denied;
                        return folded.ends_with("@" + denied) || folded.ends_with("." + denied);
                      });
}

void check_redirects(const sieve::Script& before, const sieve::Script& after, const RedirectLimits& limits) {
  const Redirects old = redirects_of(before), now = redirects_of(after);
  check_count(old.all, now.all, limits.in_script);
  check_count(old.most, now.most, limits.in_rule);
}

std::string format_zone(const TimeZone& zone, Millis instant) {
  const std::int64_t minutes = zone.offset_at(instant) / 60'000;
  const std::int64_t east = std::abs(minutes);
  return fmt::format("{}{:02}{:02}", minutes < 0 ? '-' : '+', east / 60, east % 60);
}

sieve::Context make_context(const SieveSettings& settings, const TimeZone& zone, Millis now) {
  const bool is_utf7 = settings.utf7_folders;
  sieve::Context context;
  context.folder_to_script = [is_utf7](std::string_view id) { return folder_to_script(id, is_utf7); };
  context.folder_to_json = [is_utf7](std::string_view name) { return folder_to_json(name, is_utf7); };
  context.may_redirect = [&settings](std::string_view address) { return may_redirect(settings, address); };
  context.zone = format_zone(zone, now);
  return context;
}

}  // namespace gw::mailbox::filters

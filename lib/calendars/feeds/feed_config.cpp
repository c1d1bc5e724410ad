#include "calendars/feeds/feed_config.hpp"

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/server_secret.hpp"

namespace gw::calendars::feeds {
namespace {

namespace calendar = model::calendar;

constexpr std::string_view kSecretName = "calendar accounts";
constexpr std::size_t kLongestUri = 2'000, kLongestLogin = 255, kLongestPassword = 255;
/// A year.
constexpr std::int64_t kMostMinutes = 525'600;
constexpr std::string_view kWebcal = "webcal://";

[[noreturn]] void refuse_config(std::string_view what) {
  throw ApiError(errors::cal::kBadConfiguration, {std::string(what)});
}

/// Null, missing and "" are nothing.
std::optional<std::string> config_text(const Json& sent, const char* name, std::size_t longest) {
  const Json value = sent.get(name);
  if (value.is_missing() || value.is_null()) return std::nullopt;
  if (!value.is_string() || count_characters(value.as_string()) > longest ||
      has_control_characters(value.as_string()) ||
      value.as_string().find_first_of("\r\n\t") != std::string_view::npos)
    refuse_config(name);
  return std::string(value.as_string());
}

std::string scheme_of(std::string_view uri) { return to_lower_ascii(uri.substr(0, uri.find("://"))); }

void check_uri(const std::string& uri) {
  const std::size_t end = uri.find("://");
  const std::string scheme = scheme_of(uri);
  if (end == std::string::npos || (scheme != "http" && scheme != "https" && scheme != "webcal"))
    refuse_config("uri");
  const std::string_view rest = std::string_view(uri).substr(end + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.empty() || authority.find('@') != std::string_view::npos) refuse_config("uri");
}

std::string purpose_of(const calendar::CalendarAccount& account, ContextId context) {
  return fmt::format("calendar account {}/{}/{}", context.value, account.user.value, account.folder.value);
}

}  // namespace

FeedConfig parse_feed_config(const Json& sent) {
  if (!sent.is_object()) refuse_config("config");
  FeedConfig config;
  config.uri = trim(config_text(sent, "uri", kLongestUri).value_or(""));
  check_uri(config.uri);
  config.login = config_text(sent, "login", kLongestLogin).value_or("");
  config.password = config_text(sent, "password", kLongestPassword);
  if (config.login.empty() && config.password && !config.password->empty())
    throw ApiError(errors::cal::kBadAuthConfiguration, {"a password without login"});
  if (config.login.find(':') != std::string::npos)
    throw ApiError(errors::cal::kBadAuthConfiguration, {"a login with a colon"});
  if (const Json interval = sent.get("refreshInterval"); !interval.is_missing() && !interval.is_null()) {
    const auto minutes = interval.to_integer();
    if (!minutes || *minutes <= 0 || *minutes > kMostMinutes) refuse_config("refreshInterval");
    config.refresh_minutes = *minutes;
  }
  return config;
}

Json write_feed_config(const FeedConfig& config) {
  Json json = Json::object();
  json.set("uri", Json::string(config.uri));
  if (!config.login.empty()) json.set("login", Json::string(config.login));
  if (config.refresh_minutes) json.set("refreshInterval", Json::integer(*config.refresh_minutes));
  return json;
}

std::string fetched_uri(const FeedConfig& config) {
  return scheme_of(config.uri) == "webcal" ? "http://" + config.uri.substr(kWebcal.size()) : config.uri;
}

std::string seal_feed_password(sql::Connection& connection, const calendar::CalendarAccount& account,
                               ContextId context, const std::string& password) {
  if (password.empty()) return {};
  return to_base64(
      seal(model::server_secret(connection, kSecretName), purpose_of(account, context), password));
}

std::string open_feed_password(sql::Connection& connection, const calendar::CalendarAccount& account,
                               ContextId context) {
  if (account.sealed_password.empty()) return {};
  const auto sealed = from_base64(account.sealed_password);
  const std::string secret = model::server_secret(connection, kSecretName);
  auto plain = sealed ? unseal(secret, purpose_of(account, context), *sealed) : std::nullopt;
  if (!plain) throw ApiError(errors::cal::kBadAuthConfiguration, {"please enter it again"});
  return std::move(*plain);
}

}  // namespace gw::calendars::feeds

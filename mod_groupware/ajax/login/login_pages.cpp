// The part of signing in that browsers see: where they are sent, and the page of a failed form login.
#include <fmt/format.h>

#include <algorithm>

#include "ajax/login/login_flow.hpp"
#include "core/messages.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxPath = 1'024;

bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == '\\'; });
}

/// `/…` but not `//host` (browsers read a backslash as a slash: is_printable refuses it).
bool is_local_path(std::string_view path) {
  return path.size() <= kMaxPath && path.starts_with('/') && !path.starts_with("//") && is_printable(path);
}

/// The path of a URL that names this very host; empty otherwise.
std::string_view path_on_this_host(std::string_view url, std::string_view host) {
  for (const std::string_view scheme : {std::string_view("https://"), std::string_view("http://")}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::size_t slash = rest.find('/');
    if (host.empty() || slash == std::string_view::npos ||
        !equal_ignoring_ascii_case(rest.substr(0, slash), host))
      return {};
    return rest.substr(slash);
  }
  return {};
}

bool is_web_url(std::string_view url) {
  return (url.starts_with("https://") || url.starts_with("http://")) && url.size() <= kMaxPath &&
         is_printable(url);
}

bool has_failed_mark(std::string_view url) {
  const std::size_t query = url.find('?');
  if (query == std::string_view::npos) return false;
  const auto parts = split(url.substr(query + 1, url.find('#') - query - 1), '&');
  return std::find(parts.begin(), parts.end(), "login=failed") != parts.end();
}

}  // namespace

std::string choose_ui_path(const Invocation& invocation, std::string_view given) {
  std::string_view path = given;
  if (!path.starts_with('/')) path = path_on_this_host(given, invocation.request.host);
  if (!is_local_path(path)) path = invocation.work.settings().session.ui_web_path;
  return std::string(path.substr(0, path.find('#')));
}

std::string make_session_fragment(const Invocation& invocation, const session::Session& session) {
  return fmt::format("#session={}&user={}&user_id={}&language={}", session.id,
                     percent_encode(session.login_name), session.user.value,
                     percent_encode(invocation.caller().locale));
}

std::string make_failed_return(const Invocation& invocation) {
  const std::string& referer = invocation.request.referer;
  if (!is_web_url(referer)) return choose_ui_path(invocation, {});
  if (has_failed_mark(referer)) return referer;
  const std::size_t fragment = std::min(referer.find('#'), referer.size());
  const std::string before = referer.substr(0, fragment);
  const char* joint = before.find('?') == std::string::npos            ? "?"
                      : before.ends_with('?') || before.ends_with('&') ? ""
                                                                       : "&";
  return before + joint + "login=failed" + referer.substr(fragment);
}

Response make_login_failed_page(const Invocation& invocation, const ApiError& error) {
  const std::string_view locale =
      invocation.request.parameter("language").value_or(invocation.work.settings().default_locale);
  const std::string text =
      escape_html(format_error_text(localized_text(error.code(), locale), error.arguments()));
  const std::string target = escape_html(make_failed_return(invocation));
  return Response::page(
      200,
      fmt::format("<!DOCTYPE html><html><head><meta charset=\"UTF-8\"><title>{0}</title>"
                  "<meta name=\"referrer\" content=\"no-referrer\">"
                  "<meta http-equiv=\"refresh\" content=\"5; url={1}\"></head><body><h1>{0}</h1><p>{2}</p>"
                  "<p><a href=\"{1}\">{1}</a></p></body></html>\n",
                  escape_html(format_code(error.code())), target, text));
}

}  // namespace gw::ajax

#include "ajax/dispatch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ajax/call.hpp"
#include "ajax/chronos/scheduling_duty.hpp"
#include "ajax/cookies.hpp"
#include "ajax/envelope.hpp"
#include "ajax/login/rate_limits.hpp"
#include "ajax/registry.hpp"
#include "ajax/session_check.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/session.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::string_view kJsonType = "text/javascript; charset=UTF-8";
constexpr std::string_view kHtmlType = "text/html; charset=UTF-8";

/// The language of error texts before the caller is known: parameter `language`, else the browser's first
/// choice.
std::string guess_locale(const Request& request, const Settings& settings) {
  if (const auto language = request.parameter("language"); language && !language->empty())
    return std::string(*language);
  std::string first(
      split(std::string_view(request.accept_language).substr(0, request.accept_language.find(';')), ',')
          .front());
  std::replace(first.begin(), first.end(), '-', '_');
  return first.size() >= 2 ? first : settings.default_locale;
}

/// Before the action is known every multipart POST is taken for an upload (spec conventions section 4).
bool wants_callback_page(const Target& target, const Request& request) {
  const bool is_upload = target.action == nullptr || (target.action->needs & kUpload);
  return is_upload && request.is_multipart &&
         !parse_boolean(request.parameter("plainJson").value_or("false"));
}

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  });
}

std::string callback_name(const Target& target, const Request& request) {
  const auto given = request.parameter("callback").value_or("");
  if (is_identifier(given)) return std::string(given);
  const Action* action = target.action;
  if (action == nullptr) {
    // A module whose actions share one name keeps it for those it does not know.
    const ApiModule* module = find_module(request.path);
    if (module != nullptr && !module->actions.empty()) action = &module->actions.front();
  }
  if (action != nullptr && !action->callback.empty()) return std::string(action->callback);
  const auto name = target.action != nullptr ? target.action->name : request.parameter("action").value_or("");
  return is_identifier(name) ? fmt::format("callback_{}", name) : "callback_error";
}

Answer json_answer(const Target& target, const Request& request, std::string&& json) {
  Answer answer;
  if (wants_callback_page(target, request)) {
    answer.content_type = kHtmlType;
    answer.body = make_callback_page(callback_name(target, request), json);
  } else {
    answer.content_type = kJsonType;
    answer.body = std::move(json);
  }
  return answer;
}

Answer page_answer(int status, std::string_view text) {
  Answer answer;
  answer.status = status;
  answer.content_type = kHtmlType;
  answer.body = make_error_page(status, text);
  return answer;
}

/// A browser's event stream tries again for ever unless a status tells it not to.
int plain_status(const ApiError& error) {
  const ErrorCode& code = error.code();
  if (code == errors::ses::kContextLocked || code == errors::ses::kWrongAddress) return 403;
  if (code.prefix == errors::ses::kExpired.prefix) return 401;
  return code.category == Category::PermissionDenied ? 403 : code.category == Category::TryAgain ? 503 : 400;
}

Answer finish(const Target& target, const Request& request, Runtime& runtime, Response&& response,
              std::string_view locale) {
  Answer answer;
  switch (response.shape) {
    case Shape::Envelope:
      answer = json_answer(target, request, make_envelope(std::move(response), locale).text());
      break;
    case Shape::Bare:
      answer = json_answer(target, request,
                           response.data_text.empty() ? response.data.dump() : std::move(response.data_text));
      break;
    case Shape::Raw:
      answer.content_type = std::move(response.content_type);
      answer.body = std::move(response.bytes);
      answer.stream = std::move(response.stream);
      answer.stream_length = response.stream_length;
      answer.file = std::move(response.file);
      answer.events = response.events;
      break;
    case Shape::Empty:
      break;
  }
  answer.status = response.status;
  answer.headers = std::move(response.headers);
  if (!response.cacheable) {
    answer.headers.emplace_back("Cache-Control", "no-store, no-cache, must-revalidate");
    answer.headers.emplace_back("Pragma", "no-cache");
    answer.headers.emplace_back("Expires", "Sat, 06 May 1995 12:00:00 GMT");
  }
  for (const SetCookie& cookie : response.cookies)
    answer.headers.emplace_back("Set-Cookie", format_set_cookie(runtime, request, cookie));
  return answer;
}

/// Pictures are fetched with the public-session cookie: give it back to a browser that lost it
/// (conventions 9.2).
void restore_public_cookie(const Request& request, Runtime& runtime, const session::Session& session,
                           Response& response) {
  const std::string name = std::string(kPublicCookie) + public_cookie_hash(runtime, request.user_agent);
  if (request.cookies.find(name)) return;
  const bool already_set = std::any_of(response.cookies.begin(), response.cookies.end(),
                                       [&](const SetCookie& cookie) { return cookie.name == name; });
  if (!already_set) response.cookies.push_back({name, session.public_id, {}});
}

Response run(const Target& target, const Request& request, Runtime& runtime, model::UnitOfWork& work,
             const ScheduledMails& scheduled) {
  if (target.module->is_login && request.query.find("password"))
    throw ApiError(errors::svl::kParameterInUrl, {"password"});
  if (target.action->needs & kNoSession) return call_action(target, request, {runtime, work, nullptr});
  const session::Session session =
      check_session(request, runtime, work, (target.action->needs & kPublicSession) != 0);
  const auto ticket = runtime.rate_limits == nullptr
                          ? RateLimits::Ticket()
                          : runtime.rate_limits->enter(work.caller().context, work.caller().user);
  Response response = call_action(target, request, {runtime, work, &session});
  if (scheduled.are_waiting()) send_scheduled(request, runtime, work, session);
  restore_public_cookie(request, runtime, session, response);
  return response;
}

Answer answer_request(const Request& request, Runtime& runtime, Outcome& outcome) {
  const Settings& settings = runtime.environment.settings;
  // Of this request alone: its scheduling mails are sent by its session.
  model::Environment environment = runtime.environment;
  const ScheduledMails scheduled;
  if (sends_scheduling_mails(runtime)) environment.scheduling = &scheduled;
  model::UnitOfWork work(environment, {});
  Target target;
  std::string locale = guess_locale(request, settings);
  try {
    if (runtime.rate_limits != nullptr) runtime.rate_limits->count_request(request);
    target = resolve(request);
    outcome.module = target.module->path;
    outcome.action = target.action->name;
    Response response = run(target, request, runtime, work, scheduled);
    work.release();
    if (work.caller().user) locale = work.caller().locale;
    return finish(target, request, runtime, std::move(response), locale);
  } catch (const HttpError& error) {
    // A missing session is no session.
    if (target.action != nullptr && (target.action->needs & kPlainErrors) && error.status() == 400)
      return page_answer(401, error.what());
    throw;
  } catch (const std::exception&) {
    const std::string error_id = next_error_id();
    const ApiError error = api_error_of_current_exception(error_id);
    outcome.status = category_name(error.code().category);
    work.release();
    if (target.action != nullptr && (target.action->needs & kPlainErrors))
      return page_answer(plain_status(error), error.what());
    if (work.caller().user) locale = work.caller().locale;
    Response failure = Response::bare(make_error_envelope(error, locale, error_id));
    return finish(target, request, runtime, std::move(failure), locale);
  }
}

}  // namespace

Answer dispatch(const Request& request, Runtime& runtime) {
  Answer answer;
  Outcome outcome;
  try {
    answer = answer_request(request, runtime, outcome);
  } catch (const HttpError& error) {
    outcome.status = "HTTP_ERROR";
    answer = page_answer(error.status(), error.what());
  } catch (const Unavailable& error) {
    outcome.status = "UNAVAILABLE";
    answer = page_answer(503, "The service is not available at the moment. Please try again.");
    answer.headers.emplace_back("Retry-After", std::to_string(error.retry_after()));
  }
  answer.outcome = outcome;
  if (!request.echo.empty()) answer.headers.emplace_back("X-Echo-Header", request.echo);
  return answer;
}

}  // namespace gw::ajax

#include "apache/mail_notify.hpp"

#include <httpd.h>

#include <http_config.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "ajax/push/mail_news.hpp"
#include "apache/body.hpp"
#include "apache/output.hpp"
#include "apache/own_pages.hpp"
#include "apache/process_context.hpp"
#include "apache/request_adapter.hpp"
#include "apache/request_count.hpp"
#include "apache/server_log.hpp"
#include "boundary/request_header.hpp"
#include "core/metric.hpp"
#include "session/basic_credentials.hpp"
#include "session/service_login.hpp"

namespace gw::apache {
namespace {

bool is_news(request_rec* request) { return has_section_handler(request, kMailNotifyHandler); }

/// The connection is given back before the body is read. Errors: HttpError 401, 429.
void prove_mail_server(request_rec* request, ProcessContext& process) {
  const auto given = session::read_basic(boundary::request_header(request, "Authorization"));
  if (!given) throw HttpError(HTTP_UNAUTHORIZED, "Credentials are needed.");
  model::UnitOfWork work(process.runtime().environment, {});
  const MailSettings& mail = work.settings().mail;
  session::check_service(work.database(), work.settings().session, work.environment().clock,
                         {"mail-notify", mail.notify_login, mail.notify_secret},
                         {given->name, given->password, request->useragent_ip,
                          std::string(boundary::request_header(request, "User-Agent"))});
}

/// Errors: HttpError 413; as StreamedBody::read.
std::string read_news(request_rec* request, StreamedBody& body) {
  const auto check = [](std::size_t size) {
    if (size > ajax::kLongestMailNews) throw HttpError(413, "The body of the request is too large.");
  };
  check(static_cast<std::size_t>(std::max<std::int64_t>(announced_length(request), 0)));
  std::string text;
  body.read([&](std::string_view block) {
    check(text.size() + block.size());
    text += block;
  });
  return text;
}

ajax::Answer take_news(request_rec* request, StreamedBody& body, ProcessContext& process) try {
  if (!process.gate().wait_until_open())
    throw HttpError(HTTP_SERVICE_UNAVAILABLE, "The service is starting or its database is down.");
  prove_mail_server(request, process);
  ajax::tell_mail_news(process.runtime(), read_news(request, body));
  ajax::Answer answer;
  answer.content_type = "text/plain";
  return answer;
} catch (const HttpError& error) {
  ajax::Answer answer = make_page(error.status(), error.what());
  if (error.status() == HTTP_UNAUTHORIZED)
    answer.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Mail servers\"");
  return answer;
} catch (const Unavailable& error) {
  return make_page(HTTP_SERVICE_UNAVAILABLE, error.what());
}

int answer_news(request_rec* request) {
  if (request->handler == nullptr || std::strcmp(request->handler, kMailNotifyHandler) != 0) return DECLINED;
  RequestCount count(request);
  const CurrentRequest current(request);
  ProcessContext* process = ProcessContext::current();
  if (process == nullptr || !process->settings().mail.is_told_of_new_mail())
    return count.ended(write_answer(
        request,
        make_page(HTTP_SERVICE_UNAVAILABLE, "GroupwareMailNotify or the service is not configured.")));
  if (request->method_number != M_PUT) {
    ajax::Answer refusal = make_page(HTTP_METHOD_NOT_ALLOWED, "Only PUT is answered here.");
    refusal.headers.emplace_back("Allow", "PUT");
    give_up_body(request);
    return count.ended(write_answer(request, std::move(refusal)));
  }
  StreamedBody body(request);
  ajax::Answer answer = take_news(request, body, *process);
  gw::count(Metric::HttpNotify, {answer.status == HTTP_OK             ? "ok"
                                 : answer.status == HTTP_UNAUTHORIZED ? "unauthorized"
                                 : answer.status < 500                ? "refused"
                                                                      : "failed"});
  if (body.result() != OK) return count.ended(body.result());
  if (body.is_left_over()) give_up_body(request);
  return count.ended(write_answer(request, std::move(answer)));
}

constexpr OwnPages kNewsPages{"groupware:mail-notify", is_news, answer_news};

}  // namespace

void register_mail_notify_hooks() { register_own_pages<kNewsPages>(); }

}  // namespace gw::apache

#include "apache/provisioning_handler.hpp"

#include <httpd.h>

#include <http_config.h>
#include <http_request.h>

#include <string_view>

#include "apache/body.hpp"
#include "apache/output.hpp"
#include "apache/own_pages.hpp"
#include "apache/process_context.hpp"
#include "apache/request_adapter.hpp"
#include "apache/request_count.hpp"
#include "apache/server_log.hpp"
#include "boundary/request_header.hpp"
#include "rest/endpoint.hpp"
#include "soap/endpoint.hpp"

namespace gw::apache {
namespace {

using provisioning::HttpAnswer;
using provisioning::HttpRequest;

struct Face {
  std::string_view root;
  HttpAnswer (*answer)(provisioning::Provisioning&, const HttpRequest&);
};
constexpr Face kFaces[] = {{"/webservices/", soap::answer},
                           {"/servlet/axis2/services/", soap::answer},
                           {"/admin/v1/", rest::answer}};

const Face* find_face(std::string_view uri) {
  for (const Face& face : kFaces)
    if (uri.starts_with(face.root)) return &face;
  return nullptr;
}

bool is_provisioning(request_rec* request) {
  const ModuleConfig* config = module_config();
  return config != nullptr && config->settings.provisioning.enabled && find_face(request->uri) != nullptr;
}

/// Everything but the body.
HttpRequest describe_request(request_rec* request, const Face& face) {
  const auto header = [request](const char* name) {
    return std::string(boundary::request_header(request, name));
  };
  const ajax::Request made = make_request(request, "", ajax::Method::Get);
  HttpRequest out;
  out.method = request->header_only != 0 ? "GET" : request->method;
  out.path = std::string_view(request->uri).substr(face.root.size());
  out.query = request->args == nullptr ? "" : request->args;
  out.own_url = (made.is_secure ? "https://" : "http://") + made.host + request->uri;
  out.authorization = made.authorization;
  out.idempotency_key = header("Idempotency-Key");
  out.if_match = header("If-Match");
  out.if_none_match = made.if_none_match;
  out.address = made.remote_address;
  out.user_agent = made.user_agent;
  return out;
}

/// Errors: HttpError 413, 400. Gives OK, or what the handler has to return.
int read_message(request_rec* request, std::string& out) {
  constexpr const char* kTooLarge = "The body is larger than 2 MiB.";
  if (announced_length(request) > static_cast<std::int64_t>(provisioning::kMaxBody))
    throw HttpError(413, kTooLarge);
  StreamedBody body(request);
  try {
    body.read([&out](std::string_view block) {
      if (out.size() + block.size() > provisioning::kMaxBody) throw HttpError(413, kTooLarge);
      out += block;
    });
  } catch (const HttpError&) {
    if (body.result() != OK) return body.result();
    throw;
  }
  return OK;
}

ajax::Answer to_answer(HttpAnswer&& made) {
  ajax::Answer answer;
  answer.status = made.status;
  answer.content_type = std::move(made.content_type);
  answer.body = std::move(made.body);
  answer.headers = std::move(made.headers);
  // Nobody between keeps what administrators read.
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

int run_provisioning(request_rec* request, ProcessContext& process) {
  const Face* face = find_face(request->uri);
  if (face == nullptr || process.provisioning() == nullptr)
    return write_answer(request, make_page(HTTP_SERVICE_UNAVAILABLE, "The service is not configured."));
  HttpRequest made = describe_request(request, *face);
  try {
    if (!process.gate().wait_until_open())
      throw HttpError(HTTP_SERVICE_UNAVAILABLE, "The service is starting or its database is down.");
    if (const int result = read_message(request, made.body); result != OK) return result;
  } catch (const HttpError& error) {
    give_up_body(request);
    return write_answer(request, make_page(error.status(), error.what()));
  }
  return write_answer(request, to_answer(face->answer(*process.provisioning(), made)));
}

int answer_provisioning(request_rec* request);
constexpr OwnPages kProvisioningPages{"groupware:provisioning", is_provisioning, answer_provisioning};

int answer_provisioning(request_rec* request) {
  if (!is_claimed(request, kProvisioningPages)) return DECLINED;
  RequestCount count(request);
  const CurrentRequest current(request);
  ProcessContext* process = ProcessContext::current();
  if (process == nullptr)
    return count.ended(
        write_answer(request, make_page(HTTP_SERVICE_UNAVAILABLE, "The service is not configured.")));
  return count.ended(run_provisioning(request, *process));
}

}  // namespace

void register_provisioning_hooks() { register_own_pages<kProvisioningPages>(); }

}  // namespace gw::apache

#include "apache/dav_host.hpp"

#include <httpd.h>

#include <http_config.h>

#include "ajax/delivery/file_delivery.hpp"
#include "ajax/delivery/media_types.hpp"
#include "apache/auth_provider.hpp"
#include "apache/output.hpp"
#include "apache/process_context.hpp"
#include "apache/request_adapter.hpp"
#include "apache/request_count.hpp"
#include "boundary/pool_new.hpp"
#include "dav/host.hpp"
#include "dav/provider.hpp"

namespace gw::apache {
namespace {

bool is_registered = false;

class DavHost final : public dav::Host {
 public:
  model::Environment& environment() override {
    ProcessContext* process = ProcessContext::current();
    if (process == nullptr) throw HttpError(HTTP_SERVICE_UNAVAILABLE, "the service is not configured");
    if (!process->gate().wait_until_open())
      throw Unavailable("the service is starting or its database is down");
    return process->runtime().environment;
  }

  const model::Caller* find_caller(request_rec* request) override { return find_signed_in(request); }

  void count(request_rec* request) override {
    boundary::pool_new<RequestCount>(request->pool, request, RequestCount::Kind::Dav)->ended(OK);
  }

  std::shared_ptr<void> admit(const model::Caller& caller) override {
    ajax::RateLimits* limits = ProcessContext::current()->runtime().rate_limits;
    if (limits == nullptr) return nullptr;
    return std::make_shared<ajax::RateLimits::Ticket>(limits->enter(caller.context, caller.user));
  }

  std::string media_type(std::string_view stored, std::string_view name) override {
    std::string type = ajax::bare_media_type(stored);
    return type.empty() || type == ajax::kUnknownType ? std::string(ajax::media_type_of_name(name)) : type;
  }

  bool may_be_shown_inline(std::string_view type) override { return ajax::may_be_shown_inline(type); }

  void deliver(request_rec* request, const dav::Download& download) override {
    const ajax::Request made = make_request(request, "", ajax::Method::Get);
    model::UnitOfWork work(environment(), {});
    const ajax::Arguments arguments(made, {});
    const ajax::Invocation invocation{
        made, ProcessContext::current()->runtime(), work, nullptr, arguments, {}, {}, "document"};
    ajax::Response response =
        ajax::deliver_bytes(invocation, {download.store, download.id, download.size},
                            {download.entity_tag, download.last_modified}, download.type);
    ajax::Answer answer;
    answer.status = response.status;
    answer.content_type = std::move(response.content_type);
    answer.body = std::move(response.bytes);
    answer.stream = std::move(response.stream);
    answer.stream_length = response.stream_length;
    answer.file = std::move(response.file);
    answer.headers = std::move(response.headers);
    // mod_dav has set the other headers; this one says that caching was thought of.
    answer.headers.emplace_back("Expires", "0");
    write_answer(request, std::move(answer));
  }
};

DavHost the_host;

}  // namespace

void register_dav(apr_pool_t* pool) {
  dav::set_host(the_host);
  is_registered = dav::register_provider(pool);
}

bool is_dav_loaded_late() { return !is_registered && ap_find_linked_module("mod_dav.c") != nullptr; }

}  // namespace gw::apache

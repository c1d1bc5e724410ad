#include "apache/event_answer.hpp"

#include <apr_buckets.h>
#include <http_protocol.h>
#include <util_filter.h>

#include "apache/output.hpp"
#include "apache/parked_request.hpp"

namespace gw::apache {
namespace {

constexpr std::size_t kTakenAtOnce = 16'384;
constexpr std::chrono::milliseconds kTurn{1'000};

bool send(request_rec* request, apr_bucket_brigade* brigade, const push::Output& output) {
  apr_bucket_alloc_t* allocator = request->connection->bucket_alloc;
  if (!output.bytes.empty())
    APR_BRIGADE_INSERT_TAIL(
        brigade, apr_bucket_heap_create(output.bytes.data(), output.bytes.size(), nullptr, allocator));
  APR_BRIGADE_INSERT_TAIL(
      brigade, output.is_last ? apr_bucket_eos_create(allocator) : apr_bucket_flush_create(allocator));
  const apr_status_t status = ap_pass_brigade(request->output_filters, brigade);
  apr_brigade_cleanup(brigade);
  return status == APR_SUCCESS && request->connection->aborted == 0;
}

/// The stream's life is short here, so this ends.
void serve(request_rec* request, const ajax::OpenEvents& opened, push::StreamHub& hub) {
  apr_bucket_brigade* brigade = apr_brigade_create(request->pool, request->connection->bucket_alloc);
  for (bool goes_on = true; goes_on;) {
    hub.wait(opened.stream, kTurn);
    const push::Output output = hub.take(opened.stream, kTakenAtOnce);
    if (output.bytes.empty() && !output.is_last) continue;
    if (opened.transport == push::Transport::Poll && output.is_last)
      ap_set_content_length(request, static_cast<apr_off_t>(output.bytes.size()));
    goes_on = send(request, brigade, output) && !output.is_last;
  }
}

}  // namespace

int answer_with_events(request_rec* request, ajax::Answer&& answer, EventService& events) {
  const ajax::OpenEvents opened = *answer.events;
  // Whoever compresses waits for more bytes.
  apr_table_setn(request->subprocess_env, "no-gzip", "1");
  apr_table_setn(request->subprocess_env, "no-brotli", "1");
  const bool is_answered =
      opened.transport == push::Transport::Poll && events.hub().has_output(opened.stream);
  if (!is_answered && may_suspend(request)) {
    write_headers(request, answer);
    suspend_for(request, opened.stream, opened.transport, events.loop());
    return SUSPENDED;
  }
  const EventService::HeldPlace place(events);
  if (is_answered || place.is_granted()) {
    write_headers(request, answer);
    serve(request, opened, events.hub());
    events.close(opened.stream);
    return OK;
  }
  events.close(opened.stream);
  return write_answer(request,
                      make_page(HTTP_SERVICE_UNAVAILABLE, "Too many event streams at the same time."));
}

}  // namespace gw::apache

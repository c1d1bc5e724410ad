#include "apache/parked_request.hpp"

#include <ap_mpm.h>
#include <apr_buckets.h>
#include <apr_portable.h>
#include <http_config.h>
#include <http_connection.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mpm_common.h>
#include <util_filter.h>

#include "boundary/exports.h"
#include "boundary/guards.hpp"

namespace gw::apache {
namespace {

/// What the handler leaves on the connection for the hook.
struct Handover {
  StreamLoop* loop = nullptr;
  push::StreamId stream = 0;
  push::Transport transport = push::Transport::Events;
};

/// Writing into the filters would wait for the client for as long as Timeout says; with this it fails.
void never_wait(conn_rec* connection) {
  if (apr_socket_t* socket = ap_get_conn_socket(connection)) apr_socket_timeout_set(socket, 0);
}

class ParkedRequest final : public Parked {
 public:
  ParkedRequest(request_rec* request, push::Transport transport)
      : request_(request), connection_(request->connection), transport_(transport) {
    apr_os_sock_get(&socket_, ap_get_conn_socket(connection_));
  }
  ~ParkedRequest() override {
    if (connection_ == nullptr) return;
    // The event MPM counts the connection down by its state.
    connection_->cs->state = CONN_STATE_SUSPENDED;
    apr_pool_destroy(connection_->pool);
  }

  [[nodiscard]] int socket() const override { return socket_; }

  /// The MPM takes the scoreboard handle away as the last but one thing that it does.
  [[nodiscard]] bool is_free() const override {
    void* volatile* const handle = &connection_->sbh;
    return *handle == nullptr;
  }

  bool write(std::string_view bytes, bool is_last) noexcept override {
    apr_thread_mutex_lock(request_->invoke_mtx);
    never_wait(connection_);
    if (transport_ == push::Transport::Poll && is_last)
      ap_set_content_length(request_, static_cast<apr_off_t>(bytes.size()));
    apr_bucket_alloc_t* allocator = connection_->bucket_alloc;
    if (brigade_ == nullptr) brigade_ = apr_brigade_create(request_->pool, allocator);
    if (!bytes.empty())
      APR_BRIGADE_INSERT_TAIL(brigade_,
                              apr_bucket_heap_create(bytes.data(), bytes.size(), nullptr, allocator));
    APR_BRIGADE_INSERT_TAIL(brigade_, apr_bucket_flush_create(allocator));
    const apr_status_t status = ap_pass_brigade(request_->output_filters, brigade_);
    apr_brigade_cleanup(brigade_);
    const bool is_written = status == APR_SUCCESS && connection_->aborted == 0;
    apr_thread_mutex_unlock(request_->invoke_mtx);
    return is_written;
  }

  bool finish() noexcept override {
    never_wait(connection_);
    ap_finalize_request_protocol(request_);
    // The request, its mutex and its pool are gone behind this.
    ap_process_request_after_handler(std::exchange(request_, nullptr));
    return ap_start_lingering_close(connection_) == 0;
  }

  void abandon() noexcept override { connection_ = nullptr; }

 private:
  request_rec* request_;
  conn_rec* connection_;
  push::Transport transport_;
  apr_bucket_brigade* brigade_ = nullptr;
  int socket_ = -1;
};

extern "C" void suspend_connection(conn_rec* connection, request_rec* request) noexcept {
  auto* handover = static_cast<Handover*>(ap_get_module_config(connection->conn_config, &groupware_module));
  if (handover == nullptr || handover->loop == nullptr || request == nullptr) return;
  StreamLoop* loop = std::exchange(handover->loop, nullptr);
  boundary::guard_hook(connection->base_server, "suspend_connection", 0, [&] {
    loop->park(handover->stream, std::make_unique<ParkedRequest>(request, handover->transport));
    return 0;
  });
}

}  // namespace

bool may_suspend(request_rec* request) {
  const conn_rec* connection = request->connection;
  int is_async = 0;
  return connection->master == nullptr && connection->cs != nullptr &&
         connection->clogging_input_filters == 0 && request->main == nullptr && request->prev == nullptr &&
         request->invoke_mtx != nullptr && ap_mpm_query(AP_MPMQ_IS_ASYNC, &is_async) == APR_SUCCESS &&
         is_async != 0;
}

void suspend_for(request_rec* request, push::StreamId stream, push::Transport transport, StreamLoop& loop) {
  conn_rec* connection = request->connection;
  // There is no way back to the server for the connection.
  connection->keepalive = AP_CONN_CLOSE;
  auto* handover = static_cast<Handover*>(apr_pcalloc(connection->pool, sizeof(Handover)));
  *handover = {&loop, stream, transport};
  ap_set_module_config(connection->conn_config, &groupware_module, handover);
}

void register_suspend_hook() {
  ap_hook_suspend_connection(suspend_connection, nullptr, nullptr, APR_HOOK_LAST);
}

}  // namespace gw::apache

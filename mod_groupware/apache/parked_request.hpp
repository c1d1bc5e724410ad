// A suspended request of the event MPM, as the stream loop uses it.
//
// httpd 2.4 can suspend a request but knows no way back: nothing in it takes a suspended connection over
// again. So whoever suspends must also end the connection, by freeing its pool; without that every finished
// stream would stay open for ever, and a graceful restart would wait for it. Facts: craft 2.4 and 2.12;
// httpd's mod_dialup is the model for ending the request.
#pragma once

#include <httpd.h>

#include <memory>

#include "apache/stream_loop.hpp"

namespace gw::apache {

/// Whether this request can be suspended: event MPM, HTTP/1, no sub-request, no internal redirect.
bool may_suspend(request_rec* request);

/// Turns the request into the answer of a stream and has it suspended: return SUSPENDED right after. The
/// headers must have been set.
/// Border: the hook suspend_connection hands it to `loop` when the server's thread leaves it.
void suspend_for(request_rec* request, push::StreamId stream, push::Transport transport, StreamLoop& loop);

/// Threads: parent.
void register_suspend_hook();

}  // namespace gw::apache

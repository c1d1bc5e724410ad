// Sends what a stream of events has to say: by suspending the request where that is possible, else from this
// thread for a bounded time.
#pragma once

#include <httpd.h>

#include "ajax/dispatch.hpp"
#include "apache/event_service.hpp"

namespace gw::apache {

/// For an answer whose `events` are set. Gives what the handler returns: SUSPENDED, OK, or 503 when too many
/// threads serve streams.
int answer_with_events(request_rec* request, ajax::Answer&& answer, EventService& events);

}  // namespace gw::apache

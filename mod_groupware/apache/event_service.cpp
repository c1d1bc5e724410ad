#include "apache/event_service.hpp"

#include <unistd.h>

#include <utility>
#include <variant>

#include "ajax/push/mail_watch.hpp"
#include "ajax/session_check.hpp"
#include "apache/cache_generations.hpp"
#include "apache/counters.hpp"
#include "core/random.hpp"

namespace gw::apache {
namespace {

constexpr std::chrono::milliseconds kWatchRhythm{1'000};
/// Of the name under which the push child knows a stream that wants new mail.
constexpr std::size_t kListenerBytes = 12;

push::HubOptions hub_options(const EventSettings& settings, const EventService::Options& options) {
  push::HubOptions hub;
  hub.epoch = options.epoch;
  hub.server = options.server;
  hub.streams = static_cast<std::size_t>(options.streams);
  hub.streams_per_user = settings.streams_per_user;
  hub.heartbeat = settings.heartbeat;
  hub.seed = static_cast<std::uint32_t>(getpid());
  return hub;
}

}  // namespace

EventService::EventService(const EventSettings& settings, const PushSockets& sockets, Options options)
    : options_(std::move(options)),
      streams_per_user_(static_cast<std::size_t>(settings.streams_per_user)),
      sockets_(sockets),
      publisher_(sockets.events),
      hub_(hub_options(settings, options_), system_clock()),
      places_(shared_stream_places(), getpid(), is_running) {}

EventService::~EventService() { shut_down(); }

void EventService::start(ajax::Runtime& runtime) {
  watch_ = std::make_unique<SessionWatch>(
      SessionWatch::Callbacks{
          [&runtime](const session::Session& session) {
            return ajax::look_at_session(runtime, session) == ajax::Liveness::Ended;
          },
          [](std::string_view session) { return generation_of("s" + std::string(session)); },
          [this](push::StreamId stream) {
            hub_.end(stream, push::EndReason::SessionInvalid);
            loop_->wake();
          }},
      kWatchRhythm);
  loop_ = std::make_unique<StreamLoop>(
      hub_, sockets_.bus,
      StreamLoop::Callbacks{[this](std::span<const push::StreamId> due) {
                              watch_->check(due);
                              end_marked();
                              note_counters();
                            },
                            [this](push::StreamId stream) {
                              places_.remove(stream);
                              watch_->remove(stream);
                              stop_listening(stream);
                            },
                            [this] { return publisher_.flush(); },
                            [this, &runtime](push::UserQuestion question) {
                              watch_->run_soon([this, &runtime, question] { answer(runtime, question); });
                            }});
  watch_->start();
  loop_->start();
}

void EventService::stop() noexcept {
  if (loop_) loop_->stop();
}

void EventService::shut_down() {
  // Each one's thread uses the other object: none is gone before both threads are.
  if (loop_) loop_->shut_down();
  watch_.reset();
  loop_.reset();
}

std::optional<push::StreamId> EventService::open(push::StreamRequest request,
                                                 const session::Session& session) {
  const push::UserKey user = request.user;
  const std::string connection = request.connection;
  const auto stream = hub_.open(std::move(request));
  if (stream) {
    watch_->add(*stream, session);
    places_.add(*stream, user, connection, streams_per_user_);
  }
  // Others of the user may have ended by it.
  loop_->wake();
  return stream;
}

void EventService::close(push::StreamId stream) {
  hub_.close(stream);
  places_.remove(stream);
  watch_->remove(stream);
  stop_listening(stream);
}

void EventService::tell(push::MailWatch&& watch) noexcept {
  push::Control control = std::move(watch);
  publisher_.tell(control);
  push::wipe(std::get<push::MailWatch>(control));
}

void EventService::listen_to_mail(push::StreamId stream, push::MailWatch&& watch) {
  watch.listener = random_hex(kListenerBytes);
  {
    const std::lock_guard lock(mail_mutex_);
    mail_releases_[stream] = {watch.context, watch.user, watch.listener};
  }
  tell(std::move(watch));
}

/// Without it the child would listen on until the stream's longest life is over.
void EventService::stop_listening(push::StreamId stream) {
  push::MailRelease release;
  {
    const std::lock_guard lock(mail_mutex_);
    const auto known = mail_releases_.find(stream);
    if (known == mail_releases_.end()) return;
    release = std::move(known->second);
    mail_releases_.erase(known);
  }
  publisher_.tell(release);
}

/// Other processes opened newer ones.
void EventService::end_marked() {
  for (const auto& [stream, reason] : places_.take_ending()) hub_.end(stream, reason);
}

/// Without the database the child hears nothing, and asks again when the client registers again.
void EventService::answer(ajax::Runtime& runtime, push::UserQuestion question) {
  const ContextId context(question.context);
  const UserId user(question.user);
  const auto known = ajax::is_user(runtime, context, user);
  if (known) publisher_.tell(push::UserAnswer{question.context, question.user, *known});
  if (!known.value_or(false)) return;
  if (auto watch = ajax::find_master_watch(runtime, context, user)) tell(std::move(*watch));
}

void EventService::note_counters() const {
  const auto set = [](std::atomic<std::uint64_t>& target, std::uint64_t value) {
    target.store(value, std::memory_order_relaxed);
  };
  const push::HubCounters hub = hub_.counters();
  ProcessCounters& line = own_counters();
  set(line.event_streams, hub.streams);
  set(line.event_polls, hub.polls);
  set(line.event_lag, hub.lag > 0 ? static_cast<std::uint64_t>(hub.lag) : 0);
  set_own_total(&ProcessCounters::events_published, publisher_.published());
  set_own_total(&ProcessCounters::events_lost, publisher_.lost());
  set_own_total(&ProcessCounters::events_received, hub.events);
  set_own_total(&ProcessCounters::event_messages, hub.messages);
  set_own_total(&ProcessCounters::event_merged, hub.merged);
  set_own_total(&ProcessCounters::event_suppressed, hub.suppressed);
  set_own_total(&ProcessCounters::event_resyncs, hub.resyncs);
  set_own_total(&ProcessCounters::event_replaced, hub.replaced);
  set_own_total(&ProcessCounters::event_slow, hub.slow);
  set_own_total(&ProcessCounters::event_invalid, hub.invalid);
  set_own_total(&ProcessCounters::event_refused, hub.refused);
  set_own_total(&ProcessCounters::event_failed_writes,
                loop_->counters().failed_writes.load(std::memory_order_relaxed));
  set_own_total(&ProcessCounters::event_gaps, loop_->counters().gaps.load(std::memory_order_relaxed));
}

}  // namespace gw::apache

// The events of one process: what services raise goes to the push child, what comes from it goes to the
// clients that listen. Made when mod_oxpush is there and GroupwareEvents is on.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "ajax/push/event_streams.hpp"
#include "ajax/runtime.hpp"
#include "apache/push_sockets.hpp"
#include "apache/session_watch.hpp"
#include "apache/stream_loop.hpp"
#include "apache/stream_places.hpp"
#include "core/settings.hpp"
#include "events/event_publisher.hpp"

namespace gw::apache {

class EventService final : public ajax::EventStreams {
 public:
  struct Options {
    std::string epoch;   ///< of this start of the server
    std::string server;  ///< its name
    int streams = 0;     ///< of this process
    int held = 0;        ///< of them, those that hold a thread
  };
  EventService(const EventSettings& settings, const PushSockets& sockets, Options options);
  ~EventService() override;

  /// Starts the two threads. `runtime` must live until shut_down. Threads: child_init.
  void start(ajax::Runtime& runtime);
  /// The clients shall go; does not wait. Threads: any.
  void stop() noexcept;
  /// Ends the threads.
  void shut_down();

  std::optional<push::StreamId> open(push::StreamRequest request, const session::Session& session) override;
  [[nodiscard]] bool listens_to_mail() const override { return sockets_.listens_to_mail; }
  void listen_to_mail(push::StreamId stream, push::MailWatch&& watch) override;
  /// For a thread that served the stream itself.
  void close(push::StreamId stream);

  events::EventPublisher& publisher() { return publisher_; }
  [[nodiscard]] const std::string& client_master() const { return sockets_.client_master; }
  push::StreamHub& hub() { return hub_; }
  StreamLoop& loop() { return *loop_; }

  /// A place among the streams that hold a thread; gives it back at its end.
  class HeldPlace {
   public:
    explicit HeldPlace(EventService& owner) : owner_(owner) {
      is_granted_ = owner_.held_.fetch_add(1) < owner_.options_.held;
    }
    ~HeldPlace() { owner_.held_.fetch_sub(1); }
    HeldPlace(const HeldPlace&) = delete;
    HeldPlace& operator=(const HeldPlace&) = delete;
    [[nodiscard]] bool is_granted() const { return is_granted_; }

   private:
    EventService& owner_;
    bool is_granted_ = false;
  };

 private:
  void note_counters() const;
  void answer(ajax::Runtime& runtime, push::UserQuestion question);
  void end_marked();
  void tell(push::MailWatch&& watch) noexcept;
  void stop_listening(push::StreamId stream);

  const Options options_;
  const std::size_t streams_per_user_;
  const PushSockets sockets_;
  events::EventPublisher publisher_;
  push::StreamHub hub_;
  StreamPlaces places_;
  std::atomic<int> held_{0};
  std::mutex mail_mutex_;
  /// What the child must hear when the stream is gone. Entries end with their streams.
  std::map<push::StreamId, push::MailRelease> mail_releases_;
  std::unique_ptr<SessionWatch> watch_;
  std::unique_ptr<StreamLoop> loop_;
};

}  // namespace gw::apache

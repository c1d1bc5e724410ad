// A worker's end of the bus: the push child hands every event, of this host and of others, to each connection
// once.
#pragma once

#include <string>

#include "push/control_record.hpp"
#include "push/event_record.hpp"

namespace gw::push {

/// One connection (SOCK_SEQPACKET). A child that is replaced closes it: connect again, and treat what
/// happened meanwhile as a gap. The socket is bound by httpd's parent, so connecting works while the child is
/// being replaced. Threads: one at a time
class BusClient {
 public:
  enum class Read {
    Event,   ///< the record is filled
    Gap,     ///< events were lost: tell the streams to resync
    Asked,   ///< the child wants to know something: question() is filled; answer by a Sender
    Empty,   ///< nothing now: wait until fd() is readable
    Closed,  ///< the connection is gone (fd() is -1): connect again
  };

  explicit BusClient(std::string socket_path);
  ~BusClient();
  BusClient(const BusClient&) = delete;
  BusClient& operator=(const BusClient&) = delete;

  /// Opens a new connection; an old one is closed. Never blocks.
  /// Errors: false when there is no such socket or it is full (errno tells); try again later
  bool connect();
  /// For poll or epoll; -1 without a connection.
  [[nodiscard]] int fd() const noexcept { return socket_; }
  /// The next record. Records that do not decode (a child of another version) are passed over.
  Read next(EventRecord& event);
  /// Of the last Asked.
  [[nodiscard]] UserQuestion question() const noexcept { return question_; }
  void close() noexcept;

 private:
  const std::string path_;
  std::string buffer_;
  UserQuestion question_;
  int socket_ = -1;
};

}  // namespace gw::push

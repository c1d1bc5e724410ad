#include "push/command_client.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "push/control_record.hpp"
#include "push/event_record.hpp"
#include "push/unix_address.hpp"

namespace gw::push {
namespace {

constexpr std::size_t kLargestAnswer = 64 * 1024 * 1024;

class CommandSocket {
 public:
  explicit CommandSocket(std::chrono::seconds patience)
      : socket_(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)) {
    const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  }
  ~CommandSocket() {
    if (socket_ >= 0) close(socket_);
  }
  CommandSocket(const CommandSocket&) = delete;
  CommandSocket& operator=(const CommandSocket&) = delete;

  bool connect_to(const std::string& path) {
    const auto address = unix_address(path);
    errno = address ? 0 : ENAMETOOLONG;
    return address && socket_ >= 0 && connect(socket_, address->get(), address->size) == 0;
  }
  bool say(const std::string& record) {
    return send(socket_, record.data(), record.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(record.size());
  }
  /// Empty at the end and after the patience.
  std::string hear() {
    std::string record(kLongestRecord + 1, '\0');
    const ssize_t got = recv(socket_, record.data(), record.size(), 0);
    record.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return record;
  }

 private:
  int socket_;
};

}  // namespace

std::string run_push_command(const std::string& socket_path, const std::string& text,
                             std::chrono::seconds patience) {
  CommandSocket socket(patience);
  if (!socket.connect_to(socket_path) || !socket.say(encode_control(Command{text})))
    throw std::runtime_error("the push child cannot be reached at " + socket_path + ": " +
                             std::strerror(errno));
  std::string answer;
  for (;;) {
    const std::string record = socket.hear();
    if (record.empty()) throw std::runtime_error("the push child at " + socket_path + " does not answer");
    // Events of the moments before it read the command may come first.
    const auto control = decode_control(record);
    const auto* part = control ? std::get_if<CommandAnswer>(&*control) : nullptr;
    if (part == nullptr) continue;
    answer += part->text;
    if (part->is_last) return answer;
    if (answer.size() > kLargestAnswer) throw std::runtime_error("the push child's answer is too long");
  }
}

}  // namespace gw::push

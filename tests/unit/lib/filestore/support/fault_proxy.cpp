#include "unit/lib/filestore/support/fault_proxy.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "core/text.hpp"

namespace gw::filestore::test {
namespace {

sockaddr_in loopback(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void send_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// False at the end of the connection.
bool receive_more(int file, std::string& bytes) {
  std::array<char, 65'536> buffer;
  const ssize_t count = recv(file, buffer.data(), buffer.size(), 0);
  if (count > 0) bytes.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::string header_of(const std::string& head, const std::string& name) {
  const std::string lower = to_lower_ascii(head);
  const std::size_t at = lower.find("\r\n" + name + ":");
  if (at == lower.npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return std::string(trim(head.substr(begin, head.find("\r\n", begin) - begin)));
}

/// Head and body; empty when the client went away.
std::string receive_request(int client) {
  std::string request;
  while (request.find("\r\n\r\n") == request.npos)
    if (!receive_more(client, request)) return {};
  const std::size_t body = request.find("\r\n\r\n") + 4;
  const std::string head = request.substr(0, body);
  if (!header_of(head, "expect").empty()) send_all(client, "HTTP/1.1 100 Continue\r\n\r\n");
  const auto length = static_cast<std::size_t>(parse_integer(header_of(head, "content-length")).value_or(0));
  while (request.size() < body + length)
    if (!receive_more(client, request)) return {};
  return request;
}

SeenRequest look_at(const std::string& request) {
  const std::string line = request.substr(0, request.find("\r\n"));
  const auto words = split(line, ' ');
  return {std::string(words.at(0)), std::string(words.at(1)), request.substr(0, request.find("\r\n\r\n"))};
}

}  // namespace

Fault Fault::status(int status, const std::string& code) {
  const std::string body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>";
  return {Kind::Answer,
          "HTTP/1.1 " + std::to_string(status) +
              " Fault\r\nContent-Type: application/xml\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\nConnection: close\r\n\r\n" + body,
          0};
}

FaultProxy::FaultProxy(unsigned short upstream, std::function<Fault(const SeenRequest&)> decide)
    : upstream_(upstream), decide_(std::move(decide)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  std::array<int, 2> ends{};
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("the proxy cannot listen");
  end_reader_ = ends[0];
  end_writer_ = ends[1];
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

FaultProxy::~FaultProxy() {
  close(end_writer_);
  acceptor_.join();
  for (std::thread& worker : workers_) worker.join();
  close(end_reader_);
  close(listener_);
}

std::vector<SeenRequest> FaultProxy::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

int FaultProxy::count(const std::string& method, const std::string& part) const {
  int found = 0;
  for (const SeenRequest& request : seen())
    if (request.method == method && request.target.find(part) != std::string::npos) ++found;
  return found;
}

void FaultProxy::accept_all() {
  std::array<pollfd, 2> files{pollfd{listener_, POLLIN, 0}, pollfd{end_reader_, POLLIN, 0}};
  while (poll(files.data(), files.size(), -1) >= 0 && files[1].revents == 0) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) workers_.emplace_back([this, client] { serve(client); });
  }
}

void FaultProxy::serve(int client) {
  const std::string request = receive_request(client);
  if (!request.empty()) {
    const SeenRequest seen = look_at(request);
    Fault fault;
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(seen);
      fault = decide_(seen);
    }
    if (fault.kind == Fault::Kind::Answer)
      send_all(client, fault.answer);
    else if (fault.kind == Fault::Kind::Stall)
      wait_for_end(client);
    else if (fault.kind != Fault::Kind::Cut)
      pass_on(client, request, fault);
  }
  close(client);
}

void FaultProxy::pass_on(int client, const std::string& request, const Fault& fault) const {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(upstream_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const std::size_t line = request.find("\r\n") + 2;
    std::string head = request.substr(0, request.find("\r\n\r\n") + 4);
    // The answer ends with the connection. Our client got its 100 from us.
    head.insert(line, "Connection: close\r\n");
    const std::size_t expect = to_lower_ascii(head).find("\r\nexpect:");
    if (expect != std::string::npos) head.erase(expect, head.find("\r\n", expect + 2) - expect);
    send_all(server, head);
    send_all(server, std::string_view(request).substr(request.find("\r\n\r\n") + 4));
    std::string answer;
    std::size_t passed = 0;
    while (receive_more(server, answer)) {
      if (fault.kind == Fault::Kind::CutAnswer) {
        answer.resize(std::min(answer.size(), fault.bytes - passed));
        passed += answer.size();
      }
      if (fault.kind != Fault::Kind::LoseAnswer) send_all(client, answer);
      if (fault.kind == Fault::Kind::CutAnswer && passed == fault.bytes) break;
      answer.clear();
    }
  }
  close(server);
}

void FaultProxy::wait_for_end(int client) const {
  std::array<pollfd, 2> files{pollfd{client, POLLIN | POLLRDHUP, 0}, pollfd{end_reader_, POLLIN, 0}};
  poll(files.data(), files.size(), -1);
}

}  // namespace gw::filestore::test

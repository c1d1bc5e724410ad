#include "support/mail_servers.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "core/text.hpp"
#include "support/source_folder.hpp"

namespace gw::test {
namespace {

std::string read_line(int file) {
  std::string line;
  char c = 0;
  while (read(file, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace

const MailServers& MailServers::shared() {
  static const MailServers servers;
  return servers;
}

MailServers::MailServers() {
  std::array<int, 2> input{}, output{};
  if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
    problem_ = "no pipe";
    return;
  }
  const std::string script = source_folder() / "tests/support/mail_servers.py";
  process_ = fork();
  if (process_ == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execl("/usr/bin/python3", "python3", script.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  const std::string line = read_line(output[0]);
  close(output[0]);
  if (!line.starts_with("READY ")) {
    problem_ = "no mail servers: " + (line.starts_with("MISSING ") ? line : "they did not start");
    return;
  }
  for (const std::string_view word : split(line, ' '))
    if (const auto equals = word.find('='); equals != std::string_view::npos)
      values_.emplace(word.substr(0, equals), word.substr(equals + 1));
}

MailServers::~MailServers() {
  if (input_ >= 0) close(input_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

int MailServers::port(const std::string& name) const {
  return static_cast<int>(parse_integer(value(name)).value());
}

const std::string& MailServers::value(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw std::out_of_range("mail servers: " + name + " " + problem_);
  return found->second;
}

}  // namespace gw::test

#include "support/python_service.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

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

PythonService::PythonService(const std::string& script, const std::vector<std::string>& arguments) {
  std::array<int, 2> input{}, output{};
  if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
    problem_ = "no pipe";
    return;
  }
  std::vector<std::string> words{"python3", source_folder() / "tests/support" / script};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> list;
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execv("/usr/bin/python3", list.data());
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  const std::string line = read_line(output[0]);
  close(output[0]);
  if (line.starts_with("READY "))
    told_ = trim(line.substr(6));
  else
    problem_ = script + ": " + (line.starts_with("MISSING ") ? line.substr(8) : "it did not start");
}

PythonService::~PythonService() {
  if (input_ >= 0) close(input_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

}  // namespace gw::test

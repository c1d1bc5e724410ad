// A program of tests/support that serves one test program: it says in its first line that it is ready, and
// ends when its standard input does.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace gw::test {

class PythonService {
 public:
  /// `script`: a file of tests/support. Waits for the first line.
  explicit PythonService(const std::string& script, const std::vector<std::string>& arguments = {});
  /// Waits until it has ended.
  ~PythonService();
  PythonService(const PythonService&) = delete;
  PythonService& operator=(const PythonService&) = delete;

  [[nodiscard]] bool is_ready() const { return problem_.empty(); }
  /// What stands behind `READY `.
  [[nodiscard]] const std::string& told() const { return told_; }
  /// Why it is not there: what the line says that it misses, or that it did not start.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  pid_t process_ = -1;
  int input_ = -1;
  std::string told_, problem_;
};

}  // namespace gw::test

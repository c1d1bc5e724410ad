#include "unit/lib/filestore/support/s3_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "core/random.hpp"
#include "core/text.hpp"
#include "support/source_folder.hpp"

namespace gw::filestore::test {
namespace {

class S3UnderTest : public StoreUnderTest {
 public:
  [[nodiscard]] std::string uri() const override { return s3_uri(bucket_, S3Server::shared().url()); }
  [[nodiscard]] std::string unknown_id() const override { return "0123456789abcdef0123456789abcdef"; }

 private:
  std::string bucket_ = new_bucket();
};

std::string read_line(int file) {
  std::string line;
  char c = 0;
  while (read(file, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace

const S3Server& S3Server::shared() {
  static const S3Server server;
  return server;
}

S3Server::S3Server() {
  std::array<int, 2> input{}, output{};
  if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
    problem_ = "no pipe";
    return;
  }
  const std::string script = gw::test::source_folder() / "tests/support/s3_server.py";
  process_ = fork();
  if (process_ == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execl("/usr/bin/python3", "python3", script.c_str(), GW_BUILD_DIR, static_cast<char*>(nullptr));
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  const std::string line = read_line(output[0]);
  close(output[0]);
  if (line.starts_with("READY "))
    url_ = trim(line.substr(6));
  else
    problem_ = "no S3 server: " + (line.starts_with("MISSING ") ? line.substr(8) : "it did not start");
}

S3Server::~S3Server() {
  if (input_ >= 0) close(input_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

unsigned short S3Server::port() const {
  return static_cast<unsigned short>(parse_integer(url_.substr(url_.rfind(':') + 1)).value_or(0));
}

StoreKind s3_kind() {
  return {"s3", [] { return std::make_unique<S3UnderTest>(); }, [] { return S3Server::shared().problem(); }};
}

std::string s3_uri(const std::string& bucket, const std::string& endpoint, const std::string& options) {
  return "s3:" + bucket + "?endpoint=" + endpoint + "&region=us-east-1&key=S3RVER&secret=S3RVER" + options;
}

std::string new_bucket() { return "files-" + random_hex(8); }

}  // namespace gw::filestore::test

#include "unit/lib/filestore/support/s3_server.hpp"

#include "core/random.hpp"
#include "core/text.hpp"

namespace gw::filestore::test {
namespace {

class S3UnderTest : public StoreUnderTest {
 public:
  [[nodiscard]] std::string uri() const override { return s3_uri(bucket_, S3Server::shared().url()); }
  [[nodiscard]] std::string unknown_id() const override { return "0123456789abcdef0123456789abcdef"; }

 private:
  std::string bucket_ = new_bucket();
};

}  // namespace

const S3Server& S3Server::shared() {
  static const S3Server server;
  return server;
}

S3Server::S3Server() : service_("s3_server.py", {GW_BUILD_DIR}) {}

unsigned short S3Server::port() const {
  return static_cast<unsigned short>(parse_integer(url().substr(url().rfind(':') + 1)).value_or(0));
}

StoreKind s3_kind() {
  return {"s3", [] { return std::make_unique<S3UnderTest>(); }, [] { return S3Server::shared().problem(); }};
}

std::string s3_uri(const std::string& bucket, const std::string& endpoint, const std::string& options) {
  return "s3:" + bucket + "?endpoint=" + endpoint + "&region=us-east-1&key=S3RVER&secret=S3RVER" + options;
}

std::string new_bucket() { return "files-" + random_hex(8); }

}  // namespace gw::filestore::test

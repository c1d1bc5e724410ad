// A private S3 server for tests: npm's s3rver, which tests/support/s3_server.py installs and starts on a free
// port.
#pragma once

#include <string>

#include "support/python_service.hpp"
#include "unit/lib/filestore/support/store_under_test.hpp"

namespace gw::filestore::test {

inline constexpr std::size_t kMebibyte = 1'048'576;

class S3Server {
 public:
  /// One for the whole program; it ends with it.
  static const S3Server& shared();
  /// `http://127.0.0.1:port`, empty when there is none.
  [[nodiscard]] const std::string& url() const { return service_.told(); }
  [[nodiscard]] unsigned short port() const;
  /// Why there is none.
  [[nodiscard]] const std::string& problem() const { return service_.problem(); }

 private:
  S3Server();
  gw::test::PythonService service_;
};

/// Skipping is right only where the server cannot be installed.
StoreKind s3_kind();
/// With a bucket of that name at that endpoint, and the credentials of the server; `options` begin with `&`.
std::string s3_uri(const std::string& bucket, const std::string& endpoint, const std::string& options = "");
/// A name that no other test uses.
std::string new_bucket();

}  // namespace gw::filestore::test

// What an S3 service does with each request before anything else, because the test server does not.
// Source: AWS Signature Version 4, "Create a signed AWS API request".
#pragma once

#include <string>

#include "unit/lib/filestore/support/fault_proxy.hpp"

namespace gw::filestore::test {

/// Whether the Authorization header fits method, path, query, and the headers that it names, among them the
/// host, the date and every x-amz- one.
bool is_signed_with(const std::string& secret, const SeenRequest& request);

}  // namespace gw::filestore::test

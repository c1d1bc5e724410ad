// How an administrator names an S3 service. The form, with every option:
//
//   s3:bucket?endpoint=https://host:port&region=...&path-style=on&key=...&secret=file:/path
//
// | option          | default                             | meaning |
// |-----------------|-------------------------------------|------------------------------------------------------|
// | endpoint        | https://s3.<region>.amazonaws.com   | scheme, host and port of the service | | region
// | us-west-2                           | part of each signature; also where a bucket is made  | | path-style
// | on                                  | on: host/bucket/key; off: bucket.host/key            | | key | must
// be given                       | access key, or file:/path                            | | secret          |
// must be given                       | secret key, or file:/path (better: others see the    | | | |
// configuration)                                       | | tls-ca          | the system's | /path of the PEM
// file with the authorities to trust  | | connect-timeout | 5                                   | seconds
// until a connection stands                    | | stall-timeout   | 20                                  |
// seconds in which at least 1 KiB must move            | | timeout         | 120 | seconds for one request
// but reading, with its        | |                 |                                     | repetitions | |
// connections     | 16                                  | at the same time, of one process | | proxy | none
// | http://host:port; the environment is not looked at   |
//
// Values are percent-encoded where they hold `&`, `%` or `#`. The bucket is made at the first write when it
// is missing.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace gw::filestore {

struct S3Settings {
  std::string bucket;
  /// `https` or `http`.
  std::string scheme = "https";
  /// With the port when it is not the scheme's own.
  std::string host;
  std::string region = "us-west-2";
  bool is_path_style = true;
  std::string key;
  std::string secret;
  std::string tls_authorities;
  std::string proxy;
  std::chrono::seconds connect_timeout{5};
  std::chrono::seconds stall_timeout{20};
  std::chrono::seconds timeout{120};
  std::size_t connections = 16;
};

/// Errors: std::invalid_argument with the text an administrator needs; it never holds the key or the secret.
S3Settings parse_s3_uri(std::string_view uri);

}  // namespace gw::filestore

// Unpredictable values for ids, secrets and tokens, from the kernel.
#pragma once

#include <cstddef>
#include <string>

namespace gw {

/// Errors: throws std::runtime_error when the kernel gives no entropy. Threads: any.
std::string random_bytes(std::size_t count);
/// Lower-case hex of `bytes` random bytes: 16 give the 32 characters of a session id.
std::string random_hex(std::size_t bytes);
/// Version 4 UUID, lower case. Source: RFC 9562 section 5.4.
std::string random_uuid();

}  // namespace gw

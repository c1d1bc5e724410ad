// Any bytes as the header Lock-Token and as a token inside a header If. The rest of that header, and XML
// bodies, are parsed by mod_dav: tests/dav/files/malformed_test.py sends noise of that kind to a running
// server.
#include <cstdint>
#include <string>

#include "dav/lock_token.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  using fuzz::require;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto token = dav::token_in_header(input)) {
    require(!token->empty() && token->find_first_of("<>") == token->npos);
    // Both spellings mean the same.
    require(dav::token_in_header("<" + std::string(*token) + ">") == token);
  }
  if (dav::is_lock_token(input)) {
    require(input.size() <= dav::kMaxToken && input.find_first_of("<>&\" \r\n") == input.npos);
    require(dav::token_in_header(input) == input);
  }
  return 0;
}

// Any bytes as an address list.
#include <cstdint>
#include <string>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/mime/addresses.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  using namespace gw::mail;
  using fuzz::require;
  const AddressList list = mime::parse_addresses(std::string_view(reinterpret_cast<const char*>(data), size));
  require(list.size() <= mime::kMaxAddresses);
  AddressList plausible;
  for (const Address& entry : list) {
    require(is_valid_utf8(entry.address) && !has_control_characters(entry.address));
    require(!entry.personal || (is_valid_utf8(*entry.personal) && !has_control_characters(*entry.personal)));
    if (mime::is_plausible_address(entry.address)) plausible.push_back(entry);
  }
  const std::string text = mime::format_addresses(plausible);
  require(text.find_first_of("\r\n") == std::string::npos);
  // What is written names the same mailboxes, in the same order, and no others.
  const AddressList again = mime::parse_addresses(text);
  require(again.size() == plausible.size());
  for (std::size_t i = 0; i < again.size(); ++i)
    require(mime::to_ascii_domain(again[i].address) == mime::to_ascii_domain(plausible[i].address));
  return 0;
}

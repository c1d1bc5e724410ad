// What stands before a mail that somebody sends again as it is. Source: RFC 5322 section 3.6.6.
#pragma once

#include <string>

#include "core/time.hpp"
#include "mail/address.hpp"

namespace gw::mail::mime {

struct Resent {
  Address from;  ///< who sends it again
  AddressList to, cc, bcc;
  std::string zone = "UTC";  ///< of the sender, IANA
};

struct ResentBlock {
  std::string wire;  ///< header lines with CRLF, to be put before all others
  std::string copy;  ///< the same with Resent-Bcc, for the sender's own copy
};
/// Addresses must be fit for a composition (check_composition).
ResentBlock write_resent(const Resent& resent, const Clock& clock = system_clock());

}  // namespace gw::mail::mime

#include "mail/mime/resent.hpp"

#include <utility>

#include "mail/mime/addresses.hpp"
#include "mail/mime/composition.hpp"
#include "mail/mime/headers.hpp"

namespace gw::mail::mime {

ResentBlock write_resent(const Resent& resent, const Clock& clock) {
  const TimeZone zone = TimeZone::find(resent.zone).value_or(TimeZone::utc());
  ResentBlock block;
  const auto line = [](std::string_view name, std::string_view value) {
    return fold_header(name, value) + "\r\n";
  };
  block.wire += line("Resent-Date", format_date(clock.now(), zone));
  block.wire += line("Resent-From", format_addresses({resent.from}));
  if (!resent.to.empty()) block.wire += line("Resent-To", format_addresses(resent.to));
  if (!resent.cc.empty()) block.wire += line("Resent-Cc", format_addresses(resent.cc));
  block.wire += line("Resent-Message-ID", make_message_id(resent.from.address));
  block.copy = block.wire;
  if (!resent.bcc.empty()) block.copy += line("Resent-Bcc", format_addresses(resent.bcc));
  return block;
}

}  // namespace gw::mail::mime

// A letter of the outbox as a mail: words for people, and for those outside a part for their calendar.
// Source: RFC 6047 sections 2 and 4.
#pragma once

#include <string>

#include "core/time.hpp"
#include "mail/address.hpp"
#include "mail/mime/composition.hpp"
#include "mailbox/scheduling/event_files.hpp"
#include "model/scheduling/outbox.hpp"

namespace gw::mailbox::scheduling {

/// Who gets it and how he likes it, and who sends it.
struct Delivery {
  mail::Address originator;  ///< From
  mail::Address sender;      ///< whose account sends; another one than the originator for deputies
  mail::Address recipient;
  bool is_internal = false;  ///< words only: the event is in his calendar already
  std::string locale;
  TimeZone zone = TimeZone::utc();
  std::string product;  ///< X-Mailer
  EventFiles files;     ///< for people elsewhere
};

/// Who it is from and to, and what every letter has; without subject and text. The same letter gives the same
/// Message-ID every time.
mail::mime::Composition begin_letter(const model::scheduling::Letter& letter, const Delivery& delivery);
/// Name, else address, of whose words these are.
std::string name_of_originator(const Delivery& delivery);

/// The same letter gives the same Message-ID every time.
mail::mime::Composition compose_scheduling_mail(const model::scheduling::Letter& letter,
                                                const Delivery& delivery);

}  // namespace gw::mailbox::scheduling

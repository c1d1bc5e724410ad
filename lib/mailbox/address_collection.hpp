// Addresses of mails on their way into the address book, where the user and his settings want it. Nothing
// here fails: the mail is out, or read.
#pragma once

#include <vector>

#include "mail/address.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::mailbox {

/// After sending: recipients that are no contacts become some, and the use counts of all go up. Setting
/// `contactCollectOnMailTransport`.
void collect_recipients(Mailbox& mailbox, const mail::AddressList& recipients);
/// At the first reading; of what lies in the spam folder nothing is taken. Setting
/// `contactCollectOnMailAccess`.
void collect_senders(Mailbox& mailbox, const FolderPath& folder, const mail::AddressList& senders);

}  // namespace gw::mailbox

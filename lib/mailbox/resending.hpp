// A mail that goes out once more as it is: to its own recipients, or to others. Source: spec mail section
// 7.3; RFC 5322 section 3.6.6.
#pragma once

#include "mailbox/sending.hpp"

namespace gw::mailbox {

struct Resending {
  mail::Address from;  ///< who sends it again; must be the user's
  mail::AddressList to, cc, bcc;
  bool keeps_copy = true;
};

/// Sends the mail with Resent- lines before it, and without lines that belong to its first delivery or to its
/// first sender alone (Return-Path, Delivered-To, Bcc). Errors: MSG-0032 it is gone, MSG-0089 a draft,
/// MSG-0088 it is larger than GroupwareUploadLimit, MSG-1008, and those of send_raw.
Outcome resend(Mailbox& mailbox, const MailPath& original, const Resending& order);

}  // namespace gw::mailbox

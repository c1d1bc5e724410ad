// The mail that tells somebody what was shared with him. From values to a message; who gets it is the
// caller's business. Source: spec folders 12 and 13, infostore 6, settings section "share and guests".
#pragma once

#include <cstddef>
#include <string>

#include "mail/address.hpp"
#include "mail/mime/composition.hpp"

namespace gw::mailbox {

/// What the sharer may add, in bytes.
inline constexpr std::size_t kMaxNoticeMessage = 16'384;

struct ShareNotice {
  mail::Address from;
  mail::Address to;
  std::string title;          ///< of the folder or the file
  bool is_file = false;       ///< else a folder
  bool has_password = false;  ///< which the sharer must tell on another way
  std::string url;
  std::string message;  ///< of the sharer, plain text; empty: none
  std::string locale;   ///< of the recipient; English unless its language has a table here
};

/// Text and HTML. Names and titles are cut and lose what a header must not hold, so nothing that people type
/// can add a header.
mail::mime::Composition compose_share_notice(const ShareNotice& notice);

}  // namespace gw::mailbox

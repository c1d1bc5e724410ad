// Module `image/mail/trustedMail/picture`: pictures of senders that the administrator trusts.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kTrustedPictureModule;

}  // namespace gw::ajax

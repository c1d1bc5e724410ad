// `/servlet/webdav.freebusy`: free/busy without sign-in, where GroupwarePublicFreeBusy is on. Its answers are
// ajax/chronos/public_busy's.
#pragma once

namespace gw::apache {

void register_public_busy_hooks();

}  // namespace gw::apache

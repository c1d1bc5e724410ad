// Modules `messaging/service`, `messaging/account` and `messaging/message`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMessagingAccountModule;
extern const ApiModule kMessagingMessageModule;
extern const ApiModule kMessagingServiceModule;

}  // namespace gw::ajax

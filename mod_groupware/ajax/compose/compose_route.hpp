// The calls of module `mail/compose`: method and path name them. Each function is in the file of its group.
#pragma once

#include <string>

#include "ajax/action.hpp"

namespace gw::ajax::compose_calls {

/// What a path names: `mail/compose/<space>/attachments/<attachment>`.
struct Route {
  std::string space;       ///< as the client wrote it
  std::string attachment;  ///< the same
};

Response open(Invocation& invocation, const Route& route);
Response list(Invocation& invocation, const Route& route);
Response get(Invocation& invocation, const Route& route);
Response update(Invocation& invocation, const Route& route);
Response remove(Invocation& invocation, const Route& route);

Response add_attachment(Invocation& invocation, const Route& route);
Response add_original(Invocation& invocation, const Route& route);
Response add_card(Invocation& invocation, const Route& route);
Response replace_attachment(Invocation& invocation, const Route& route);
Response get_attachment(Invocation& invocation, const Route& route);
Response remove_attachment(Invocation& invocation, const Route& route);

Response save(Invocation& invocation, const Route& route);
Response send(Invocation& invocation, const Route& route);

}  // namespace gw::ajax::compose_calls

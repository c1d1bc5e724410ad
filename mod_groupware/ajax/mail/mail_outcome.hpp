// What the actions that send mails answer. Source: spec mail section 8.1.
#pragma once

#include "ajax/response.hpp"
#include "mailbox/sending.hpp"

namespace gw::ajax {

/// The mail path of the copy, null without one; what failed behind the sending as warnings.
Response answer_outcome(const mailbox::Outcome& outcome);

}  // namespace gw::ajax
